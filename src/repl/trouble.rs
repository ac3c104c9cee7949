//! Why a line or a command did not come to its end.

use crate::Error;
use crate::api::{Context, WriteRecord};
use crate::engine::{ScriptFailure, Source};

/// Why a line or a command did not come to its end, and what it had done before.
#[derive(Debug)]
pub(super) struct Trouble {
    pub(super) failure: ScriptFailure,
    /// The text to quote from, where the failure is one of a script.
    pub(super) source: Option<Source>,
    pub(super) writes: Vec<WriteRecord>,
    /// Writes that were not begun.
    pub(super) not_begun: u64,
}

impl Trouble {
    /// A failure of what ran with this context.
    pub(super) fn of(failure: ScriptFailure, context: &Context) -> Self {
        let journal = context.journal();
        let (writes, not_begun) = (journal.writes(), journal.not_begun());
        Self { failure, source: None, writes, not_begun }
    }

    /// The same, quoted from this text.
    #[must_use]
    pub(super) fn in_source(self, source: Source) -> Self {
        Self { source: Some(source), ..self }
    }

    /// What happened.
    pub(super) fn error(&self) -> &Error {
        &self.failure.error
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        let (source, writes, not_begun) = (None, Vec::new(), 0);
        Self { failure: ScriptFailure::of(error), source, writes, not_begun }
    }
}
