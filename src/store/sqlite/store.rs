//! What every store promises, each method one transaction.

use jiff::Timestamp;
use serde_json::Value;

use super::{SqliteStore, attempts, cycle, events, runs, schedules, steps, watches, writes};
use crate::Result;
use crate::store::*;

impl Store for SqliteStore {
    fn open_watch(
        &self,
        id: &str,
        kind: &str,
        script: &str,
        definition: &Value,
    ) -> Result<WatchRecord> {
        self.write(|c| watches::open(c, id, kind, script, definition))
    }

    fn watches(&self) -> Result<Vec<WatchRecord>> {
        self.read(watches::all)
    }

    fn watch(&self, id: &str) -> Result<Option<WatchRecord>> {
        self.read(|c| watches::get(c, id))
    }

    fn pause_watch(&self, id: &str, pause: Option<&Pause>) -> Result<bool> {
        self.write(|c| watches::pause(c, id, pause))
    }

    fn remove_watch(&self, id: &str) -> Result<bool> {
        self.write(|c| watches::remove(c, id))
    }

    fn known(&self, watch: &str, contacts: &[&str]) -> Result<Vec<Option<Version>>> {
        self.read(|c| watches::known(c, watch, contacts))
    }

    fn known_ids(&self, watch: &str, after: Option<&str>, limit: usize) -> Result<Vec<String>> {
        self.read(|c| watches::known_ids(c, watch, after, limit))
    }

    fn begin_cycle(&self, watch: &str) -> Result<()> {
        self.write(|c| cycle::begin(c, watch))
    }

    fn stage(&self, watch: &str, found: &[Found]) -> Result<()> {
        self.write_lightly(|c| cycle::stage(c, watch, found))
    }

    fn commit_cycle(&self, watch: &str, end: &CycleEnd) -> Result<u64> {
        self.write(|c| cycle::commit(c, watch, end))
    }

    fn note_poll(&self, watch: &str, at: Timestamp, error: Option<&str>) -> Result<()> {
        self.write_lightly(|c| watches::note_poll(c, watch, at, error))
    }

    fn release(&self, watch: &str, limit: u64) -> Result<u64> {
        self.write(|c| events::release(c, watch, limit))
    }

    fn due_events(&self, watch: &str, now: Timestamp, limit: usize) -> Result<Vec<EventRecord>> {
        self.read(|c| events::due(c, watch, now, limit))
    }

    fn next_retry(&self, watch: &str) -> Result<Option<Timestamp>> {
        self.read(|c| events::next_retry(c, watch))
    }

    fn begin_attempt(&self, event: u64, run: &NewRun) -> Result<(u32, u64)> {
        self.write(|c| attempts::begin(c, event, run))
    }

    fn end_attempt(&self, event: u64, run: u64, end: &AttemptEnd, how: &RunEnd) -> Result<()> {
        self.write(|c| attempts::end(c, event, run, end, how))
    }

    fn recover(&self, watch: &str, max_attempts: u32, now: Timestamp) -> Result<u64> {
        self.write(|c| attempts::recover(c, watch, max_attempts, now))
    }

    fn events(&self, query: &EventQuery) -> Result<Vec<EventRecord>> {
        self.read(|c| events::list(c, query))
    }

    fn event(&self, id: u64) -> Result<Option<EventRecord>> {
        self.read(|c| events::get(c, id))
    }

    fn event_counts(&self, watch: &str) -> Result<Vec<(EventState, u64)>> {
        self.read(|c| events::counts(c, watch))
    }

    fn retry_event(&self, id: u64) -> Result<bool> {
        self.write(|c| attempts::change(c, id, EventRecord::retry))
    }

    fn drop_event(&self, id: u64) -> Result<bool> {
        self.write(|c| attempts::change(c, id, |event| Ok(event.give_up(Timestamp::now()))))
    }

    fn begin_run(&self, run: &NewRun) -> Result<u64> {
        self.write(|c| runs::begin(c, run, None, None))
    }

    fn end_run(&self, run: u64, how: &RunEnd) -> Result<()> {
        self.write(|c| runs::end(c, run, how))
    }

    fn runs(&self, query: &RunQuery) -> Result<Vec<RunRecord>> {
        self.read(|c| runs::list(c, query))
    }

    fn run(&self, id: u64) -> Result<Option<RunRecord>> {
        self.read(|c| runs::get(c, id))
    }

