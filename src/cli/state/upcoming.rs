//! When schedules are next due, by what is kept of them.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::describe::{self, Shown};
use super::pauses::note;
use super::place::Place;
use super::schedules::find;
use crate::Result;
use crate::schedule::{TimetableState, Timing};
use crate::store::{ScheduleRecord, Store};

const COLUMNS: [&str; 3] = ["id", "next", "local"];

/// Prints the next times of one schedule, or of all together, the soonest first.
pub(super) fn next(place: &Place, id: Option<&String>, most: usize) -> Result<()> {
    let schedules = match id {
        Some(id) => vec![find(&place.store_with("schedule", id)?, id)?],
        None => place.store()?.map(|store| store.schedules()).transpose()?.unwrap_or_default(),
    };
    let now = Timestamp::now();
    let mut times: Vec<_> = schedules.iter().flat_map(|of| times(of, now, most)).collect();
    times.sort_by_key(|time| time.0);
    times.truncate(most);
    place.rows(times.into_iter().map(|time| time.1).collect(), &COLUMNS)?;
    if place.is_for_people() {
        schedules.iter().for_each(|of| note("schedules", &of.id, of.pause.as_ref()));
    }
    Ok(())
}

/// The next times of a schedule, each with its row. None where it stands still, or was never looked at.
fn times(schedule: &ScheduleRecord, now: Timestamp, most: usize) -> Vec<(Timestamp, Shown)> {
    let state = schedule.state.clone().filter(|_| schedule.pause.is_none());
    let state = state.and_then(|state| serde_json::from_value::<TimetableState>(state).ok());
    let Some(state) = state else { return Vec::new() };
    let Some(timing) = Timing::from_fingerprint(&state.timing) else { return Vec::new() };
    // What is kept as the next time has the schedule's own delay in it.
    let delay = schedule.next.zip(state.next_due).map(|(next, due)| next.duration_since(due));
    let delay = delay.unwrap_or(SignedDuration::ZERO);
    let after = |due: &Timestamp| timing.next_after(*due, state.anchor);
    // Without a daemon the kept time grows old.
    let first = state.next_due.filter(|due| *due > now).or_else(|| after(&now));
    let due = std::iter::successors(first, after).take(most);
    let delayed = due.filter_map(|due| due.checked_add(delay).ok());
    delayed.map(|at| (at, row(&schedule.id, at, &timing))).collect()
}

fn row(id: &str, at: Timestamp, timing: &Timing) -> Shown {
    let local = match timing {
        Timing::Cron(cron) => {
            let at = at.to_zoned(cron.zone().clone());
            Some(at.strftime("%a %Y-%m-%d %H:%M:%S %:z").to_string())
        }
        Timing::Every(_) => None,
    };
    describe::fields(json!({ "id": id, "next": describe::time(Some(at)), "local": local }))
}
