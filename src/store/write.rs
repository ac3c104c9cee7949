//! What is kept of a write of a run: the contact before it and after it, so that it can be undone.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a write does to a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WriteKind {
    /// It makes a contact.
    Create,
    /// It changes fields of one, its status among them.
    Update,
    /// It deletes one.
    Delete,
    /// It adds something to one: a tag, a note, a message.
    Add,
    /// It is about something else, such as a conversation.
    Other,
}

impl WriteKind {
    /// The kind's name in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Add => "add",
            Self::Other => "other",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Create, Self::Update, Self::Delete, Self::Add, Self::Other]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

/// How a write ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WriteOutcome {
    /// It was about to be sent, or its answer was lost: it may have been done.
    Unknown,
    /// The API said yes.
    Done,
    /// The API said no, or was never reached.
    Refused,
}

impl WriteOutcome {
    /// The outcome's name in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    /// The outcome with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Unknown, Self::Done, Self::Refused].into_iter().find(|it| it.as_str() == name)
    }
}

/// A write that is about to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct NewWrite {
    /// When.
    pub at: Timestamp,
    /// What tells its account from others, and nothing of the key.
    pub account: String,
    /// What it does.
    pub kind: WriteKind,
    /// The HTTP method.
    pub method: String,
    /// The path relative to the base URL.
    pub path: String,
    /// What is sent; null where nothing is.
    pub body: Value,
    /// The contact that it is about; none for one that it makes.
    pub contact: Option<String>,
    /// The whole contact right before it; none where there was none.
    pub before: Option<Map<String, Value>>,
}

/// How a write ended.
#[derive(Debug, Clone, PartialEq)]
pub struct WriteEnd {
    /// When.
    pub at: Timestamp,
    /// Done or refused; or unknown, where the answer was lost.
    pub outcome: WriteOutcome,
    /// The HTTP status of the answer, where one came.
    pub status: Option<u16>,
    /// The id that the API gave to what was created.
    pub created: Option<String>,
    /// The whole contact after it; none where there is none, or where it could not be read.
    pub after: Option<Map<String, Value>>,
}

/// A write as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct JournaledWrite {
    /// Its number.
    pub id: u64,
    /// How it began.
    pub begin: NewWrite,
    /// How it ended; none where the program ended before it.
    pub end: Option<WriteEnd>,
}

impl JournaledWrite {
    /// How it ended.
    pub fn outcome(&self) -> WriteOutcome {
        self.end.as_ref().map_or(WriteOutcome::Unknown, |end| end.outcome)
    }
}

/// How many writes a run made, or may have made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriteCounts {
    /// All that were not refused.
    pub all: u64,
    /// Those of them that can be undone: that made, changed or deleted a contact.
    pub undoable: u64,
}
