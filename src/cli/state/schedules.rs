//! `cliengo schedules`.

use clap::ArgMatches;
use jiff::Timestamp;
use serde_json::json;

use super::pauses::{by_hand, note, resumed};
use super::place::{Place, ids, most, subcommand, unknown};
use super::{describe, upcoming};
use crate::Result;
use crate::cli::exit;
use crate::store::{Pause, ScheduleRecord, SqliteStore, Store};

const COLUMNS: [&str; 4] = ["id", "state", "next", "script"];
/// What is shown of one, in this order and before all else.
const ORDER: [&str; 6] = ["id", "script", "state", "pause", "next", "definition"];

pub(in crate::cli) fn schedules(matches: &ArgMatches) -> Result<u8> {
    let (name, matches) = subcommand(matches, &[])?;
    let place = Place::read(matches)?;
    let ids = ids(matches);
    match name {
        "show" => show(&place, ids.first().map_or("", String::as_str))?,
        "pause" => pause(&place, &ids, &by_hand(matches))?,
        "resume" => resume(&place, &ids)?,
        "next" => upcoming::next(&place, ids.first(), most(matches))?,
        "run-now" => run_now(&place, &ids)?,
        "remove" => remove(&place, &ids)?,
        _ => list(&place)?,
    }
    Ok(exit::DONE)
}

fn list(place: &Place) -> Result<()> {
    let Some(store) = place.store()? else { return place.rows(Vec::new(), &COLUMNS) };
    let schedules = store.schedules()?;
    place.rows(schedules.iter().map(describe::schedule).collect(), &COLUMNS)?;
    if place.is_for_people() {
        schedules
            .iter()
            .for_each(|schedule| note("schedules", &schedule.id, schedule.pause.as_ref()));
    }
    Ok(())
}

fn show(place: &Place, id: &str) -> Result<()> {
    let schedule = find(&place.store_with("schedule", id)?, id)?;
    let mut shown = describe::schedule(&schedule);
    let more = json!({ "definition": schedule.definition, "remembered": schedule.state });
    shown.extend(describe::fields(more));
    place.show(&shown, &ORDER)?;
    if place.is_for_people() {
        note("schedules", id, schedule.pause.as_ref());
    }
    Ok(())
}

pub(super) fn find(store: &SqliteStore, id: &str) -> Result<ScheduleRecord> {
    let schedules = store.schedules()?;
    let found = schedules.iter().find(|schedule| schedule.id == id).cloned();
    found.ok_or_else(|| unknown("schedule", id, schedules.iter().map(|other| other.id.as_str())))
}

fn pause(place: &Place, ids: &[String], pause: &Pause) -> Result<()> {
    place.each("schedule", ids, find, |store, schedule| {
        store.pause_schedule(&schedule.id, Some(pause))?;
        let id = &schedule.id;
        Ok(format!("{id} is paused; `cliengo schedules resume {id}` lets it run again"))
    })
}

fn resume(place: &Place, ids: &[String]) -> Result<()> {
    place.each("schedule", ids, find, |store, schedule| {
        store.pause_schedule(&schedule.id, None)?;
        Ok(resumed(&schedule.id, schedule.pause.as_ref()))
    })
}

fn run_now(place: &Place, ids: &[String]) -> Result<()> {
    place.each("schedule", ids, find, |store, schedule| {
        store.request_run(&schedule.id, Timestamp::now())?;
        Ok(format!("{} runs as soon as `cliengo serve` sees it", schedule.id))
    })
}

fn remove(place: &Place, ids: &[String]) -> Result<()> {
    place.each("schedule", ids, find, |store, schedule| {
        store.remove_schedule(&schedule.id)?;
        let id = &schedule.id;
        Ok(format!("{id} is forgotten; where a script still registers it, it begins anew"))
    })
}
