//! What a watch is: the options that a script gives it.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::options::{ON_ERROR, WATCH_FILTERS, WATCH_OPTIONS};
use crate::schema::{
    CONTACT_FILTERS, ContactFilter, FieldType, did_you_mean, parse_duration, parse_moment,
    same_name,
};
use crate::{Error, Result};

/// What a watch looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WatchKind {
    /// Contacts that were created.
    New,
    /// Contacts that were created or changed.
    Updated,
    /// Contacts that are gone.
    Deleted,
}

impl WatchKind {
    /// The name of the function that registers it, without its namespace.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new_contacts",
            Self::Updated => "updated_contacts",
            Self::Deleted => "deleted_contacts",
        }
    }
}

/// Where a watch begins when it is first started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum From {
    /// What exists then fires nothing.
    Now,
    /// All that exists fires.
    Beginning,
    /// What was created (for a watch of updates: or changed) at this instant or later fires.
    Instant(Timestamp),
}

/// What becomes of an event whose handler fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnError {
    /// It is tried again, with growing waits, until its attempts are used up.
    Retry,
    /// It is let go.
    Skip,
    /// It is dead at once.
    Dead,
    /// The watch stands still, and the event waits.
    Stop,
}

/// How often the complete list is gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sweep {
    /// As often as takes a small share of the time.
    Auto,
    /// So often.
    Every(Duration),
    /// Not at all after the first time.
    Never,
}

/// A watch as its script defined it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchDefinition {
    /// Tells it from all others, for ever.
    pub id: String,
    /// What it looks for.
    pub kind: WatchKind,
    /// The most events that one cycle hands over.
    pub limit: u64,
    /// The time from one cycle to the next.
    pub every: Duration,
    /// True where the script said that time; where not, whoever polls may choose another.
    pub every_is_given: bool,
    /// Where it begins.
    pub from: From,
    /// Which contacts it is about: no times, and no limit.
    pub filter: ContactFilter,
    /// What becomes of an event whose handler fails.
    pub on_error: OnError,
    /// Handlers at once, of different contacts.
    pub concurrency: usize,
    /// Attempts at an event before it is dead.
    pub max_attempts: u32,
    /// How often the complete list is gone through.
    pub sweep: Sweep,
    /// True where a change of `lastUpdateDate` alone is no event.
    pub content_only: bool,
    /// How long a handler may take.
    pub timeout: Option<Duration>,
}

/// Long enough for a name in words, short enough for a table.
const LONGEST_ID: usize = 100;
const SHORTEST_EVERY: Duration = Duration::from_secs(1);

impl WatchDefinition {
    /// Reads the options that a script gave.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid): an unknown name, a name given twice, or a value
    /// that cannot be right.
    pub fn from_map(
        kind: WatchKind,
        options: Map<String, Value>,
        default_id: &str,
    ) -> Result<Self> {
        let mut definition = Self::new(kind, default_id);
        let mut filter = Map::new();
        for (typed, value) in options {
            if value.is_null() {
                continue;
            }
            let option =
                WATCH_OPTIONS.iter().map(|it| it.name).find(|name| matches_name(name, &typed));
            match option {
                Some(name) => definition.set(name, value)?,
                None if is_filter(&typed) => drop(filter.insert(typed, value)),
                None => return Err(unknown(&typed)),
            }
        }
        definition.filter = ContactFilter::from_map(filter)?;
        if kind == WatchKind::Deleted && definition.sweep == Sweep::Never {
            return Err(Error::invalid("a watch of deleted contacts cannot do without its sweep")
                .with_hint("leave sweep out, or give it a time such as \"1h\""));
        }
        Ok(definition)
    }

    /// A watch with nothing but defaults.
    pub fn new(kind: WatchKind, id: &str) -> Self {
        Self {
            id: id.to_owned(),
            kind,
            limit: 100,
            every: Duration::from_secs(60),
            every_is_given: false,
            from: From::Now,
            filter: ContactFilter::default(),
            on_error: OnError::Retry,
            concurrency: 1,
            max_attempts: 5,
            sweep: Sweep::Auto,
            content_only: false,
            timeout: None,
        }
    }

    /// What decides which events there are: where it changes, the watch begins a new generation.
    pub fn identity(&self) -> Value {
        let filter: Map<String, Value> = self
            .filter
            .exact_parameters()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect();
        json!({ "filter": filter, "content_only": self.content_only })
    }

    fn set(&mut self, name: &str, value: Value) -> Result<()> {
        let count = |max: i64| {
            let checked = FieldType::Integer { min: 1, max }.check(name, value.clone())?;
            Ok::<_, Error>(checked.as_u64().unwrap_or(1))
        };
        match name {
            "id" => self.id = id(value)?,
            "limit" => self.limit = count(1_000_000)?,
            "every" => {
                self.every = at_least(SHORTEST_EVERY, name, &value)?;
                self.every_is_given = true;
            }
            "from" => self.from = from(&value)?,
            "on_error" => self.on_error = on_error(value)?,
            "concurrency" => self.concurrency = usize::try_from(count(64)?).unwrap_or(1),
            "max_attempts" => self.max_attempts = u32::try_from(count(100)?).unwrap_or(1),
            "sweep" => self.sweep = sweep(&value)?,
            "timeout" => {
                self.timeout = Some(at_least(Duration::from_millis(1), name, &value)?);
            }
            _ => self.content_only = truth(name, &value)?,
        }
        Ok(())
    }
}

fn matches_name(name: &str, typed: &str) -> bool {
    name == typed || same_name(&crate::schema::camel_case(name).unwrap_or_default(), typed)
}

