//! `cliengo watches`.

use clap::ArgMatches;
use jiff::Timestamp;
use serde_json::json;

use super::describe;
use super::pauses::{by_hand, note, resumed};
use super::place::{Place, ids, subcommand, unknown};
use crate::Result;
use crate::cli::exit;
use crate::schema::to_wire;
use crate::store::{Pause, SqliteStore, StateLock, Store, WatchRecord};
use crate::watch::{From, rewind};

const COLUMNS: [&str; 9] =
    ["id", "kind", "state", "pending", "ready", "retry", "dead", "last_poll", "last_error"];
/// What is shown of one, in this order and before all else.
const ORDER: [&str; 18] = [
    "id",
    "kind",
    "script",
    "state",
    "pause",
    "last_poll",
    "failures",
    "last_error",
    "pending",
    "ready",
    "running",
    "retry",
    "done",
    "dead",
    "dropped",
    "malformed",
    "generation",
    "definition",
];

pub(in crate::cli) fn watches(matches: &ArgMatches) -> Result<u8> {
    let (name, matches) = subcommand(matches, &[])?;
    let place = Place::read(matches)?;
    let ids = ids(matches);
    match name {
        "show" => show(&place, ids.first().map_or("", String::as_str))?,
        "pause" => pause(&place, &ids, &by_hand(matches))?,
        "resume" => resume(&place, &ids)?,
        "move" => {
            let from = matches.get_one::<From>("from").copied().unwrap_or(From::Now);
            move_to(&place, &ids, from)?;
        }
        "remove" => remove(&place, &ids)?,
        _ => list(&place)?,
    }
    Ok(exit::DONE)
}

fn list(place: &Place) -> Result<()> {
    let Some(store) = place.store()? else { return place.rows(Vec::new(), &COLUMNS) };
    let watches = store.watches()?;
    let rows =
        watches.iter().map(|watch| Ok(describe::watch(watch, &store.event_counts(&watch.id)?)));
    place.rows(rows.collect::<Result<_>>()?, &COLUMNS)?;
    if place.is_for_people() {
        watches.iter().for_each(|watch| note("watches", &watch.id, watch.pause.as_ref()));
    }
    Ok(())
}

fn show(place: &Place, id: &str) -> Result<()> {
    let store = place.store_with("watch", id)?;
    let watch = find(&store, id)?;
    let mut shown = describe::watch(&watch, &store.event_counts(id)?);
    let more = json!({ "definition": watch.definition, "cursor": watch.cursor });
    shown.extend(describe::fields(more));
    place.show(&shown, &ORDER)?;
    if place.is_for_people() {
        note("watches", id, watch.pause.as_ref());
    }
    Ok(())
}

fn find(store: &SqliteStore, id: &str) -> Result<WatchRecord> {
    let watches = store.watches()?;
    let found = watches.iter().find(|watch| watch.id == id).cloned();
    found.ok_or_else(|| unknown("watch", id, watches.iter().map(|other| other.id.as_str())))
}

fn pause(place: &Place, ids: &[String], pause: &Pause) -> Result<()> {
    place.each("watch", ids, find, |store, watch| {
        store.pause_watch(&watch.id, Some(pause))?;
        let id = &watch.id;
        Ok(format!("{id} is paused; `cliengo watches resume {id}` lets it go on where it stood"))
    })
}

fn resume(place: &Place, ids: &[String]) -> Result<()> {
    place.each("watch", ids, find, |store, watch| {
        store.pause_watch(&watch.id, None)?;
        Ok(resumed(&watch.id, watch.pause.as_ref()))
    })
}

/// Nobody else may be in the middle of a cycle.
fn move_to(place: &Place, ids: &[String], from: From) -> Result<()> {
    place.each("watch", ids, find, |store, watch| {
        let id = &watch.id;
        let _alone = StateLock::watch(place.folder(), id).map_err(|error| {
            error.with_hint("it is moved between two cycles: end the daemon or the run first")
        })?;
        Ok(match rewind(store, id, from, Timestamp::now())? {
            true => format!("{id} goes on {} with its next cycle", words(from)),
            false => {
                format!("{id} has not begun: the option from of its script says where it will")
            }
        })
    })
}

fn words(from: From) -> String {
    match from {
        From::Now => "from now on".to_owned(),
        From::Beginning => "from the beginning".to_owned(),
        From::Instant(instant) => format!("from {} on", to_wire(instant)),
    }
}

fn remove(place: &Place, ids: &[String]) -> Result<()> {
    place.each("watch", ids, find, |store, watch| {
        let counts = store.event_counts(&watch.id)?;
        let events: u64 = counts.iter().map(|count| count.1).sum();
        store.remove_watch(&watch.id)?;
        let forgotten = format!("{} is forgotten with all it knew, {events} events", watch.id);
        Ok(format!("{forgotten}; where a script still registers it, it begins anew"))
    })
}
