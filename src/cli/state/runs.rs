//! `cliengo runs`.

use std::fmt::Write;
use std::sync::Arc;

use clap::ArgMatches;
use serde_json::Value;

use super::describe::{self, Shown};
use super::place::{Place, missing, most, subcommand};
use super::writes;
use crate::cli::{exit, undo};
use crate::runtime::{State, undo_state};
use crate::store::{RunEnd, RunQuery, RunRecord, RunState, Store};
use crate::{Error, Result};

const COLUMNS: [&str; 10] =
    ["id", "kind", "subject", "state", "attempt", "writes", "undo", "started", "ms", "error"];
/// What is shown of one, in this order and before all else.
const ORDER: [&str; 16] = [
    "id",
    "kind",
    "subject",
    "script",
    "script_hash",
    "state",
    "event",
    "attempt",
    "due",
    "started",
    "ended",
    "ms",
    "error",
    "undo",
    "input",
    "result",
];

pub(in crate::cli) fn runs(matches: &ArgMatches) -> Result<u8> {
    let (name, matches) = subcommand(matches, &["number", "of", "event", "state"])?;
    let place = Place::read(matches)?;
    match name {
        "show" => show(&place, matches.get_one("id").copied().unwrap_or_default())?,
        "undo" => {
            let id: u64 = matches.get_one("id").copied().unwrap_or_default();
            if !place.has_store() {
                return Err(nothing_kept(&place, id));
            }
            return undo::run(matches, place.folder().to_owned(), place.format());
        }
        _ => list(&place, matches)?,
    }
    Ok(exit::DONE)
}

fn list(place: &Place, matches: &ArgMatches) -> Result<()> {
    let most = most(matches);
    let query = RunQuery {
        subject: matches.get_one("of").cloned(),
        state: matches.get_one::<String>("state").and_then(|state| RunState::parse(state)),
        event: matches.get_one("event").copied(),
        limit: Some(most + 1),
    };
    let Some(store) = settled(place)? else { return place.newest(Vec::new(), most, &COLUMNS) };
    let runs = store.runs(&query)?;
    let shown = runs.iter().map(|run| described(&*store, run)).collect::<Result<Vec<_>>>()?;
    place.newest(shown, most, &COLUMNS)
}

/// The store, in which no run is under way any more whose program is gone; none where nothing was ever kept.
fn settled(place: &Place) -> Result<Option<Arc<dyn Store>>> {
    if !place.has_store() {
        return Ok(None);
    }
    let state = State::in_folder(place.folder());
    // Whoever may only look still sees the list, if not that a program is gone.
    drop(state.lose_left_runs());
    state.store().map(Some)
}

/// The error of a run in a folder where nothing was ever kept.
fn nothing_kept(place: &Place, id: u64) -> Error {
    place.nothing_kept("run", &id.to_string())
}

/// A run with how many writes it made, and whether they can be undone.
fn described(store: &dyn Store, run: &RunRecord) -> Result<Shown> {
    let (counts, undone) = (store.count_writes(run.id)?, undo_state(store, run.id)?);
    let undo = undone.unwrap_or_else(|| match counts.undoable {
        0 => "nothing".to_owned(),
        _ => "possible".to_owned(),
    });
    let mut shown = describe::run(run);
    shown.extend([("writes".to_owned(), counts.all.into()), ("undo".to_owned(), undo.into())]);
    Ok(shown)
}

fn show(place: &Place, id: u64) -> Result<()> {
    let store = settled(place)?.ok_or_else(|| nothing_kept(place, id))?;
    let run = store.run(id)?.ok_or_else(|| {
        missing("run", &id.to_string())
            .with_hint("`cliengo runs` lists those there are; old ones are forgotten")
    })?;
    let journal = store.writes(id)?;
    let mut shown = described(&*store, &run)?;
    shown.extend(describe::whole_run(&run));
    shown.insert("journal".to_owned(), journal.iter().map(writes::shown).collect());
    if !place.is_for_people() {
        return place.show(&shown, &ORDER);
    }
    shown.retain(|name, _| !["log", "http", "writes", "journal"].contains(&name.as_str()));
    place.show(&shown, &ORDER)?;
    if let Some(end) = &run.end {
        place.text(&lists(end, journal.is_empty()))?;
    }
    if journal.is_empty() { Ok(()) } else { place.text(&writes::text(&journal)) }
}

/// The lists of a run, a line for each item.
fn lists(end: &RunEnd, with_writes: bool) -> String {
    let log = end.log.iter().map(|line| words(line, &["time", "level", "message"]));
    let http = end.http.iter().map(|call| {
        let ms = call.get("ms").map(|ms| format!(" {ms} ms")).unwrap_or_default();
        format!("{}{ms}", words(call, &["method", "path", "status"]))
    });
    let mut text = String::new();
    list_of(&mut text, "log", log.collect());
    list_of(&mut text, "requests", http.collect());
    if with_writes {
        list_of(&mut text, "writes", end.writes.clone());
    }
    text.trim_end().to_owned()
}

fn list_of(text: &mut String, title: &str, lines: Vec<String>) {
    let _ = writeln!(text, "\n{title} ({})", lines.len());
    for line in lines {
        let _ = writeln!(text, "  {}", line.replace('\n', "\n    "));
    }
}

/// These values of an object; all of it where it has none of them.
fn words(object: &Value, names: &[&str]) -> String {
    let values = names.iter().filter_map(|name| object.get(name)).map(|value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    let words = values.collect::<Vec<_>>().join(" ");
    if words.is_empty() { object.to_string() } else { words }
}
