//! What holds of a timetable in whatever order things happen.

use std::collections::BTreeSet;

use cliengo::schedule::{Cause, Decision, Due, ScheduleDefinition, Timetable, TimetableState};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::json;

use crate::support::{cron, every, on_the_day, run_times};

const OVERLAPS: [&str; 5] = ["skip", "queue_one", "queue_all", "cancel_other", "allow"];

/// Something that happens.
#[derive(Debug, Clone)]
enum Event {
    /// The clock goes on, or is set, by so many seconds; what comes due is looked at.
    Clock(i64),
    /// A run ends: the first one, or a later one.
    End(usize),
    Restart,
    Pause,
    Resume,
    RunNow,
    Repair,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => (0_i64..2_000).prop_map(Event::Clock),
        1 => (-90_000_i64..90_000).prop_map(Event::Clock),
        4 => (0_usize..3).prop_map(Event::End),
        2 => Just(Event::Restart),
        1 => Just(Event::Pause),
        2 => Just(Event::Resume),
        1 => Just(Event::RunNow),
        2 => Just(Event::Repair),
    ]
}

fn schedule() -> impl Strategy<Value = ScheduleDefinition> {
    let timing = prop_oneof![
        (1_u32..2_000).prop_map(|seconds| format!("{seconds}s")),
        Just("*/10 * * * *".to_owned()),
        Just("7,30 * * * *".to_owned()),
        Just("0 3 * * *".to_owned()),
    ];
    let misfire = prop_oneof![
        Just(json!({ "misfire": "last" })),
        Just(json!({ "misfire": "skip" })),
        (1_u32..20).prop_map(|max| json!({ "misfire": "all", "misfire_max": max })),
    ];
    let jitter = prop_oneof![Just("0s"), Just("90s"), Just("1h")];
    let catch_up = prop_oneof![Just("1d"), Just("10m"), Just("0s")];
    (timing, proptest::sample::select(&OVERLAPS[..]), misfire, jitter, catch_up).prop_map(
        |(timing, overlap, mut options, jitter, catch_up)| {
            options["jitter"] = jitter.into();
            options["catch_up"] = catch_up.into();
            // The two do not go together.
            let overlap = match (overlap, options["misfire"] == "all") {
                ("cancel_other", true) => "skip",
                (overlap, _) => overlap,
            };
            options["overlap"] = overlap.into();
            if timing.ends_with('s') { every(&timing, options) } else { cron(&timing, options) }
        },
    )
}

/// A timetable, the clock, and what was seen of it.
struct Simulation {
    schedule: ScheduleDefinition,
    timetable: Timetable,
    now: Timestamp,
    /// Due times that were run, ever.
    run: BTreeSet<Timestamp>,
    /// Due times that were passed over, ever.
    skipped: BTreeSet<Timestamp>,
    running: Vec<Due>,
}

impl Simulation {
    fn new(schedule: ScheduleDefinition) -> Self {
        let now = on_the_day("10:00:00");
        let timetable = Timetable::begin(&schedule, now);
        let (run, skipped) = (BTreeSet::new(), BTreeSet::new());
        Self { schedule, timetable, now, run, skipped, running: Vec::new() }
    }

    fn advance(&mut self, seconds: i64) -> Vec<Decision> {
        self.now += SignedDuration::from_secs(seconds);
        let decisions = self.timetable.tick(self.now);
        self.note(&decisions);
        decisions
    }

    /// The process ends and begins anew with what was saved.
    fn restart(&mut self) {
        let saved = serde_json::to_string(self.timetable.state()).unwrap();
        let state: TimetableState = serde_json::from_str(&saved).unwrap();
        let (timetable, cut_off) = Timetable::restore(&self.schedule, state, self.now);
        assert_eq!(cut_off, std::mem::take(&mut self.running));
        self.timetable = timetable;
        self.advance(0);
    }

    fn end(&mut self, index: usize) -> bool {
        if self.running.is_empty() {
            return false;
        }
        let due = self.running.remove(index % self.running.len());
        let decisions = self.timetable.finished(&due);
        self.note(&decisions);
        true
    }

    fn happen(&mut self, event: &Event) {
        match event {
            Event::Clock(seconds) => drop(self.advance(*seconds)),
            Event::End(index) => drop(self.end(*index)),
            Event::Restart => self.restart(),
            Event::Pause => self.timetable.pause(),
            Event::Resume => {
                let decisions = self.timetable.resume(self.now);
                self.note(&decisions);
            }
            Event::RunNow => {
                let decisions = self.timetable.run_now(self.now);
                self.note(&decisions);
            }
            Event::Repair => self.timetable.repair(self.now),
        }
    }

