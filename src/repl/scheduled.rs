//! Schedules that run at the prompt while one types.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use jiff::Timestamp;

use super::handling::{Handler, Occasion};
use super::shared::Shared;
use super::shell::Shell;
use crate::Result;
use crate::api::ScheduleRegistration;
use crate::engine::{Language, Session};
use crate::runtime::{LiveRun, LiveSchedule};
use crate::schedule::{ScheduleDefinition, Timetable};
use crate::schema::to_wire;
use crate::terminal::{counted, harmless};

/// A schedule that runs, until this is dropped.
#[derive(Debug)]
pub(super) struct Scheduled {
    pub(super) definition: ScheduleDefinition,
    handler: Handler,
    runs: Arc<AtomicU64>,
    /// False once it is no longer followed: runs that wait for their turn are let go.
    wanted: Arc<AtomicBool>,
    _live: LiveSchedule,
}

impl Drop for Scheduled {
    fn drop(&mut self) {
        self.wanted.store(false, Ordering::SeqCst);
    }
}

impl Scheduled {
    pub(super) fn is_of(&self, language: Language) -> bool {
        self.handler.language == language
    }

    /// The schedule on a line.
    pub(super) fn describe(&self) -> String {
        let ScheduleDefinition { id, timing, .. } = &self.definition;
        let runs = usize::try_from(self.runs.load(Ordering::Relaxed)).unwrap_or(usize::MAX);
        let (timing, handler) = (timing.describe(), self.handler.describe());
        format!("{}  {timing}, {handler}, {} so far", harmless(id), counted(runs, "run"))
    }
}

impl Shell {
    /// Runs a schedule, in the place of one with the same id.
    ///
    /// # Errors
    /// Where the session has no thread.
    pub(super) fn begin_schedule(&mut self, schedule: ScheduleRegistration) -> Result<()> {
        let ScheduleRegistration { definition, handler, .. } = schedule;
        let handler = self.handler(handler, definition.timeout)?;
        let id = harmless(&definition.id);
        if self.following.stop_schedule(&definition.id) {
            self.shared.screen.note(&format!("the schedule \"{id}\" that ran is replaced"));
        }
        let (runs, wanted) = (Arc::<AtomicU64>::default(), Arc::new(AtomicBool::new(true)));
        let runner = Runner {
            shared: Arc::clone(&self.shared),
            id: definition.id.clone(),
            handler: handler.clone(),
            runs: Arc::clone(&runs),
            wanted: Arc::clone(&wanted),
        };
        say_begun(&self.shared, &definition);
        let runtime = self.shared.runtime.clone();
        let live = LiveSchedule::follow(&definition, &runtime, move |run| runner.begin(run));
        self.following.schedules.push(Scheduled { definition, handler, runs, wanted, _live: live });
        Ok(())
    }
}

fn say_begun(shared: &Shared, definition: &ScheduleDefinition) {
    let (id, timing) = (harmless(&definition.id), definition.timing.describe());
    let screen = &shared.screen;
    let next = Timetable::begin(definition, Timestamp::now()).next_wake();
    let next = next.map_or("never".to_owned(), to_wire);
    let how = screen.paint().dim(&format!("(.unwatch {id} stops it)"));
    screen.note(&format!("running \"{id}\" here: {timing}, next at {next} {how}"));
}

/// Gives the runs of a schedule to its handler, on the thread of the prompt's runtime.
struct Runner {
    shared: Arc<Shared>,
    id: String,
    handler: Handler,
    runs: Arc<AtomicU64>,
    wanted: Arc<AtomicBool>,
}

impl Runner {
    fn begin(&self, run: LiveRun) {
        let (shared, wanted) = (Arc::clone(&self.shared), Arc::clone(&self.wanted));
        let (runs, handler, id) = (Arc::clone(&self.runs), self.handler.clone(), self.id.clone());
        let worker = Arc::clone(&handler.worker);
        let work = move |session: &mut Session| {
            if wanted.load(Ordering::SeqCst) {
                runs.fetch_add(1, Ordering::Relaxed);
                shared.screen.trace(&format!("run of {id}, due {}", to_wire(run.due())));
                let arguments = [run.run.clone()];
                let occasion = Occasion {
                    noun: "schedule",
                    id: &id,
                    arguments: &arguments,
                    cancel: Some(&run.cancel),
                };
                handler.take(&occasion, session, &shared);
            }
        };
        worker.give(work, |()| {});
    }
}
