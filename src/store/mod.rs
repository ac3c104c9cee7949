//! What outlives a run: watches with what they know, events and their attempts, runs, schedules, and
//! the results of durable steps.
//!
//! A [`Store`] knows nothing of scripts and nothing of the API; what a watch or a schedule remembers of
//! its own is JSON to it. Every method is one transaction: it is done as a whole and survives a crash, or
//! it left nothing behind.

mod cap;
mod event;
mod locks;
mod memory;
mod refusal;
mod run;
mod schedule;
#[cfg(feature = "serve")]
mod sqlite;
mod step;
mod transition;
mod watch;
mod write;

use std::fmt;

use jiff::Timestamp;
use serde_json::Value;

use crate::Result;

pub(crate) use self::cap::shortened;
pub use self::event::{AttemptEnd, EventQuery, EventRecord, EventState};
pub use self::locks::StateLock;
pub use self::memory::MemoryStore;
pub use self::run::{NewRun, RunEnd, RunKind, RunQuery, RunRecord, RunState};
pub use self::schedule::ScheduleRecord;
#[cfg(feature = "serve")]
pub use self::sqlite::SqliteStore;
pub use self::step::{StepRecord, StepState};
pub use self::watch::{CycleEnd, Found, FoundEvent, Pause, Version, WatchRecord};
pub use self::write::{JournaledWrite, NewWrite, WriteCounts, WriteEnd, WriteKind, WriteOutcome};

/// Durable state. Shared by threads; a SQLite store also by processes.
///
/// Ids of watches and schedules are texts that their scripts chose. Ids of events and runs are numbers
/// that the store gives, growing, and never again. Times are kept to the microsecond.
///
/// # Errors
/// Every method gives [`ErrorKind::State`](crate::ErrorKind::State) alone: where the store cannot be read
/// or written to, and where a watch, a schedule, an event or a run is changed of which nothing is kept
/// (another process may have removed it). Questions about such a one are answered with nothing.
pub trait Store: Send + Sync + fmt::Debug {
    // Watches.

    /// The watch with this id; it is made where there is none, with no cursor. Its kind, script and
    /// definition become these; the generation grows where the definition differs from the one before.
    fn open_watch(
        &self,
        id: &str,
        kind: &str,
        script: &str,
        definition: &Value,
    ) -> Result<WatchRecord>;

    /// Every watch, by id.
    fn watches(&self) -> Result<Vec<WatchRecord>>;

    /// The watch with this id.
    fn watch(&self, id: &str) -> Result<Option<WatchRecord>>;

    /// Pauses a watch, or lets it go on. False where there is no such watch.
    fn pause_watch(&self, id: &str, pause: Option<&Pause>) -> Result<bool>;

    /// Forgets a watch with its events, versions and cursor; its runs stay. False where there is no such
    /// watch.
    fn remove_watch(&self, id: &str) -> Result<bool>;

    /// The versions of these contacts that the watch knows, in their order.
    fn known(&self, watch: &str, contacts: &[&str]) -> Result<Vec<Option<Version>>>;

    /// Ids of contacts that the watch knows, in order, from behind `after`; at most `limit`.
    fn known_ids(&self, watch: &str, after: Option<&str>, limit: usize) -> Result<Vec<String>>;

    /// Begins a cycle: what an earlier one staged and never committed is forgotten.
    fn begin_cycle(&self, watch: &str) -> Result<()>;

    /// Keeps what a cycle found, out of everybody's sight until it is committed. The last word on a
    /// contact counts.
    fn stage(&self, watch: &str, found: &[Found]) -> Result<()>;

    /// Ends a cycle: what was staged becomes known, its events become pending (in the order of
    /// [`FoundEvent::order`], then of contact ids), contacts that are gone are no longer known, and the
    /// cursor is the new one. An event of a version that the watch knows already is not made (but for
    /// [`FoundEvent::again`]), nor one of a contact that is gone and was not known. It is a good poll too,
    /// see [`note_poll`](Self::note_poll). Gives the number of new events.
    ///
    /// An event's order is at least that of the contact's event before it, so that a contact's events stay
    /// in the order in which they were found.
    fn commit_cycle(&self, watch: &str, end: &CycleEnd) -> Result<u64>;

