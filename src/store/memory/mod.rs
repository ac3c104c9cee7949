//! A store in memory: for tests, and for programs that need nothing kept.

mod events;
mod runs;
mod schedules;
mod steps;
mod watches;
mod writes;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde_json::Value;

use self::events::Events;
use self::runs::Runs;
use self::schedules::Schedule;
use self::watches::Watch;
use self::writes::Writes;
use super::*;

/// A store that forgets everything when it is dropped. It keeps every promise of [`Store`] but that of
/// outliving the program.
///
/// ```
/// use cliengo::store::{MemoryStore, Store};
/// use serde_json::json;
///
/// let store = MemoryStore::new();
/// store.open_watch("leads.new_contacts", "new_contacts", "leads.lua", &json!({ "limit": 10 }))?;
/// assert_eq!(store.watches()?.len(), 1);
/// # Ok::<(), cliengo::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    watches: BTreeMap<String, Watch>,
    events: Events,
    runs: Runs,
    writes: Writes,
    schedules: BTreeMap<String, Schedule>,
    steps: BTreeMap<(String, String), StepRecord>,
    settings: BTreeMap<String, Value>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// A panic elsewhere is no reason to stop: no method leaves anything half done.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn open_watch(
        &self,
        id: &str,
        kind: &str,
        script: &str,
        definition: &Value,
    ) -> Result<WatchRecord> {
        Ok(self.state().open_watch(id, kind, script, definition))
    }

    fn watches(&self) -> Result<Vec<WatchRecord>> {
        Ok(self.state().watches.values().map(|watch| watch.record.clone()).collect())
    }

    fn watch(&self, id: &str) -> Result<Option<WatchRecord>> {
        Ok(self.state().watches.get(id).map(|watch| watch.record.clone()))
    }

    fn pause_watch(&self, id: &str, pause: Option<&Pause>) -> Result<bool> {
        let mut state = self.state();
        let watch = state.watches.get_mut(id);
        Ok(watch.map(|watch| watch.record.pause = pause.cloned()).is_some())
    }

    fn remove_watch(&self, id: &str) -> Result<bool> {
        let mut state = self.state();
        state.events.remove_watch(id);
        Ok(state.watches.remove(id).is_some())
    }

    fn known(&self, watch: &str, contacts: &[&str]) -> Result<Vec<Option<Version>>> {
        Ok(self.state().known(watch, contacts))
    }

    fn known_ids(&self, watch: &str, after: Option<&str>, limit: usize) -> Result<Vec<String>> {
        Ok(self.state().known_ids(watch, after, limit))
    }

    fn begin_cycle(&self, watch: &str) -> Result<()> {
        self.state().existing(watch)?.staged.clear();
        Ok(())
    }

    fn stage(&self, watch: &str, found: &[Found]) -> Result<()> {
        let mut state = self.state();
        let staged = &mut state.existing(watch)?.staged;
        staged.extend(found.iter().map(|found| (found.contact.clone(), found.clone())));
        Ok(())
    }

    fn commit_cycle(&self, watch: &str, end: &CycleEnd) -> Result<u64> {
        self.state().commit_cycle(watch, end)
    }

    fn note_poll(&self, watch: &str, at: Timestamp, error: Option<&str>) -> Result<()> {
        self.state().existing(watch)?.note_poll(at, error);
        Ok(())
    }

    fn release(&self, watch: &str, limit: u64) -> Result<u64> {
        Ok(self.state().events.release(watch, limit))
    }

    fn due_events(&self, watch: &str, now: Timestamp, limit: usize) -> Result<Vec<EventRecord>> {
        Ok(self.state().events.due(watch, now, limit))
    }

    fn next_retry(&self, watch: &str) -> Result<Option<Timestamp>> {
        Ok(self.state().events.next_retry(watch))
    }

    fn begin_attempt(&self, event: u64, run: &NewRun) -> Result<(u32, u64)> {
        self.state().begin_attempt(event, run)
    }

    fn end_attempt(&self, event: u64, run: u64, end: &AttemptEnd, how: &RunEnd) -> Result<()> {
        let mut state = self.state();
        state.runs.end(run, how)?;
        state.events.change(event, |event| Ok(event.end(run, end, how)))?;
        Ok(())
    }

    fn recover(&self, watch: &str, max_attempts: u32, now: Timestamp) -> Result<u64> {
        self.state().recover(watch, max_attempts, now)
    }

    fn events(&self, query: &EventQuery) -> Result<Vec<EventRecord>> {
        Ok(self.state().events.list(query))
    }

    fn event(&self, id: u64) -> Result<Option<EventRecord>> {
        Ok(self.state().events.get(id).cloned())
    }

    fn event_counts(&self, watch: &str) -> Result<Vec<(EventState, u64)>> {
        Ok(self.state().events.counts(watch))
    }

    fn retry_event(&self, id: u64) -> Result<bool> {
        Ok(self.state().events.change(id, EventRecord::retry)?.unwrap_or(false))
    }

    fn drop_event(&self, id: u64) -> Result<bool> {
        let now = Timestamp::now();
        Ok(self.state().events.change(id, |event| Ok(event.give_up(now)))?.unwrap_or(false))
    }

    fn begin_run(&self, run: &NewRun) -> Result<u64> {
        Ok(self.state().runs.begin(run, |_| {}))
    }

    fn end_run(&self, run: u64, how: &RunEnd) -> Result<()> {
        self.state().runs.end(run, how)
    }

    fn runs(&self, query: &RunQuery) -> Result<Vec<RunRecord>> {
        Ok(self.state().runs.list(query))
    }

    fn run(&self, id: u64) -> Result<Option<RunRecord>> {
        Ok(self.state().runs.get(id).cloned())
    }

    fn begin_write(&self, run: u64, write: &NewWrite) -> Result<u64> {
        let mut state = self.state();
        let is_known = state.runs.get(run).is_some();
        state.writes.begin(run, write, is_known)
    }

    fn end_write(&self, write: u64, end: &WriteEnd) -> Result<()> {
        self.state().writes.end(write, end)
    }

    fn writes(&self, run: u64) -> Result<Vec<JournaledWrite>> {
        Ok(self.state().writes.of(run).cloned().collect())
    }

    fn writes_page(&self, run: u64, after: u64, most: usize) -> Result<Vec<JournaledWrite>> {
        let state = self.state();
        let behind = state.writes.of(run).filter(|write| write.id > after);
        Ok(behind.take(most).cloned().collect())
    }

    fn writes_of_contact(&self, id: &str) -> Result<Vec<(u64, JournaledWrite)>> {
        Ok(self.state().writes.of_contact(id).cloned().collect())
    }

    fn count_writes(&self, run: u64) -> Result<WriteCounts> {
        Ok(self.state().writes.count(run))
    }

    fn run_note(&self, run: u64, name: &str) -> Result<Option<Value>> {
        Ok(self.state().writes.note(run, name))
    }

    fn set_run_note(&self, run: u64, name: &str, value: &Value) -> Result<()> {
        let mut state = self.state();
        let is_known = state.runs.get(run).is_some();
        state.writes.set_note(run, name, value, is_known)
    }

    fn prune_scripts(&self, before: Timestamp) -> Result<u64> {
        let mut state = self.state();
        let pruned = state.runs.prune(before, |run| run.begin.kind == RunKind::Script);
        state.forget_writes();
        Ok(pruned)
    }

    fn open_schedule(&self, id: &str, script: &str, definition: &Value) -> Result<ScheduleRecord> {
        Ok(self.state().open_schedule(id, script, definition))
    }

    fn schedules(&self) -> Result<Vec<ScheduleRecord>> {
        Ok(self.state().schedules.values().map(|schedule| schedule.record.clone()).collect())
    }

    fn schedule(&self, id: &str) -> Result<Option<ScheduleRecord>> {
        Ok(self.state().schedules.get(id).map(|schedule| schedule.record.clone()))
    }

    fn save_schedule(&self, id: &str, remembered: &Value, next: Option<Timestamp>) -> Result<()> {
        let mut state = self.state();
        let record = &mut state.existing_schedule(id)?.record;
        (record.state, record.next) = (Some(remembered.clone()), next);
        Ok(())
    }

    fn claim(
        &self,
        schedule: &str,
        due: Timestamp,
        state: &Value,
        run: &NewRun,
    ) -> Result<Option<u64>> {
        self.state().claim(schedule, due, state, run)
    }

    fn pause_schedule(&self, id: &str, pause: Option<&Pause>) -> Result<bool> {
        let mut state = self.state();
        let schedule = state.schedules.get_mut(id);
        Ok(schedule.map(|schedule| schedule.record.pause = pause.cloned()).is_some())
    }

    fn request_run(&self, id: &str, at: Timestamp) -> Result<bool> {
        let mut state = self.state();
        let schedule = state.schedules.get_mut(id);
        Ok(schedule.map(|schedule| schedule.record.requested = Some(at)).is_some())
    }

    fn take_request(&self, id: &str) -> Result<bool> {
        let mut state = self.state();
        let asked = state.schedules.get_mut(id).and_then(|it| it.record.requested.take());
        Ok(asked.is_some())
    }

    fn remove_schedule(&self, id: &str) -> Result<bool> {
        Ok(self.state().schedules.remove(id).is_some())
    }

    fn lose_runs(&self, subjects: &[String], now: Timestamp) -> Result<u64> {
        let meant = |run: &RunRecord| {
            run.begin.kind != RunKind::Event && subjects.contains(&run.begin.subject)
        };
        Ok(self.state().runs.lose(now, meant))
    }

    fn step(&self, scope: &str, key: &str) -> Result<Option<StepRecord>> {
        Ok(self.state().steps.get(&(scope.to_owned(), key.to_owned())).cloned())
    }

    fn begin_step(&self, scope: &str, key: &str, note: &Value, at: Timestamp) -> Result<()> {
        self.state().begin_step(scope, key, note, at)
    }

    fn end_step(&self, scope: &str, key: &str, value: &Value, at: Timestamp) -> Result<()> {
        let step = StepRecord { state: StepState::Done, value: value.clone(), at };
        self.state().steps.insert((scope.to_owned(), key.to_owned()), step);
        Ok(())
    }

    fn forget_step(&self, scope: &str, key: &str) -> Result<()> {
        self.state().forget_step(scope, key);
        Ok(())
    }

    fn setting(&self, name: &str) -> Result<Option<Value>> {
        Ok(self.state().settings.get(name).cloned())
    }

    fn set_setting(&self, name: &str, value: &Value) -> Result<()> {
        self.state().settings.insert(name.to_owned(), value.clone());
        Ok(())
    }

    fn prune(&self, before: Timestamp) -> Result<u64> {
        Ok(self.state().prune(before))
    }

    /// Nobody else has this store.
    fn changes_elsewhere(&self) -> Result<u64> {
        Ok(0)
    }
}

impl State {
    fn prune(&mut self, before: Timestamp) -> u64 {
        self.steps.retain(|_, step| step.state == StepState::Begun || step.at >= before);
        self.schedules.values_mut().for_each(|schedule| schedule.prune(before));
        let pruned = self.runs.prune(before, |_| true);
        self.forget_writes();
        pruned + self.events.prune(before)
    }

    fn forget_writes(&mut self) {
        let Self { runs, writes, .. } = self;
        writes.retain(|run| runs.get(run).is_some());
    }
}
