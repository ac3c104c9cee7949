//! The options of a watch, by the names that scripts give them.

/// One option of a watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WatchOption {
    /// The name in scripts.
    pub name: &'static str,
    /// The words that it may be; none where it is anything else.
    pub words: &'static [&'static str],
    /// What it means, in a sentence.
    pub doc: &'static str,
}

/// Every option; the filters come on top.
pub const WATCH_OPTIONS: &[WatchOption] = &[
    option("id", &[], "Its own name, for ever."),
    option("limit", &[], "The most events that a cycle hands over, 100 unless told."),
    option("every", &[], "How often it polls, such as \"1m\"."),
    option(
        "from",
        &[],
        "Where it begins: \"now\", \"beginning\", a date, or an age such as \"7d\".",
    ),
    option("on_error", ON_ERROR, "What becomes of an event whose handler fails."),
    option("concurrency", &[], "Handlers at once, of different contacts; 1 unless told."),
    option("max_attempts", &[], "Attempts at an event before it is dead, 5 unless told."),
    option(
        "sweep",
        &[],
        "How often the complete list is compared: \"auto\", \"never\", or a time.",
    ),
    option("content_only", &[], "True: a new `lastUpdateDate` alone is no change."),
    option("timeout", &[], "How long a handler may take."),
];

/// The filters that a watch takes.
pub const WATCH_FILTERS: [&str; 4] = ["query", "assigned_to", "website_id", "status"];

/// What may become of an event whose handler fails.
pub(super) const ON_ERROR: &[&str] = &["retry", "skip", "dead", "stop"];

const fn option(
    name: &'static str,
    words: &'static [&'static str],
    doc: &'static str,
) -> WatchOption {
    WatchOption { name, words, doc }
}