    /// Notes that a poll failed, or went well again (no error): `failures` in a row, and the last error.
    /// What was staged stays.
    fn note_poll(&self, watch: &str, at: Timestamp, error: Option<&str>) -> Result<()>;

    // Events.

    /// Hands over the oldest pending events of a watch, at most `limit`: they become ready. Gives how many.
    fn release(&self, watch: &str, limit: u64) -> Result<u64>;

    /// Ready events, and those whose retry is due at `now`, oldest first; at most `limit`. Never two of one
    /// contact, none of a contact that has an earlier event that is ready or to be retried, and none of one
    /// that has a running event.
    fn due_events(&self, watch: &str, now: Timestamp, limit: usize) -> Result<Vec<EventRecord>>;

    /// When the next retry of the watch is due.
    fn next_retry(&self, watch: &str) -> Result<Option<Timestamp>>;

    /// Begins an attempt at an event: it is running, its attempt counts one more, and the run is recorded.
    /// Gives the attempt and the run's id. An error where the event is not ready or to be retried.
    fn begin_attempt(&self, event: u64, run: &NewRun) -> Result<(u32, u64)>;

    /// Ends an attempt, and its run. An event that is no longer in that run stays as it is: its watch was
    /// removed, or it was recovered.
    fn end_attempt(&self, event: u64, run: u64, end: &AttemptEnd, how: &RunEnd) -> Result<()>;

    /// After a crash: the watch's running events become ready again, or dead where they had
    /// `max_attempts`; their runs are lost. Gives how many.
    fn recover(&self, watch: &str, max_attempts: u32, now: Timestamp) -> Result<u64>;

    /// Events, newest first.
    fn events(&self, query: &EventQuery) -> Result<Vec<EventRecord>>;

    /// One event.
    fn event(&self, id: u64) -> Result<Option<EventRecord>>;

    /// How many events of a watch are in each state; states with none are left out.
    fn event_counts(&self, watch: &str) -> Result<Vec<(EventState, u64)>>;

    /// Makes an event ready once more, with its attempts at 0: one that is dead, dropped, done or to be
    /// retried. False where it is none of them; an error where its contact was pruned.
    fn retry_event(&self, id: u64) -> Result<bool>;

    /// Gives an event up: one that is pending, ready, dead or to be retried. False where it is none of them.
    fn drop_event(&self, id: u64) -> Result<bool>;

    // Runs.

    /// Records a run that is no attempt at an event.
    fn begin_run(&self, run: &NewRun) -> Result<u64>;

    /// Ends a run. One that came to its end before stays as it is. The log, the exchanges, the writes and
    /// the result are kept up to 256 KiB each; a line among them tells of what was left out.
    fn end_run(&self, run: u64, how: &RunEnd) -> Result<()>;

    /// Runs, newest first.
    fn runs(&self, query: &RunQuery) -> Result<Vec<RunRecord>>;

    /// One run.
    fn run(&self, id: u64) -> Result<Option<RunRecord>>;

    // The writes of runs.

    /// Keeps a write that is about to be sent, and gives its number.
    fn begin_write(&self, run: u64, write: &NewWrite) -> Result<u64>;

    /// Keeps how a write ended. A crash may take it back: then it is as if the answer had been lost. The
    /// last word counts.
    fn end_write(&self, write: u64, end: &WriteEnd) -> Result<()>;

    /// The writes of a run, in the order in which they began.
    fn writes(&self, run: u64) -> Result<Vec<JournaledWrite>>;

    /// The same page by page: at most so many of those behind the write with the number `after`, which is 0 for the
    /// first page. A store that does not say otherwise reads all of them for each page.
    fn writes_page(&self, run: u64, after: u64, most: usize) -> Result<Vec<JournaledWrite>> {
        let mut writes = self.writes(run)?;
        writes.retain(|write| write.id > after);
        writes.truncate(most);
        Ok(writes)
    }

