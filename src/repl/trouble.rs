//! Why a line or a command did not come to its end.

use crate::api::{Context, WriteRecord};
use crate::engine::{ScriptFailure, Source};
use crate::{Error, ErrorKind};

/// Why a line or a command did not come to its end, and what it had done before.
#[derive(Debug)]
pub(super) struct Trouble {
    pub(super) failure: ScriptFailure,
    /// The texts to quote from, beside those that the prompt knows.
    pub(super) sources: Vec<Source>,
    pub(super) writes: Vec<WriteRecord>,
    /// Writes that were not begun.
    pub(super) not_begun: u64,
}

impl Trouble {
    /// A failure of what ran with this context.
    pub(super) fn of(failure: ScriptFailure, context: &Context) -> Self {
        let journal = context.journal();
        let (writes, not_begun) = (journal.writes(), journal.not_begun());
        Self { failure, sources: Vec::new(), writes, not_begun }
    }

    /// The same, quoted from this text.
    #[must_use]
    pub(super) fn in_source(mut self, source: Source) -> Self {
        self.sources.push(source);
        self
    }

    /// What happened.
    pub(super) fn error(&self) -> &Error {
        &self.failure.error
    }

    /// True where somebody wanted it to end.
    pub(super) fn is_cancelled(&self) -> bool {
        self.error().kind == ErrorKind::Cancelled
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        let (sources, writes, not_begun) = (Vec::new(), Vec::new(), 0);
        Self { failure: ScriptFailure::of(error), sources, writes, not_begun }
    }
}
