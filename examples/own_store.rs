//! A store of a program's own, and a daemon inside the program that keeps its watches there.
//!
//! `cargo run --example own_store` handles a few contacts of an embedded emulator. Here the store is in
//! memory, and the program's audit trail hears of each attempt at an event; a store in the program's own
//! database implements the same trait, whose promises are written down there.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use cliengo::client::Client;
use cliengo::emulator::{Emulator, EmulatorOptions};
use cliengo::runtime::State;
use cliengo::store::*;
use cliengo::{Host, Result};
use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let options = EmulatorOptions { contacts: 3, ..EmulatorOptions::default() };
    let emulator = Emulator::start(options)?;
    let client = Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
    let folder = tempfile::tempdir()?;
    let script = folder.path().join("welcome.lua");
    std::fs::write(&script, SCRIPT)?;
    for line in welcome(client.build()?, &script, 3).await? {
        println!("{line}");
    }
    Ok(())
}

/// Notes in each contact that it was welcomed.
pub const SCRIPT: &str = "
cliengo.watch.new_contacts({ id = 'welcome', from = 'beginning' }, function(contact)
  cliengo.contacts.add_note(contact.id, 'welcomed')
end)
";

/// Serves the script until so many events were handled, and gives the audit trail.
pub async fn welcome(client: Client, script: &Path, events: usize) -> Result<Vec<String>> {
    let (store, mut trail) = Audited::new();
    let host = Host::builder().client(client).state(State::of_store(Arc::new(store))).build();
    let serving = host.serve([script]).start().await?;
    let mut lines = Vec::new();
    while lines.len() < events {
        lines.extend(trail.recv().await);
    }
    // What runs comes to its end before this returns.
    serving.stop().await?;
    Ok(lines)
}

/// Keeps everything in memory, and tells the audit trail of each attempt that ended.
#[derive(Debug)]
pub struct Audited {
    memory: MemoryStore,
    trail: Mutex<UnboundedSender<String>>,
}

impl Audited {
    /// The store, and its audit trail.
    pub fn new() -> (Self, UnboundedReceiver<String>) {
        let (tell, trail) = unbounded_channel();
        (Self { memory: MemoryStore::new(), trail: Mutex::new(tell) }, trail)
    }
}

/// What the memory does as it is.
macro_rules! passed_on {
    ($(fn $name:ident($($argument:ident: $kind:ty),*) -> $result:ty;)*) => {
        $(fn $name(&self, $($argument: $kind),*) -> Result<$result> {
            self.memory.$name($($argument),*)
        })*
    };
}

impl Store for Audited {
    fn end_attempt(&self, event: u64, run: u64, end: &AttemptEnd, how: &RunEnd) -> Result<()> {
        self.memory.end_attempt(event, run, end, how)?;
        let contact = self.memory.event(event)?.map(|event| event.contact).unwrap_or_default();
        let line = format!("{contact}: {end:?}, with {} writes", how.writes.len());
        // Nobody may be listening any more; that is no reason to handle the event again.
        let _ = self.trail.lock().unwrap_or_else(PoisonError::into_inner).send(line);
        Ok(())
    }

    passed_on! {
        fn open_watch(id: &str, kind: &str, script: &str, definition: &Value) -> WatchRecord;
        fn watches() -> Vec<WatchRecord>;
        fn watch(id: &str) -> Option<WatchRecord>;
        fn pause_watch(id: &str, pause: Option<&Pause>) -> bool;
        fn remove_watch(id: &str) -> bool;
        fn known(watch: &str, contacts: &[&str]) -> Vec<Option<Version>>;
        fn known_ids(watch: &str, after: Option<&str>, limit: usize) -> Vec<String>;
        fn begin_cycle(watch: &str) -> ();
        fn stage(watch: &str, found: &[Found]) -> ();
        fn commit_cycle(watch: &str, end: &CycleEnd) -> u64;
        fn note_poll(watch: &str, at: Timestamp, error: Option<&str>) -> ();
        fn release(watch: &str, limit: u64) -> u64;
        fn due_events(watch: &str, now: Timestamp, limit: usize) -> Vec<EventRecord>;
        fn next_retry(watch: &str) -> Option<Timestamp>;
        fn begin_attempt(event: u64, run: &NewRun) -> (u32, u64);
        fn recover(watch: &str, max_attempts: u32, now: Timestamp) -> u64;
        fn events(query: &EventQuery) -> Vec<EventRecord>;
        fn event(id: u64) -> Option<EventRecord>;
        fn event_counts(watch: &str) -> Vec<(EventState, u64)>;
        fn retry_event(id: u64) -> bool;
        fn drop_event(id: u64) -> bool;
        fn begin_run(run: &NewRun) -> u64;
        fn end_run(run: u64, how: &RunEnd) -> ();
        fn runs(query: &RunQuery) -> Vec<RunRecord>;
        fn run(id: u64) -> Option<RunRecord>;
        fn begin_write(run: u64, write: &NewWrite) -> u64;
        fn end_write(write: u64, end: &WriteEnd) -> ();
        fn writes(run: u64) -> Vec<JournaledWrite>;
        fn writes_of_contact(id: &str) -> Vec<(u64, JournaledWrite)>;
        fn count_writes(run: u64) -> WriteCounts;
        fn run_note(run: u64, name: &str) -> Option<Value>;
        fn set_run_note(run: u64, name: &str, value: &Value) -> ();
        fn prune_scripts(before: Timestamp) -> u64;
        fn open_schedule(id: &str, script: &str, definition: &Value) -> ScheduleRecord;
        fn schedules() -> Vec<ScheduleRecord>;
        fn schedule(id: &str) -> Option<ScheduleRecord>;
        fn save_schedule(id: &str, state: &Value, next: Option<Timestamp>) -> ();
        fn claim(id: &str, due: Timestamp, state: &Value, run: &NewRun) -> Option<u64>;
        fn pause_schedule(id: &str, pause: Option<&Pause>) -> bool;
        fn request_run(id: &str, at: Timestamp) -> bool;
        fn take_request(id: &str) -> bool;
        fn remove_schedule(id: &str) -> bool;
        fn lose_runs(subjects: &[String], now: Timestamp) -> u64;
        fn step(scope: &str, key: &str) -> Option<StepRecord>;
        fn begin_step(scope: &str, key: &str, note: &Value, at: Timestamp) -> ();
        fn end_step(scope: &str, key: &str, value: &Value, at: Timestamp) -> ();
        fn forget_step(scope: &str, key: &str) -> ();
        fn setting(name: &str) -> Option<Value>;
        fn set_setting(name: &str, value: &Value) -> ();
        fn prune(before: Timestamp) -> u64;
        fn changes_elsewhere() -> u64;
    }
}
