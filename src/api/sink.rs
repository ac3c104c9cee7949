//! Where a script's words go.

use serde_json::{Map, Value};

/// How much a log line matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// For the script's author.
    Debug,
    /// What happened.
    Info,
    /// What somebody should look at.
    Warn,
    /// What went wrong.
    Error,
}

impl Level {
    /// The level's name in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

/// Where a script's words go.
pub trait Sink: Send + Sync {
    /// A line of `print`.
    fn print(&self, line: &str);

    /// A line of `cliengo.log`, with its fields.
    fn log(&self, level: Level, message: &str, fields: &Map<String, Value>);

    /// How far a long call is: `done` of `total` contacts. The last word of a call is `total` of
    /// `total`, or 0 of 0 where it fails.
    fn progress(&self, _what: &str, _done: u64, _total: u64) {}

    /// What a rehearsal would have done: `would PATCH /contacts/… {"rating":5}`. A line of `print` unless
    /// told otherwise.
    fn rehearsed(&self, what: &str) {
        self.print(what);
    }
}

/// Words that nobody reads.
pub(super) struct Silence;

impl Sink for Silence {
    fn print(&self, _: &str) {}
    fn log(&self, _: Level, _: &str, _: &Map<String, Value>) {}
}
