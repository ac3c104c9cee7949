//! `cliengo events` and `cliengo dead`.

use clap::ArgMatches;

use super::describe;
use super::place::{Done, Place, known_watch, missing, most, subcommand};
use crate::cli::exit;
use crate::store::{EventQuery, EventRecord, EventState, RunQuery, SqliteStore, Store};
use crate::{Error, Result};

const COLUMNS: [&str; 8] =
    ["id", "watch", "contact", "kind", "state", "attempts", "found_at", "error"];
/// What is shown of one, in this order and before all else.
const ORDER: [&str; 15] = [
    "id",
    "watch",
    "contact",
    "kind",
    "state",
    "attempts",
    "error",
    "found_at",
    "order",
    "due",
    "ended_at",
    "version",
    "script_hash",
    "run",
    "payload",
];

pub(in crate::cli) fn events(matches: &ArgMatches) -> Result<u8> {
    let (name, matches) = subcommand(matches, &["number", "watch", "contact", "state"])?;
    let states = |matches: &ArgMatches| {
        let words = matches.get_many::<String>("state").unwrap_or_default();
        words.filter_map(|word| EventState::parse(word)).collect()
    };
    steer(name, matches, states)
}

pub(in crate::cli) fn dead(matches: &ArgMatches) -> Result<u8> {
    let (name, matches) = subcommand(matches, &["number", "watch"])?;
    steer(name, matches, |_| vec![EventState::Dead])
}

fn steer(
    name: &str,
    matches: &ArgMatches,
    states: impl Fn(&ArgMatches) -> Vec<EventState>,
) -> Result<u8> {
    let place = Place::read(matches)?;
    match name {
        "show" => show(&place, matches.get_one("id").copied().unwrap_or_default())?,
        "retry" => change(&place, matches, RETRY)?,
        "drop" => change(&place, matches, DROP)?,
        _ => list(&place, matches, states(matches))?,
    }
    Ok(exit::DONE)
}

fn list(place: &Place, matches: &ArgMatches, states: Vec<EventState>) -> Result<()> {
    let most = most(matches);
    let watch = matches.get_one::<String>("watch").cloned();
    // Dead letters have no option for a contact.
    let contact = matches.try_get_one("contact").ok().flatten().cloned();
    let query = EventQuery { watch, states, contact, limit: Some(most + 1) };
    let Some(store) = place.store()? else { return place.rows(Vec::new(), &COLUMNS) };
    known_watch(&store, query.watch.as_ref())?;
    let events = store.events(&query)?;
    place.newest(events.iter().map(describe::event).collect(), most, &COLUMNS)
}

fn show(place: &Place, id: u64) -> Result<()> {
    let store = place.store_with("event", &id.to_string())?;
    let event = existing(&store, id)?;
    let query = RunQuery { event: Some(id), ..RunQuery::default() };
    place.show(&describe::whole_event(&event, &store.runs(&query)?), &ORDER)
}

fn existing(store: &dyn Store, id: u64) -> Result<EventRecord> {
    store.event(id)?.ok_or_else(|| {
        missing("event", &id.to_string()).with_hint("`cliengo events` lists those there are")
    })
}

/// Something that is done with events.
struct Change {
    change: fn(&SqliteStore, u64) -> Result<bool>,
    /// What is said of an event with which it was done.
    done: &'static str,
    /// What is said of one that is not in a state for it.
    refused: &'static str,
}

const RETRY: Change = Change {
    change: |store, id| store.retry_event(id),
    done: "is ready to be handled once more",
    refused: "cannot be retried",
};

const DROP: Change = Change {
    change: |store, id| store.drop_event(id),
    done: "is dropped and will not be handled",
    refused: "cannot be dropped",
};

fn change(place: &Place, matches: &ArgMatches, change: Change) -> Result<()> {
    let numbers = matches.get_many("id").map(|ids| ids.copied().collect::<Vec<u64>>());
    let Some(numbers) = numbers else { return change_all_dead(place, matches, &change) };
    let first = numbers.first().map(u64::to_string).unwrap_or_default();
    let store = place.store_with("event", &first)?;
    let events = numbers.iter().map(|id| existing(&store, *id)).collect::<Result<Vec<_>>>()?;
    let (mut done, mut refused) = (Vec::new(), Vec::new());
    for event in &events {
        if (change.change)(&store, event.id)? {
            done.push(said(event, change.done));
        } else {
            refused.push(format!("event {} is {}", event.id, event.state.as_str()));
        }
    }
    place.done(done)?;
    if refused.is_empty() {
        return Ok(());
    }
    Err(Error::invalid(format!("{}, and {}", refused.join(", "), change.refused)))
}

fn change_all_dead(place: &Place, matches: &ArgMatches, change: &Change) -> Result<()> {
    let Some(store) = place.store()? else { return place.done(Vec::new()) };
    let watch = matches.get_one::<String>("watch").cloned();
    known_watch(&store, watch.as_ref())?;
    let query = EventQuery { watch, states: vec![EventState::Dead], ..EventQuery::default() };
    // The oldest first, as they were found.
    let dead = store.events(&query)?.into_iter().rev();
    let done = dead.filter_map(|event| match (change.change)(&store, event.id) {
        Ok(changed) => changed.then(|| Ok(said(&event, change.done))),
        Err(error) => Some(Err(error)),
    });
    let done = done.collect::<Result<Vec<_>>>()?;
    if done.is_empty() && place.is_for_people() {
        return place.text("no event is dead");
    }
    place.done(done)
}

fn said(event: &EventRecord, what: &str) -> Done {
    let words = format!("event {} of {} (contact {}) {what}", event.id, event.watch, event.contact);
    Done { id: event.id.into(), words }
}
