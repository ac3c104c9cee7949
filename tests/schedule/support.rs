//! Schedules and instants in few words.

use cliengo::schedule::{Decision, Due, ScheduleDefinition};
use jiff::Timestamp;
use serde_json::Value;

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A time of the day on which most tests happen.
pub fn on_the_day(time: &str) -> Timestamp {
    at(&format!("2026-05-07T{time}Z"))
}

pub fn every(interval: &str, options: Value) -> ScheduleDefinition {
    let options = serde_json::from_value(options).unwrap();
    ScheduleDefinition::every(interval, options, "test.every").unwrap()
}

pub fn cron(expression: &str, options: Value) -> ScheduleDefinition {
    let options = serde_json::from_value(options).unwrap();
    ScheduleDefinition::cron(expression, options, "test.cron").unwrap()
}

/// The runs among the decisions.
pub fn runs(decisions: &[Decision]) -> Vec<Due> {
    let run = |decision: &Decision| match decision {
        Decision::Run(due) => Some(due.clone()),
        _ => None,
    };
    decisions.iter().filter_map(run).collect()
}

/// The due times of the runs among the decisions.
pub fn run_times(decisions: &[Decision]) -> Vec<Timestamp> {
    runs(decisions).into_iter().map(|due| due.at).collect()
}
