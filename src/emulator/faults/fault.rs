//! The ways an answer can fail.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::schema::parse_duration;
use crate::{Error, Result};

/// One way an answer can fail. In JSON, `kind` names it in snake_case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Fault {
    /// This status with a JSON body.
    Status {
        code: u16,
        body: Option<Value>,
        /// Seconds until a new attempt may succeed.
        retry_after: Option<u64>,
        /// True where they are sent as a date, by the emulator's clock.
        #[serde(default)]
        retry_after_as_date: bool,
        /// True where the request is done all the same.
        #[serde(default)]
        processed: bool,
    },
    /// A gateway's page of HTML; the request is not done unless `processed`.
    Html {
        code: u16,
        #[serde(default)]
        processed: bool,
    },
    /// The connection is reset without an answer; the request is not done.
    DropBefore,
    /// The connection is reset without an answer; the request is done.
    DropAfter,
    /// The request is done, and the connection reset after half of the answer's body.
    ResetMidBody,
    /// The request is done; half of its JSON comes as if it were all.
    TruncatedJson,
    /// The request is done; the answer is valid JSON of another shape.
    WrongShape { body: Option<Value> },
    /// The request is done at once, its answer begins this much later.
    SlowHeaders { ms: u64 },
    /// The request is done; its answer's body comes in chunks with a pause before each but the first.
    SlowBody {
        ms: u64,
        #[serde(default = "ten")]
        chunks: usize,
    },
    /// The request waits this long before it is done.
    Delay { ms: u64 },
    /// An answer of this many bytes; the request is not done.
    Oversized { bytes: u64 },
    /// A 302 to another place; the request is not done.
    Redirect { location: String },
    /// Others change the account, and then the request is done as it should be.
    Change(AccountChange),
}

/// What others do to the account just before a request is done.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct AccountChange {
    /// Contacts that are put in; the same id replaces.
    pub(crate) put: Vec<Map<String, Value>>,
    /// Ids of contacts that go.
    pub(crate) delete: Vec<String>,
    /// How far the clock moves on, such as `"15m"`.
    pub(crate) advance: Option<String>,
}

impl AccountChange {
    /// Refuses what could not be done when its time comes.
    pub(crate) fn check(&self) -> Result<()> {
        let has_id = |contact: &Map<String, Value>| contact.get("id").is_some_and(Value::is_string);
        if !self.put.iter().all(has_id) {
            return Err(Error::invalid("a contact needs an id"));
        }
        self.advance.as_deref().map_or(Ok(()), |by| parse_duration(by).map(drop))
    }
}

const fn ten() -> usize {
    10
}

impl Fault {
    /// The kind's name, as in JSON.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::Html { .. } => "html",
            Self::DropBefore => "drop_before",
            Self::DropAfter => "drop_after",
            Self::ResetMidBody => "reset_mid_body",
            Self::TruncatedJson => "truncated_json",
            Self::WrongShape { .. } => "wrong_shape",
            Self::SlowHeaders { .. } => "slow_headers",
            Self::SlowBody { .. } => "slow_body",
            Self::Delay { .. } => "delay",
            Self::Oversized { .. } => "oversized",
            Self::Redirect { .. } => "redirect",
            Self::Change { .. } => "change",
        }
    }

    /// True where the request is done although its answer fails.
    pub(crate) const fn processes(&self) -> bool {
        match self {
            Self::Status { processed, .. } | Self::Html { processed, .. } => *processed,
            Self::DropBefore | Self::Oversized { .. } | Self::Redirect { .. } => false,
            _ => true,
        }
    }

    /// How long to wait before the request is done.
    pub(crate) const fn wait_before(&self) -> Duration {
        match self {
            Self::Delay { ms } => Duration::from_millis(*ms),
            _ => Duration::ZERO,
        }
    }

    /// How long to wait between doing the request and answering it.
    pub(crate) const fn wait_after(&self) -> Duration {
        match self {
            Self::SlowHeaders { ms } => Duration::from_millis(*ms),
            _ => Duration::ZERO,
        }
    }
}
