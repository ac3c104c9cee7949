//! The objects that functions give, and that handlers are called with. A contact's fields are the schema's.

use serde_json::Value;

use super::ReturnType::{self, Any, Contact, Integer, Text, Truth};

/// An object with known names. Others may be there too: what the API sends besides is kept.
#[derive(Debug, PartialEq, Eq)]
pub struct Record {
    /// What editors call it: `Site`.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// Its names.
    pub fields: &'static [RecordField],
}

/// A name of a [`Record`].
#[derive(Debug, PartialEq, Eq)]
pub struct RecordField {
    /// The name.
    pub name: &'static str,
    /// The type of its value.
    pub gives: ReturnType,
    /// True where it can be absent.
    pub optional: bool,
    /// What it means, in a sentence.
    pub doc: &'static str,
}

impl Record {
    /// What `pcall` (Lua) and `try … catch` (Rhai) get of an error.
    pub const fn error() -> &'static Self {
        &ERROR
    }

    /// True where the value has what is not optional, and each known name is of its type.
    pub fn fits(&self, value: &Value) -> bool {
        let fits = |field: &RecordField| match value.get(field.name) {
            None | Some(Value::Null) => field.optional || field.gives == Any,
            Some(value) => field.gives.fits(value),
        };
        value.is_object() && self.fields.iter().all(fits)
    }
}

const fn sure(name: &'static str, gives: ReturnType, doc: &'static str) -> RecordField {
    RecordField { name, gives, optional: false, doc }
}

const fn perhaps(name: &'static str, gives: ReturnType, doc: &'static str) -> RecordField {
    RecordField { name, gives, optional: true, doc }
}

/// The account.
pub(super) const ACCOUNT: Record = Record {
    name: "Account",
    doc: "The account that the API key belongs to.",
    fields: &[
        sure("id", Text, "The account's id."),
        perhaps("name", Text, "Its name."),
        perhaps("country", Text, "Its country, in two letters."),
        perhaps("language", Text, "Its language, in two letters."),
        perhaps("timezone", Text, "Its time zone, such as America/Bogota."),
        perhaps("plan", Text, "What is paid for."),
        perhaps("creationDate", Text, "When it was opened."),
    ],
};

/// A site of the account.
pub(super) const SITE: Record = Record {
    name: "Site",
    doc: "A site of the account.",
    fields: &[
        sure("id", Text, "The site's id, which a contact's `websiteId` names."),
        perhaps("name", Text, "Its name."),
        perhaps("url", Text, "Its address."),
        perhaps("accountId", Text, "The account's id."),
        perhaps("language", Text, "Its language, in two letters."),
        perhaps("active", Truth, "True where it is in use."),
    ],
};

/// The chatbot of a site.
pub(super) const CHATBOT: Record = Record {
    name: "Chatbot",
    doc: "The chatbot of a site.",
    fields: &[
        sure("id", Text, "The chatbot's id."),
        perhaps("websiteId", Text, "The id of its site."),
        perhaps("name", Text, "Its name."),
        perhaps("greeting", Text, "What it says first."),
        perhaps("active", Truth, "True where it is in use."),
    ],
};

/// A user of the account.
pub(super) const USER: Record = Record {
    name: "User",
    doc: "Somebody who looks after contacts.",
    fields: &[
        sure("id", Text, "The user's id, which a contact's `assignedTo` names."),
        perhaps("name", Text, "The user's name."),
        perhaps("email", Text, "The user's e-mail address."),
        perhaps("role", Text, "What the user may do, such as AGENT."),
        perhaps("accountId", Text, "The account's id."),
        perhaps("active", Truth, "True where the user is."),
    ],
};

/// A conversation on a site.
pub(super) const CONVERSATION: Record = Record {
    name: "Conversation",
    doc: "A conversation on a site.",
    fields: &[
        sure("id", Text, "The conversation's id."),
        perhaps("companyId", Text, "The account's id."),
        perhaps("websiteId", Text, "The id of the site."),
        perhaps("contactId", Text, "The id of the contact."),
        perhaps("channel", Text, "Where it is held, such as WEB."),
        perhaps("from", Text, "Who began it."),
        perhaps("status", Text, "OPEN or CLOSED."),
        perhaps("creationDate", Text, "When it began."),
    ],
};

