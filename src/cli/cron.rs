//! `cliengo cron`: what an expression means, and when it comes next.

use clap::{Arg, ArgMatches, Command, value_parser};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::Value;

use super::arguments::option;
use super::{exit, output};
use crate::schedule::{Cron, time_zone};
use crate::{Error, Result};

const EXAMPLES: &str = "\
Examples:
  cliengo cron '30 9 * * MON-FRI' --tz America/Bogota
  cliengo cron '0 0 * * *' --tz America/Santiago --from 2026-09-05T12:00:00Z -n 3";

/// The zone of scripts' schedules as well: the same on every machine.
const DEFAULT_ZONE: &str = "UTC";

pub(super) fn command() -> Command {
    let expression =
        Arg::new("expression").value_name("EXPR").required(true).allow_hyphen_values(true).help(
            "The expression in quotes: minute, hour, day, month, weekday; or @daily and the like",
        );
    Command::new("cron")
        .about("Say what a cron expression means and when it comes next")
        .after_help(EXAMPLES)
        .arg(expression)
        .arg(
            option("tz", "ZONE", "The time zone, such as America/Bogota")
                .default_value(DEFAULT_ZONE),
        )
        .arg(option("from", "TIME", "Look from this instant (RFC 3339) instead of now"))
        .arg(
            Arg::new("count")
                .short('n')
                .value_name("N")
                .default_value("5")
                .value_parser(value_parser!(u64).range(1..=10_000))
                .help("How many times to give"),
        )
        .arg(
            option("output", "FORMAT", "pretty, or json: a list of RFC 3339 texts")
                .short('o')
                .value_parser(["pretty", "json"])
                .default_value("pretty"),
        )
}

/// Prints the next times of an expression.
pub(super) fn run(matches: &ArgMatches) -> Result<u8> {
    let text = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let zone = time_zone(text("tz"))?;
    let cron = Cron::parse(text("expression"), &zone)?;
    let from = matches.get_one::<String>("from").map(|text| instant(text)).transpose()?;
    let count = matches.get_one::<u64>("count").copied().unwrap_or_default();
    let times = next(&cron, from.unwrap_or_else(Timestamp::now), count);
    match text("output") {
        "json" => {
            let texts = times.iter().map(|time| rfc_3339(time).into());
            output::print(&Value::Array(texts.collect()), "json")?;
        }
        _ => output::print(&Value::String(for_people(&cron, &times)), "pretty")?,
    }
    Ok(exit::DONE)
}

/// An instant with its offset: a time without one would mean another instant in every zone.
fn instant(text: &str) -> Result<Timestamp> {
    text.trim().parse().map_err(|_| {
        Error::invalid(format!("--from cannot be \"{text}\""))
            .with_hint("write an instant with its offset: 2026-09-05T12:00:00Z or …T09:00:00-03:00")
    })
}

fn next(cron: &Cron, from: Timestamp, count: u64) -> Vec<Zoned> {
    let due = std::iter::successors(cron.next_after(from), |due| cron.next_after(*due));
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    due.take(count).map(|due| due.to_zoned(cron.zone().clone())).collect()
}

fn rfc_3339(time: &Zoned) -> String {
    match time.time_zone() == &TimeZone::UTC {
        true => time.timestamp().to_string(),
        false => time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
    }
}

/// The description, and each time with its weekday and offset, so that a change of the clocks shows.
fn for_people(cron: &Cron, times: &[Zoned]) -> String {
    let mut lines = vec![format!("{} ({})", cron.describe(), cron.zone_name()), String::new()];
    lines.extend(times.iter().map(|time| time.strftime("%a %Y-%m-%d %H:%M:%S %:z").to_string()));
    lines.join("\n")
}
