//! `cliengo runs`.

use std::fmt::Write;

use clap::ArgMatches;
use serde_json::Value;

use super::describe;
use super::place::{Place, missing, most, subcommand};
use crate::Result;
use crate::cli::exit;
use crate::store::{RunEnd, RunQuery, RunState, Store};

const COLUMNS: [&str; 8] = ["id", "kind", "subject", "state", "attempt", "started", "ms", "error"];
/// What is shown of one, in this order and before all else.
const ORDER: [&str; 15] = [
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
    "input",
    "result",
];

pub(in crate::cli) fn runs(matches: &ArgMatches) -> Result<u8> {
    let (name, matches) = subcommand(matches, &["number", "of", "event", "state"])?;
    let place = Place::read(matches)?;
    match name {
        "show" => show(&place, matches.get_one("id").copied().unwrap_or_default())?,
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
    let runs = place.store()?.map(|store| store.runs(&query)).transpose()?.unwrap_or_default();
    place.newest(runs.iter().map(describe::run).collect(), most, &COLUMNS)
}

fn show(place: &Place, id: u64) -> Result<()> {
    let store = place.store_with("run", &id.to_string())?;
    let run = store.run(id)?.ok_or_else(|| {
        missing("run", &id.to_string())
            .with_hint("`cliengo runs` lists those there are; old ones are forgotten")
    })?;
    let mut shown = describe::whole_run(&run);
    if !place.is_for_people() {
        return place.show(&shown, &ORDER);
    }
    shown.retain(|name, _| !["log", "http", "writes"].contains(&name.as_str()));
    place.show(&shown, &ORDER)?;
    run.end.as_ref().map_or(Ok(()), |end| place.text(&lists(end)))
}

/// The lists of a run, a line for each item.
fn lists(end: &RunEnd) -> String {
    let log = end.log.iter().map(|line| words(line, &["time", "level", "message"]));
    let http = end.http.iter().map(|call| {
        let ms = call.get("ms").map(|ms| format!(" {ms} ms")).unwrap_or_default();
        format!("{}{ms}", words(call, &["method", "path", "status"]))
    });
    let mut text = String::new();
    list_of(&mut text, "log", log.collect());
    list_of(&mut text, "requests", http.collect());
    list_of(&mut text, "writes", end.writes.clone());
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
