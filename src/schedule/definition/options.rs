//! The options of `schedule.cron` and `schedule.every`.

use std::time::Duration;

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::super::{Misfire, Overlap, time_zone};
use super::{CATCH_UP, LONGEST_ID};
use crate::schema::{FieldType, did_you_mean, parse_duration};
use crate::{Error, Result};

/// One option of a schedule, for the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScheduleOption {
    /// The name in scripts.
    pub name: &'static str,
    /// What it is set to, as an example or its default.
    pub value: &'static str,
    /// The type of its value.
    pub kind: FieldType,
    /// What it means, in one line.
    pub doc: &'static str,
}

/// Every option, in the order of the reference.
pub const SCHEDULE_OPTIONS: &[ScheduleOption] = &[
    option(
        "id",
        "\"nightly\"",
        "The name under which its state is kept; by default the script's name and the kind.",
    ),
    option("tz", "\"UTC\"", "The time zone of a cron expression."),
    ScheduleOption {
        kind: FieldType::Choice(&["skip", "queue_one", "queue_all", "cancel_other", "allow"]),
        ..option(
            "overlap",
            "\"skip\"",
            "Where a run still goes on: skip, queue_one, queue_all, cancel_other or allow.",
        )
    },
    ScheduleOption {
        kind: FieldType::Choice(&Misfire::WORDS),
        ..option(
            "misfire",
            "\"last\"",
            "Where due times were missed: last (one run), skip (none) or all.",
        )
    },
    ScheduleOption {
        kind: FieldType::Integer { min: 1, max: Misfire::HIGHEST_MAX as i64 },
        ..option(
            "misfire_max",
            "24",
            "With misfire = \"all\", the most missed due times that are run, the newest ones.",
        )
    },
    span("catch_up", "\"1d\"", "What was missed longer ago is dropped."),
    span(
        "jitter",
        "\"5m\"",
        "Delays each run by up to this, always by the same for one id; none by default.",
    ),
    span("timeout", "\"10m\"", "Ends a run after this time; none by default."),
    option("heartbeat", "\"https://…\"", "A URL that is called after each run that went well."),
];

const fn option(name: &'static str, value: &'static str, doc: &'static str) -> ScheduleOption {
    ScheduleOption { name, value, kind: FieldType::Text, doc }
}

const fn span(name: &'static str, value: &'static str, doc: &'static str) -> ScheduleOption {
    ScheduleOption { name, value, kind: FieldType::Span, doc }
}

/// The options as they were given, and the defaults of the others.
pub(super) struct Options {
    pub(super) id: Option<String>,
    pub(super) zone: Option<TimeZone>,
    pub(super) overlap: Overlap,
    pub(super) misfire: Misfire,
    pub(super) catch_up: Duration,
    pub(super) jitter: Duration,
    pub(super) timeout: Option<Duration>,
    pub(super) heartbeat: Option<String>,
}

impl Options {
    /// Reads options as a script gives them; null is the default.
    pub(super) fn from_map(mut given: Map<String, Value>) -> Result<Self> {
        let known = |name: &str| SCHEDULE_OPTIONS.iter().any(|option| option.name == name);
        if let Some(typed) = given.keys().find(|name| !known(name)) {
            return Err(unknown(typed));
        }
        let mut take = |name: &str| given.remove(name).filter(|value| !value.is_null());
        let jitter = take("jitter").map(|value| length("jitter", &value)).transpose()?;
        let catch_up = take("catch_up").map(|value| length("catch_up", &value)).transpose()?;
        let overlap = take("overlap").map(|value| overlap(&value)).transpose()?.unwrap_or_default();
        let misfire = misfire(take("misfire"), take("misfire_max"))?;
        if overlap == Overlap::CancelOther && matches!(misfire, Misfire::All { .. }) {
            return Err(Error::invalid(
                "misfire \"all\" does not go with overlap \"cancel_other\"",
            )
            .with_hint("each run would cancel the one before; use misfire \"last\""));
        }
        Ok(Self {
            id: take("id").map(id).transpose()?,
            zone: take("tz").map(|value| text("tz", &value).and_then(time_zone)).transpose()?,
            overlap,
            misfire,
            catch_up: catch_up.unwrap_or(CATCH_UP),
            jitter: jitter.unwrap_or_default(),
            timeout: take("timeout").map(|value| timeout(&value)).transpose()?,
            heartbeat: take("heartbeat").map(heartbeat).transpose()?,
        })
    }
}

