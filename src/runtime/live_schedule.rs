//! A schedule that is kept while a person looks on: in memory, from now on, until it is dropped.

use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::runtime::Handle;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;

use crate::api::Cancel;
use crate::schedule::{Decision, Due, ScheduleDefinition, Timetable};
use crate::schema::to_wire;
use crate::{Error, ErrorKind};

/// A clock that was set is noticed after so long at the latest.
const LOOK: Duration = Duration::from_secs(30);

/// A run of a followed schedule. It counts as over when this is dropped.
#[derive(Debug)]
pub struct LiveRun {
    /// The run as its handler sees it, a JSON document with `schedule`, `due`, `cause`, `missed`.
    pub run: Bytes,
    /// Fires where the next run takes its place: what it does is to end then.
    pub cancel: Cancel,
    due: Due,
    over: UnboundedSender<Due>,
}

impl LiveRun {
    /// The time that it runs for.
    pub fn due(&self) -> Timestamp {
        self.due.at
    }
}

impl Drop for LiveRun {
    fn drop(&mut self) {
        // A schedule that is followed no longer hears nothing.
        drop(self.over.send(self.due.clone()));
    }
}

/// A schedule that is being followed. Dropping it ends that.
#[derive(Debug)]
pub struct LiveSchedule {
    task: AbortHandle,
}

impl LiveSchedule {
    /// Follows the schedule on this runtime, and gives each of its runs to `begin`. Nothing is kept, and due
    /// times before now are none.
    pub fn follow(
        definition: &ScheduleDefinition,
        runtime: &Handle,
        begin: impl FnMut(LiveRun) + Send + 'static,
    ) -> Self {
        let timetable = Timetable::begin(definition, Timestamp::now());
        let (over, ended) = unbounded_channel();
        let id = definition.id.clone();
        let following = Following { id, timetable, running: Vec::new(), over, begin };
        Self { task: runtime.spawn(following.go_on(ended)).abort_handle() }
    }
}

impl Drop for LiveSchedule {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What the handler of a schedule is given.
pub(super) fn told(schedule: &str, due: &Due) -> Value {
    json!({ "schedule": schedule, "due": to_wire(due.at), "cause": due.cause, "missed": due.missed })
}

/// A schedule under way.
struct Following<B> {
    id: String,
    timetable: Timetable,
    running: Vec<(Due, Cancel)>,
    over: UnboundedSender<Due>,
    begin: B,
}

impl<B: FnMut(LiveRun) + Send> Following<B> {
    async fn go_on(mut self, mut ended: UnboundedReceiver<Due>) {
        loop {
            let now = Timestamp::now();
            self.timetable.repair(now);
            let decisions = self.timetable.tick(now);
            self.decide(decisions);
            tokio::select! {
                Some(due) = ended.recv() => {
                    self.running.retain(|(running, _)| running.at != due.at);
                    let decisions = self.timetable.finished(&due);
                    self.decide(decisions);
                }
                () = tokio::time::sleep(self.until_next()) => {}
            }
        }
    }

    /// What is passed over or was missed is no news to somebody who sees the run that goes on.
    fn decide(&mut self, decisions: Vec<Decision>) {
        for decision in decisions {
            match decision {
                Decision::Run(due) => self.run(due),
                Decision::Cancel(due) => {
                    let running = self.running.iter().find(|(running, _)| running.at == due.at);
                    let reason =
                        || Error::new(ErrorKind::Cancelled, "the next run takes its place");
                    running.iter().for_each(|(_, cancel)| cancel.cancel(reason()));
                }
                Decision::Skip { .. } | Decision::Missed { .. } => {}
            }
        }
    }

    fn run(&mut self, due: Due) {
        let (cancel, over) = (Cancel::default(), self.over.clone());
        self.running.push((due.clone(), cancel.clone()));
        let run = told(&self.id, &due).to_string().into();
        (self.begin)(LiveRun { run, cancel, due, over });
    }

    fn until_next(&self) -> Duration {
        let due = self.timetable.next_wake().map(|due| due.duration_since(Timestamp::now()));
        due.map_or(LOOK, |due| Duration::try_from(due).unwrap_or_default().min(LOOK))
    }
}
