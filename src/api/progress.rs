//! How far a call is, said so that its end is never forgotten.

use std::sync::Arc;

use super::Context;

/// Tells the run's [`Sink`](super::Sink) how far one call is. However the call ends, by an error or
/// because it is dropped, the sink hears that it is over.
pub(crate) struct Progress {
    context: Arc<Context>,
    what: &'static str,
    over: bool,
}

impl Progress {
    /// Of the function at this path.
    pub(crate) fn new(context: &Arc<Context>, what: &'static str) -> Self {
        Self { context: Arc::clone(context), what, over: false }
    }

    /// The call is at `done` of about `total`. Where more come than were counted before, the sink
    /// hears no more of it until [`done`](Self::done): all of it would be the end.
    pub(crate) fn at(&self, done: u64, total: u64) {
        if done < total {
            self.context.sink().progress(self.what, done, total);
        }
    }

    /// The call has done all that there was.
    pub(crate) fn done(mut self, total: u64) {
        self.over = true;
        self.context.sink().progress(self.what, total, total);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if !self.over {
            self.context.sink().progress(self.what, 0, 0);
        }
    }
}