    fn note(&mut self, decisions: &[Decision]) {
        for decision in decisions {
            match decision {
                Decision::Run(due) => {
                    assert!(self.run.insert(due.at), "{} is run twice", due.at);
                    assert!(!self.skipped.contains(&due.at), "{} was passed over", due.at);
                    self.running.push(due.clone());
                }
                Decision::Skip { due, .. } => {
                    assert!(self.skipped.insert(due.at), "{} is passed over twice", due.at);
                    assert!(!self.run.contains(&due.at), "{} was run", due.at);
                }
                Decision::Cancel(due) => assert!(self.running.contains(due), "{due:?}"),
                Decision::Missed { first, last, count } => {
                    assert!(first <= last && *count > 0, "{decision:?}");
                }
            }
        }
        assert_eq!(self.timetable.state().running, self.running);
    }

    /// Due times of the schedule behind one instant and until another.
    fn due_times(&self, after: Timestamp, until: Timestamp) -> Vec<Timestamp> {
        let next = |after: &Timestamp| {
            self.schedule.timing.next_after(*after, self.timetable.state().anchor)
        };
        let due = std::iter::successors(next(&after), next);
        due.take_while(|due| *due <= until).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_due_time_is_run_twice_and_runs_overlap_only_where_that_is_allowed(
        schedule in schedule(),
        events in proptest::collection::vec(event(), 1..60),
    ) {
        let allow = schedule.overlap.as_str() == "allow";
        let mut simulation = Simulation::new(schedule);
        for event in &events {
            simulation.happen(event);
            prop_assert!(allow || simulation.running.len() <= 1);
            let paused = simulation.timetable.state().paused;
            prop_assert_eq!(simulation.timetable.next_wake().is_none(), paused);
        }
    }

    #[test]
    fn no_due_time_is_silently_put_off_whatever_the_clock_did(
        schedule in schedule(),
        // As many periods as are remembered one by one.
        events in proptest::collection::vec(event(), 1..12),
    ) {
        let mut simulation = Simulation::new(schedule);
        for event in &events {
            simulation.happen(event);
        }
        simulation.happen(&Event::Resume);
        simulation.happen(&Event::Repair);
        prop_assert!(!simulation.timetable.is_stuck(simulation.now));
        let state = simulation.timetable.state();
        let next = state.next_due.unwrap();
        for due in simulation.due_times(simulation.now, next - SignedDuration::from_nanos(1)) {
            let waits = state.waiting.iter().any(|waiting| waiting.at == due);
            let decided = simulation.run.contains(&due) || simulation.skipped.contains(&due);
            prop_assert!(decided || waits, "{due} is neither decided upon nor ahead");
        }
    }

    #[test]
    fn nothing_is_lost_where_all_are_queued(
        seconds in 1_u32..900,
        jitter in prop_oneof![Just("0s"), Just("10m")],
        steps in proptest::collection::vec((0_i64..4_000, 0_usize..8, any::<bool>()), 1..40),
    ) {
        let options = json!({
            "overlap": "queue_all", "misfire": "all", "misfire_max": 1_000, "jitter": jitter,
        });
        let mut simulation = Simulation::new(every(&format!("{seconds}s"), options));
        let (start, interval) = (simulation.now, i64::from(seconds));
        for (length, ends, restart) in steps {
            // No more than the longest queue holds.
            let room = 900 - simulation.timetable.state().waiting.len() as i64;
            simulation.advance(length.min(interval * room.max(0)));
            if restart {
                simulation.restart();
            }
            for _ in 0..ends {
                simulation.end(0);
            }
        }
        while simulation.end(0) {}
        let arrived = simulation.now - simulation.schedule.jitter.offset();
        let expected = simulation.due_times(start, arrived);
        prop_assert_eq!(simulation.run.into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn last_makes_up_with_exactly_one_run_for_each_stop(
        seconds in 1_u32..5_000,
        stops in proptest::collection::vec(1_i64..80_000, 1..20),
    ) {
        let mut simulation = Simulation::new(every(&format!("{seconds}s"), json!({})));
        for stop in stops {
            let before = simulation.timetable.state().last_due.unwrap_or(simulation.now);
            let decisions = simulation.advance(stop);
            let due = simulation.due_times(before, simulation.now);
            let newest: Vec<_> = due.last().copied().into_iter().collect();
            prop_assert_eq!(run_times(&decisions), newest);
            for run in &simulation.running {
                prop_assert_eq!(run.missed, due.len().min(10_000) as u64 - 1);
                prop_assert_ne!(run.cause, Cause::Manual);
            }
            simulation.restart();
        }
    }
}
