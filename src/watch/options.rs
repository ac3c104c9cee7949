//! The options of a watch, by the names that scripts give them.

use crate::schema::FieldType::{self, Choice, Date, Duration, Either, Integer, Text, Truth};

/// One option of a watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WatchOption {
    /// The name in scripts.
    pub name: &'static str,
    /// The type of its value.
    pub kind: FieldType,
    /// What it means, in a sentence.
    pub doc: &'static str,
}

/// Every option; the filters come on top.
pub const WATCH_OPTIONS: &[WatchOption] = &[
    option("id", Text, "Its own name, for ever."),
    option(
        "limit",
        Integer { min: 1, max: 1_000_000 },
        "The most events that a cycle hands over, 100 unless told.",
    ),
    option("every", Duration, "How often it polls, such as \"1m\"."),
    option(
        "from",
        FROM,
        "Where it begins: \"now\", \"beginning\", a date, or an age such as \"7d\".",
    ),
    option("on_error", Choice(ON_ERROR), "What becomes of an event whose handler fails."),
    option(
        "concurrency",
        Integer { min: 1, max: 64 },
        "Handlers at once, of different contacts; 1 unless told.",
    ),
    option(
        "max_attempts",
        Integer { min: 1, max: 100 },
        "Attempts at an event before it is dead, 5 unless told.",
    ),
    option(
        "sweep",
        SWEEP,
        "How often the complete list is compared: \"auto\", \"never\", or a time.",
    ),
    option("content_only", Truth, "True: a new `lastUpdateDate` alone is no change."),
    option("timeout", Duration, "How long a handler may take."),
];

/// The filters that a watch takes.
pub const WATCH_FILTERS: [&str; 4] = ["query", "assigned_to", "website_id", "status"];

/// What may become of an event whose handler fails.
pub(super) const ON_ERROR: &[&str] = &["retry", "skip", "dead", "stop"];

const FROM: FieldType = Either(&[Choice(&["now", "beginning"]), Date]);
const SWEEP: FieldType = Either(&[Choice(&["auto", "never"]), Duration, Truth]);

const fn option(name: &'static str, kind: FieldType, doc: &'static str) -> WatchOption {
    WatchOption { name, kind, doc }
}