    fn begin_write(&self, run: u64, write: &NewWrite) -> Result<u64> {
        self.write(|c| writes::begin(c, run, write))
    }

    fn end_write(&self, write: u64, end: &WriteEnd) -> Result<()> {
        self.write_lightly(|c| writes::end(c, write, end))
    }

    fn writes(&self, run: u64) -> Result<Vec<JournaledWrite>> {
        self.read(|c| writes::list(c, run))
    }

    fn writes_page(&self, run: u64, after: u64, most: usize) -> Result<Vec<JournaledWrite>> {
        self.read(|c| writes::page(c, run, after, most))
    }

    fn writes_of_contact(&self, id: &str) -> Result<Vec<(u64, JournaledWrite)>> {
        self.read(|c| writes::of_contact(c, id))
    }

    fn count_writes(&self, run: u64) -> Result<WriteCounts> {
        self.read(|c| writes::count(c, run))
    }

    fn run_note(&self, run: u64, name: &str) -> Result<Option<Value>> {
        self.read(|c| writes::note(c, run, name))
    }

    fn set_run_note(&self, run: u64, name: &str, value: &Value) -> Result<()> {
        self.write(|c| writes::set_note(c, run, name, value))
    }

    fn prune_scripts(&self, before: Timestamp) -> Result<u64> {
        self.write(|c| writes::prune_scripts(c, before))
    }

    fn open_schedule(&self, id: &str, script: &str, definition: &Value) -> Result<ScheduleRecord> {
        self.write(|c| schedules::open(c, id, script, definition))
    }

    fn schedules(&self) -> Result<Vec<ScheduleRecord>> {
        self.read(schedules::all)
    }

    fn schedule(&self, id: &str) -> Result<Option<ScheduleRecord>> {
        self.read(|c| schedules::get(c, id))
    }

    fn save_schedule(&self, id: &str, state: &Value, next: Option<Timestamp>) -> Result<()> {
        self.write(|c| schedules::save(c, id, state, next))
    }

    fn claim(
        &self,
        schedule: &str,
        due: Timestamp,
        state: &Value,
        run: &NewRun,
    ) -> Result<Option<u64>> {
        self.write(|c| schedules::claim(c, schedule, due, state, run))
    }

    fn pause_schedule(&self, id: &str, pause: Option<&Pause>) -> Result<bool> {
        self.write(|c| schedules::pause(c, id, pause))
    }

    fn request_run(&self, id: &str, at: Timestamp) -> Result<bool> {
        self.write(|c| schedules::request(c, id, at))
    }

    fn take_request(&self, id: &str) -> Result<bool> {
        self.write(|c| schedules::take_request(c, id))
    }

    fn remove_schedule(&self, id: &str) -> Result<bool> {
        self.write(|c| schedules::remove(c, id))
    }

    fn lose_runs(&self, subjects: &[String], now: Timestamp) -> Result<u64> {
        self.write(|c| runs::lose(c, subjects, now))
    }

    fn step(&self, scope: &str, key: &str) -> Result<Option<StepRecord>> {
        self.read(|c| steps::get(c, scope, key))
    }

    fn begin_step(&self, scope: &str, key: &str, note: &Value, at: Timestamp) -> Result<()> {
        self.write(|c| steps::begin(c, scope, key, note, at))
    }

    fn end_step(&self, scope: &str, key: &str, value: &Value, at: Timestamp) -> Result<()> {
        let step = StepRecord { state: StepState::Done, value: value.clone(), at };
        self.write(|c| steps::put(c, scope, key, &step))
    }

    fn forget_step(&self, scope: &str, key: &str) -> Result<()> {
        self.write(|c| steps::forget(c, scope, key))
    }

    fn setting(&self, name: &str) -> Result<Option<Value>> {
        self.read(|c| steps::setting(c, name))
    }

    fn set_setting(&self, name: &str, value: &Value) -> Result<()> {
        self.write(|c| steps::set_setting(c, name, value))
    }

    fn prune(&self, before: Timestamp) -> Result<u64> {
        self.write(|c| {
            steps::prune(c, before)?;
            schedules::prune(c, before)?;
            Ok(runs::prune(c, before)? + events::prune(c, before)?)
        })
    }

    fn changes_elsewhere(&self) -> Result<u64> {
        self.read(|c| Ok(c.pragma_query_value(None, "data_version", |row| row.get(0))?))
    }
}