    /// The writes of all runs that are about this contact, or created it, each with its run, in the order in
    /// which they began.
    fn writes_of_contact(&self, id: &str) -> Result<Vec<(u64, JournaledWrite)>>;

    /// How many writes a run made, or may have made.
    fn count_writes(&self, run: u64) -> Result<WriteCounts>;

    /// What was noted of a run under a name, such as that it was undone.
    fn run_note(&self, run: u64, name: &str) -> Result<Option<Value>>;

    /// Notes something of a run; it is forgotten with it.
    fn set_run_note(&self, run: u64, name: &str, value: &Value) -> Result<()>;

    /// Forgets runs of whole scripts that ended before `before`, with their writes. Gives how many.
    fn prune_scripts(&self, before: Timestamp) -> Result<u64>;

    // Schedules.

    /// The schedule with this id; it is made where there is none. Its script and definition become these.
    fn open_schedule(&self, id: &str, script: &str, definition: &Value) -> Result<ScheduleRecord>;

    /// Every schedule, by id.
    fn schedules(&self) -> Result<Vec<ScheduleRecord>>;

    /// The schedule with this id.
    fn schedule(&self, id: &str) -> Result<Option<ScheduleRecord>>;

    /// Keeps what the schedule remembers, and when it is next due.
    fn save_schedule(&self, id: &str, state: &Value, next: Option<Timestamp>) -> Result<()>;

    /// Begins the run of a due time and keeps what the schedule remembers, unless that due time has had a
    /// run already: none then, and nothing is changed.
    fn claim(
        &self,
        schedule: &str,
        due: Timestamp,
        state: &Value,
        run: &NewRun,
    ) -> Result<Option<u64>>;

    /// Pauses a schedule, or lets it go on. False where there is no such schedule.
    fn pause_schedule(&self, id: &str, pause: Option<&Pause>) -> Result<bool>;

    /// Asks whoever runs the schedule to run it now. False where there is no such schedule.
    fn request_run(&self, id: &str, at: Timestamp) -> Result<bool>;

    /// Takes the request of [`request_run`](Self::request_run). Two requests of one schedule are one. False
    /// where there is none.
    fn take_request(&self, id: &str) -> Result<bool>;

    /// Forgets a schedule. False where there is no such schedule.
    fn remove_schedule(&self, id: &str) -> Result<bool>;

    /// After a crash: runs that were under way are lost. `subjects` are the schedules or scripts whose runs
    /// are meant; attempts at events are [`recover`](Self::recover)'s. Gives how many.
    fn lose_runs(&self, subjects: &[String], now: Timestamp) -> Result<u64>;

    // Durable steps.

    /// What is known of a step.
    fn step(&self, scope: &str, key: &str) -> Result<Option<StepRecord>>;

    /// Notes that a step is about to be taken, with what is to be known of it where it is cut off. An error
    /// where it was taken already.
    fn begin_step(&self, scope: &str, key: &str, note: &Value, at: Timestamp) -> Result<()>;

    /// Keeps what a step gave.
    fn end_step(&self, scope: &str, key: &str, value: &Value, at: Timestamp) -> Result<()>;

    /// Forgets a step that was begun and surely not taken.
    fn forget_step(&self, scope: &str, key: &str) -> Result<()>;

    // The rest.

    /// A value that was kept under a name.
    fn setting(&self, name: &str) -> Result<Option<Value>>;

    /// Keeps a value under a name.
    fn set_setting(&self, name: &str, value: &Value) -> Result<()>;

    /// Forgets what is older: runs that ended before `before` with their writes, payloads of events that ended before it, and
    /// steps that ended before it. What a watch knows is never forgotten, nor events that wait or are
    /// dead, nor steps that were only begun, nor that a due time was claimed. Gives the number of runs and
    /// events.
    fn prune(&self, before: Timestamp) -> Result<u64>;

    /// Changes whenever another process changed the store.
    fn changes_elsewhere(&self) -> Result<u64>;
}