fn is_filter(typed: &str) -> bool {
    let filter = CONTACT_FILTERS.iter().find(|filter| {
        filter.name == typed || filter.wire.is_some_and(|wire| same_name(wire, typed))
    });
    filter.is_some_and(|filter| WATCH_FILTERS.contains(&filter.name))
}

fn unknown(typed: &str) -> Error {
    let options = || WATCH_OPTIONS.iter().map(|option| option.name);
    let names = || options().chain(WATCH_FILTERS).chain(["on_failure"]);
    let list = names().collect::<Vec<_>>().join(", ");
    let hint = did_you_mean(typed, names()).unwrap_or(format!("the options are {list}"));
    Error::invalid(format!("a watch has no option \"{typed}\"")).with_hint(hint)
}

/// An id that can stand in a table, a command line and an address.
fn id(value: Value) -> Result<String> {
    let good = |id: &&str| {
        let letters = id.chars().all(|letter| !letter.is_control() && !letter.is_whitespace());
        !id.is_empty() && id.len() <= LONGEST_ID && letters
    };
    value.as_str().filter(good).map(str::to_owned).ok_or_else(|| {
        Error::invalid(format!("id cannot be {value}"))
            .with_hint("name it in one word of up to 100 letters, such as \"new-leads\"")
    })
}

/// A length of time, as text or in seconds.
fn duration(name: &str, value: &Value) -> Result<Duration> {
    let wrong = || {
        Error::invalid(format!("{name} must be a length of time, not {value}"))
            .with_hint("write \"90s\", \"15m\" or \"1h\", or a number of seconds")
    };
    match value {
        Value::String(text) => parse_duration(text).map_err(|error| error.within(name)),
        Value::Number(seconds) => {
            let seconds = seconds.as_f64().ok_or_else(wrong)?;
            Duration::try_from_secs_f64(seconds).map_err(|_| wrong())
        }
        _ => Err(wrong()),
    }
}

fn at_least(least: Duration, name: &str, value: &Value) -> Result<Duration> {
    let given = duration(name, value)?;
    if given < least {
        let least = least.as_secs_f64();
        return Err(Error::invalid(format!("{name} must be {least} s or more")));
    }
    Ok(given)
}

fn truth(name: &str, value: &Value) -> Result<bool> {
    value
        .as_bool()
        .ok_or_else(|| Error::invalid(format!("{name} must be true or false, not {value}")))
}

fn from(value: &Value) -> Result<From> {
    From::parse(value.as_str().unwrap_or_default())
        .map_err(|error| error.with_message(format!("from cannot be {value}")))
}

impl From {
    /// Reads `now`, `beginning`, a date, or an age such as `7d`.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for anything else.
    pub fn parse(text: &str) -> Result<Self> {
        match text {
            "now" => Ok(Self::Now),
            "beginning" => Ok(Self::Beginning),
            _ => parse_moment(text).map(|moment| Self::Instant(moment.start)).map_err(|_| {
                Error::invalid(format!("from cannot be \"{text}\"")).with_hint(
                    "write \"now\", \"beginning\", a date such as \"2026-05-07\", or an age such as \"7d\"",
                )
            }),
        }
    }
}

fn on_error(value: Value) -> Result<OnError> {
    let word = FieldType::Choice(ON_ERROR).check("on_error", value)?;
    Ok(match word.as_str() {
        Some("skip") => OnError::Skip,
        Some("dead") => OnError::Dead,
        Some("stop") => OnError::Stop,
        _ => OnError::Retry,
    })
}

fn sweep(value: &Value) -> Result<Sweep> {
    match value {
        Value::Bool(false) => Ok(Sweep::Never),
        Value::String(word) if word == "never" => Ok(Sweep::Never),
        Value::String(word) if word == "auto" => Ok(Sweep::Auto),
        other => at_least(SHORTEST_EVERY, "sweep", other).map(Sweep::Every).map_err(|error| {
            error.with_hint("write \"auto\", \"never\", or a time such as \"6h\"")
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(options: Value) -> Result<WatchDefinition> {
        let options = serde_json::from_value(options).unwrap();
        WatchDefinition::from_map(WatchKind::New, options, "leads.new_contacts")
    }

    #[test]
    fn options_and_filters_stand_side_by_side_in_both_spellings() {
        let read = read(json!({
            "id": "hot", "every": "5m", "maxAttempts": 3, "sweep": "6h", "status": "new",
            "website_id": "w", "on_error": "dead", "from": "7d", "limit": 10
        }))
        .unwrap();
        assert_eq!((read.id.as_str(), read.max_attempts, read.limit), ("hot", 3, 10));
        assert_eq!(read.every, Duration::from_secs(300));
        assert_eq!(read.sweep, Sweep::Every(Duration::from_secs(21_600)));
        assert_eq!(read.filter.status.as_deref(), Some("NEW"));
        assert!(matches!(read.from, From::Instant(_)));
    }

    #[test]
    fn what_cannot_be_right_is_named() {
        for (options, word) in [
            (json!({ "evry": "5m" }), "every"),
            (json!({ "since": "7d" }), "since"),
            (json!({ "every": "10ms" }), "every"),
            (json!({ "limit": 0 }), "limit"),
            (json!({ "from": "yesterday" }), "from"),
            (json!({ "on_error": "retri" }), "retry"),
            (json!({ "id": "two words" }), "id"),
            (json!({ "concurrency": 65 }), "concurrency"),
        ] {
            let error = read(options.clone()).unwrap_err();
            assert!(error.to_string().contains(word), "{options}: {error}");
        }
    }

    #[test]
    fn only_what_decides_on_events_makes_a_new_generation() {
        let plain = read(json!({})).unwrap().identity();
        assert_eq!(read(json!({ "limit": 5, "every": "5m" })).unwrap().identity(), plain);
        assert_ne!(read(json!({ "status": "NEW" })).unwrap().identity(), plain);
    }
}