/// A note on a contact.
pub(super) const NOTE: Record = Record {
    name: "Note",
    doc: "A note on a contact.",
    fields: &[
        perhaps("id", Text, "The note's id."),
        perhaps("message", Text, "The text."),
        perhaps("userId", Text, "Who left it."),
        perhaps("creationDate", Text, "When it was left."),
    ],
};

/// A message of a conversation.
pub(super) const MESSAGE: Record = Record {
    name: "Message",
    doc: "A message of a conversation, or to a contact.",
    fields: &[
        perhaps("id", Text, "The message's id."),
        perhaps("message", Text, "The text."),
        perhaps("from", Text, "Who wrote it: VISITOR, BOT or USER."),
        perhaps("creationDate", Text, "When it was written."),
    ],
};

/// Something that happened to a contact.
pub(super) const HISTORY: Record = Record {
    name: "HistoryEntry",
    doc: "Something that happened to a contact.",
    fields: &[
        perhaps("date", Text, "When it happened."),
        perhaps("type", Text, "What it was, such as STATUS."),
        perhaps("description", Text, "What it was, in words."),
    ],
};

/// What a handler of a watch is told beside the contact.
pub(super) const EVENT: Record = Record {
    name: "Event",
    doc: "What a watch found, beside the contact.",
    fields: &[
        sure("id", Integer, "The event's number."),
        sure("key", Text, "The same for every attempt at the event, and for no other event."),
        sure("attempt", Integer, "Which attempt this is, from 1."),
        sure("watch", Text, "The watch's id."),
        sure("kind", Text, "new, updated or deleted."),
        sure("found_at", Text, "When it was found."),
    ],
};

/// What is left of a contact that is gone.
pub(super) const GONE: Record = Record {
    name: "DeletedContact",
    doc: "What is left of a contact that is gone.",
    fields: &[sure("id", Text, "The contact's id.")],
};

/// What a handler of a schedule is told.
pub(super) const RUN: Record = Record {
    name: "ScheduledRun",
    doc: "A run of a schedule.",
    fields: &[
        sure("due", Text, "When it was due."),
        sure("schedule", Text, "The schedule's id."),
        sure("cause", Text, "Why it runs: it was due, was missed, or somebody asked for it."),
        sure("missed", Integer, "How many due times before it were missed."),
    ],
};

/// What `pcall` and `try … catch` get.
pub(super) const ERROR: Record = Record {
    name: "Error",
    doc: "What `pcall` (Lua) and `try … catch` (Rhai) get.",
    fields: &[
        sure("kind", Text, "What went wrong, in one word."),
        sure("message", Text, "What happened, in a sentence."),
        perhaps("hint", Text, "What to do next, where that is known."),
        perhaps("status", Integer, "The HTTP status, where the API answered."),
        sure("retryable", Truth, "True where the same call may go through later."),
        perhaps("method", Text, "The HTTP method of the call."),
        perhaps("path", Text, "The path of the call."),
    ],
};

/// Something that a function of the script is called with.
#[derive(Debug, PartialEq, Eq)]
pub struct Handed {
    /// What it is usually called.
    pub name: &'static str,
    /// Its type.
    pub gives: ReturnType,
}

/// What a watch hands to its handler.
pub(super) const FOUND: &[Handed] =
    &[Handed { name: "contact", gives: Contact }, Handed { name: "event", gives: EVENT_TYPE }];
/// The same for a watch of contacts that are gone.
pub(super) const FOUND_GONE: &[Handed] = &[
    Handed { name: "contact", gives: ReturnType::Record(&GONE) },
    Handed { name: "event", gives: EVENT_TYPE },
];
/// What a schedule hands to its handler.
pub(super) const DUE: &[Handed] = &[Handed { name: "run", gives: ReturnType::Record(&RUN) }];

const EVENT_TYPE: ReturnType = ReturnType::Record(&EVENT);