fn unknown(typed: &str) -> Error {
    let names = || SCHEDULE_OPTIONS.iter().map(|option| option.name);
    let list = names().collect::<Vec<_>>().join(", ");
    let hint = did_you_mean(typed, names()).unwrap_or(format!("the options are {list}"));
    Error::invalid(format!("a schedule has no option \"{typed}\"")).with_hint(hint)
}

fn cannot_be(name: &str, value: &Value, hint: impl Into<String>) -> Error {
    Error::invalid(format!("{name} cannot be {value}")).with_hint(hint)
}

fn text<'a>(name: &str, value: &'a Value) -> Result<&'a str> {
    value.as_str().ok_or_else(|| cannot_be(name, value, "give a text"))
}

fn id(value: Value) -> Result<String> {
    let good = |id: &&str| {
        !id.trim().is_empty() && id.len() <= LONGEST_ID && !id.chars().any(char::is_control)
    };
    let id = value.as_str().filter(good).map(str::to_owned);
    id.ok_or_else(|| cannot_be("id", &value, "give a short name, such as \"nightly-report\""))
}

fn overlap(value: &Value) -> Result<Overlap> {
    let words = || Overlap::ALL.map(Overlap::as_str);
    value.as_str().and_then(Overlap::parse).ok_or_else(|| word("overlap", value, &words()))
}

fn misfire(policy: Option<Value>, max: Option<Value>) -> Result<Misfire> {
    let policy = policy.unwrap_or_else(|| Misfire::default().as_str().into());
    match (policy.as_str(), max) {
        (Some("all"), max) => Ok(Misfire::All { max: max.map_or(Ok(Misfire::DEFAULT_MAX), most)? }),
        (Some("last" | "skip"), Some(_)) => {
            Err(Error::invalid("misfire_max goes with misfire \"all\"")
                .with_hint("add misfire = \"all\", or leave misfire_max out"))
        }
        (Some("last"), None) => Ok(Misfire::Last),
        (Some("skip"), None) => Ok(Misfire::Skip),
        _ => Err(word("misfire", &policy, &Misfire::WORDS)),
    }
}

fn most(value: Value) -> Result<usize> {
    let number = value.as_u64().and_then(|number| usize::try_from(number).ok());
    number.filter(|number| (1..=Misfire::HIGHEST_MAX).contains(number)).ok_or_else(|| {
        cannot_be(
            "misfire_max",
            &value,
            format!("give a number from 1 to {}", Misfire::HIGHEST_MAX),
        )
    })
}

/// A word that is none of these.
fn word(name: &str, value: &Value, words: &[&str]) -> Error {
    let list = format!("it is one of {}", words.join(", "));
    let meant = value.as_str().and_then(|typed| did_you_mean(typed, words.iter().copied()));
    cannot_be(name, value, meant.unwrap_or(list))
}

fn length(name: &str, value: &Value) -> Result<Duration> {
    let hint = "write a number and a unit as a text: \"30s\", \"15m\", \"12h\" or \"7d\"";
    let length = value.as_str().and_then(|text| parse_duration(text).ok());
    let most = Duration::from_secs(366 * 86_400);
    let length = length.ok_or_else(|| cannot_be(name, value, hint))?;
    if length > most {
        return Err(cannot_be(name, value, "the most is 366d"));
    }
    Ok(length)
}

fn timeout(value: &Value) -> Result<Duration> {
    let time = length("timeout", value)?;
    if time.is_zero() {
        return Err(cannot_be("timeout", value, "leave it out for no limit"));
    }
    Ok(time)
}

fn heartbeat(value: Value) -> Result<String> {
    let rest = |url: &str| {
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
        let plain = |letter: char| letter.is_ascii_graphic();
        (!rest.is_empty() && !rest.starts_with('/') && rest.chars().all(plain)).then_some(())
    };
    let url = value.as_str().filter(|url| rest(url).is_some()).map(str::to_owned);
    // What it is stays unsaid: a mistyped URL is often a secret all the same.
    url.ok_or_else(|| {
        Error::invalid("heartbeat is no URL")
            .with_hint("give one that begins with https:// and has no spaces")
    })
}
