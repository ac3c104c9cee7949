//! One schedule under a daemon.

mod acts;
mod begin;
mod kept;
mod run;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch::Receiver;
use tokio::time::Instant;

use self::kept::Kept;
use super::pool::Pool;
use super::shared::{Shared, Signals};
use super::worker::HandlerName;
use crate::api::{Level, ScheduleRegistration};
use crate::runtime::attempt::ScriptName;
use crate::store::ScheduleRecord;

/// The clock and the store are looked at no less often: the one may have been set, or the machine may have
/// slept; of the other a change may have gone unnoticed.
const LOOK: Duration = Duration::from_secs(30);
/// How long until another try where the store failed.
const LATER: Duration = Duration::from_secs(5);

/// One schedule under a daemon.
pub(super) struct Timer {
    pub(super) shared: Arc<Shared>,
    pub(super) pool: Arc<Pool>,
    pub(super) script: ScriptName,
    pub(super) schedule: ScheduleRegistration,
    pub(super) signals: Signals,
}

impl Timer {
    /// Runs the schedule until it is to stop, and what runs has come to its end.
    pub(super) async fn run(self: Arc<Self>) {
        // Before the first look, so that nothing comes between the two.
        let changed = self.shared.changed.subscribe();
        let mut told = None;
        loop {
            match self.open() {
                Ok(kept) => return self.keep(kept, changed).await,
                Err(error) => {
                    let error = error.to_string();
                    if told.as_ref() != Some(&error) {
                        self.log(Level::Error, &format!("waits: {error}"));
                        told = Some(error);
                    }
                }
            }
            tokio::select! {
                () = self.signals.stop.cancelled() => return,
                () = tokio::time::sleep(LATER) => {}
            }
        }
    }

    async fn keep(self: Arc<Self>, mut kept: Kept, mut changed: Receiver<u64>) {
        loop {
            let stopping = self.signals.stop.is_cancelled();
            if !stopping {
                let now = Timestamp::now();
                kept.timetable.repair(now);
                let decisions = kept.timetable.tick(now);
                self.decide(&mut kept, decisions);
                self.claim(&mut kept);
            }
            self.save_what_changed(&mut kept);
            if stopping && kept.tasks.is_empty() {
                return;
            }
            let wait = kept.until_next();
            tokio::select! {
                Some(ended) = kept.tasks.join_next_with_id() => self.ended(&mut kept, ended),
                () = self.signals.stop.cancelled(), if !stopping => {}
                _ = changed.changed(), if !stopping => self.follow(&mut kept),
                () = tokio::time::sleep(wait), if !stopping => {
                    if kept.look_at <= Instant::now() {
                        self.follow(&mut kept);
                    }
                }
            }
        }
    }

    /// Does what somebody asked for from outside.
    fn follow(&self, kept: &mut Kept) {
        kept.look_at = Instant::now() + LOOK;
        match self.shared.store.schedule(&self.schedule.definition.id) {
            Ok(Some(record)) => {
                self.follow_pause(kept, &record);
                self.follow_request(kept, &record);
            }
            Ok(None) => self.begin_anew(kept),
            Err(_) => kept.look_at = Instant::now() + LATER,
        }
    }

    fn follow_pause(&self, kept: &mut Kept, record: &ScheduleRecord) {
        let wanted = record.pause.is_some();
        if wanted == kept.paused {
            return;
        }
        (kept.paused, kept.unsaved) = (wanted, true);
        if wanted {
            kept.timetable.pause();
            self.log(Level::Info, "paused");
        } else {
            let decisions = kept.timetable.resume(Timestamp::now());
            self.log(Level::Info, "resumed");
            self.decide(kept, decisions);
        }
    }

    /// Runs it, where somebody asked for a run. Whoever takes a request does it: while a script is loaded, or
    /// cannot be, it waits.
    fn follow_request(&self, kept: &mut Kept, record: &ScheduleRecord) {
        if record.requested.is_none() {
            return;
        }
        match self.shared.store.take_request(&record.id) {
            Ok(true) => {
                let decisions = kept.timetable.run_now(Timestamp::now());
                self.decide(kept, decisions);
            }
            Ok(false) => {}
            Err(error) => {
                self.log(Level::Error, &format!("the run that is asked for waits: {error}"));
                kept.look_at = Instant::now() + LATER;
            }
        }
    }

    fn name(&self) -> HandlerName {
        HandlerName { noun: "schedule", id: self.schedule.definition.id.clone(), on_failure: false }
    }

    fn log(&self, level: Level, message: &str) {
        self.shared.log(level, message, &[("schedule", &self.schedule.definition.id)]);
    }
}
