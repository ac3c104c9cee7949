//! The one error type of the crate: what happened, where, and what to do next.

use std::fmt;
use std::ops::Deref;

use serde::{Serialize, Serializer};

/// The result of everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The hint of a write whose answer was lost.
pub(crate) const OUTCOME_UNKNOWN: &str =
    "the outcome is unknown: the change may have been made; look before repeating it";

/// The hint of a write that was done, though the contact after it could not be told.
pub(crate) const LOOK_IT_UP: &str = "do not repeat the call; look the contact up";

/// What went wrong, in one word that scripts can compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument, a field or a filter that cannot be right, found here or by the API (400, 409, 422).
    Invalid,
    /// No key, or a key that the API refused (401, 403).
    Unauthorized,
    /// The API knows no such thing (404, 410).
    NotFound,
    /// The API asked to slow down (429), and went on asking until the attempts or the time ran out.
    RateLimited,
    /// The API did not answer in time.
    Timeout,
    /// The connection could not be made, or broke.
    Network,
    /// The API failed (5xx) or answered what an API should not.
    Server,
    /// The answer is not the JSON, or not the shape, that this operation gives.
    Decode,
    /// The run was cancelled.
    Cancelled,
    /// The run went over its time, memory or operations.
    Limit,
    /// The run is not allowed to do this.
    Denied,
    /// The API cannot give all rows that match, so none are given out as if they were all.
    Incomplete,
    /// What the program keeps is damaged, in use by another one, or cannot be written.
    State,
}

impl ErrorKind {
    /// The word that scripts see, such as `"not_found"`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Unauthorized => "unauthorized",
            Self::NotFound => "not_found",
            Self::RateLimited => "rate_limited",
            Self::Timeout => "timeout",
            Self::Network => "network",
            Self::Server => "server",
            Self::Decode => "decode",
            Self::Cancelled => "cancelled",
            Self::Limit => "limit",
            Self::Denied => "denied",
            Self::Incomplete => "incomplete",
            Self::State => "state",
        }
    }
}

impl ErrorKind {
    /// Every kind.
    pub const ALL: [Self; 13] = [
        Self::Invalid,
        Self::Unauthorized,
        Self::NotFound,
        Self::RateLimited,
        Self::Timeout,
        Self::Network,
        Self::Server,
        Self::Decode,
        Self::Cancelled,
        Self::Limit,
        Self::Denied,
        Self::Incomplete,
        Self::State,
    ];

    /// What the kind means, in a line for the reference.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Invalid => "An argument, a field or a filter cannot be right (400, 409, 422).",
            Self::Unauthorized => "There is no key, or the API refused it (401, 403).",
            Self::NotFound => "The API knows no such thing (404, 410).",
            Self::RateLimited => "The API went on asking to slow down (429).",
            Self::Timeout => "The API did not answer in time.",
            Self::Network => "The connection could not be made, or broke.",
            Self::Server => "The API failed (5xx).",
            Self::Decode => "The answer is not what the call gives.",
            Self::Cancelled => "The run was cancelled; nothing catches this.",
            Self::Limit => "The run went over its time, memory or operations.",
            Self::Denied => "The run is not allowed to do this.",
            Self::Incomplete => "The API cannot give all rows that match, so none are given.",
            Self::State => "What the program keeps is damaged, in use, or cannot be written.",
        }
    }

    /// The kind with this word; none where there is no such kind.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ErrorKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// An error with all that a person or a script needs to act on it. It serializes as an object of its fields.
///
/// The fields are read through [`Deref`]: `error.kind`, `error.status`, `error.hint`.
///
/// ```
/// use cliengo::{Error, ErrorKind};
///
/// let error = Error::new(ErrorKind::Invalid, "rating must be 0 to 5").with_hint("5 is the best");
/// assert_eq!(error.kind.as_str(), "invalid");
/// assert_eq!(error.to_string(), "rating must be 0 to 5 (5 is the best)");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Error(Box<ErrorDetails>);

/// What an [`Error`] carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ErrorDetails {
    /// What went wrong, in one word.
    pub kind: ErrorKind,
    /// What happened, in a sentence without a full stop; the API's own words where it said any.
    pub message: String,
    /// What to do next, where that is known.
    pub hint: Option<String>,
    /// The HTTP status, where the API answered.
    pub status: Option<u16>,
    /// True where the same call may go through later.
    pub retryable: bool,
    /// The HTTP method of the call, where there was one.
    pub method: Option<&'static str>,
    /// The path of the call relative to the base URL, without its query.
    pub path: Option<String>,
}

impl Error {
    /// An error of this kind with nothing else known.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(ErrorDetails {
            kind,
            message: message.into(),
            hint: None,
            status: None,
            retryable: false,
            method: None,
            path: None,
        }))
    }

    /// Shorthand for [`ErrorKind::Invalid`].
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Invalid, message)
    }

    /// True for the error of a write that may have been done all the same: its answer was lost.
    pub fn is_outcome_unknown(&self) -> bool {
        self.hint.as_deref() == Some(OUTCOME_UNKNOWN)
    }

    /// True for the error of a write that was done, and whose contact could not be told.
    pub(crate) fn is_written(&self) -> bool {
        self.hint.as_deref() == Some(LOOK_IT_UP)
    }

    /// True where the API said no to a write (4xx), so that it surely was not done.
    pub(crate) fn is_refusal(&self) -> bool {
        !self.is_outcome_unknown() && self.status.is_some_and(|status| (400..500).contains(&status))
    }

    /// The same error, saying what to do next.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// The same error, with a hint where there is one.
    #[must_use]
    pub fn with_hint_if(mut self, hint: Option<String>) -> Self {
        self.0.hint = hint.or(self.0.hint);
        self
    }

    /// The same error in other words.
    #[must_use]
    pub(crate) fn with_message(mut self, message: String) -> Self {
        self.0.message = message;
        self
    }

    /// The same error, naming the HTTP status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    /// The same error, marked as one that may pass.
    #[must_use]
    pub fn with_retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    /// The same error, naming the call it came from.
    #[must_use]
    pub fn with_call(mut self, method: &'static str, path: impl Into<String>) -> Self {
        self.0.method = Some(method);
        self.0.path = Some(path.into());
        self
    }

    /// The same error, with words in front of its message that say where it arose.
    #[must_use]
    pub fn within(mut self, place: impl fmt::Display) -> Self {
        self.0.message = format!("{place}: {}", self.0.message);
        self
    }
}

impl Deref for Error {
    type Target = ErrorDetails;

    fn deref(&self) -> &ErrorDetails {
        &self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(method), Some(path)) = (self.method, &self.path) {
            write!(f, "{method} {path}: ")?;
        }
        f.write_str(&self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, " ({hint})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
