//! Whether the API can be reached at all: where it cannot, the next row would only wait in vain.

use std::sync::{Mutex, PoisonError};

use crate::{Error, ErrorKind, Result};

/// What the rows so far say of it.
#[derive(Debug, Default)]
pub(super) struct Reach(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// True once the API has answered.
    answered: bool,
    /// Rows without an answer since the last answer.
    silent: usize,
    /// The error at which it was given up.
    gone: Option<Error>,
}

impl Reach {
    /// Notes how a row ended, of which `together` are under way at once. True where going on is of no
    /// use: at the first row where the API never answered, else at more than one moment can take.
    pub(super) fn is_gone<T>(&self, result: &Result<T>, together: usize) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let error = match result {
            Err(error) if matches!(error.kind, ErrorKind::Network | ErrorKind::Timeout) => error,
            // A row that was never sent says nothing.
            Err(error) if error.method.is_none() && error.status.is_none() => return false,
            _ => {
                (state.answered, state.silent) = (true, 0);
                return false;
            }
        };
        state.silent += 1;
        // What was sent, and has got lost, was taken by somebody.
        let never = !state.answered && !error.is_outcome_unknown();
        if never || state.silent > together {
            state.gone.get_or_insert_with(|| error.clone());
        }
        state.gone.is_some()
    }

    /// The error at which the import gave up.
    pub(super) fn gone(&self) -> Option<Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).gone.clone()
    }
}
