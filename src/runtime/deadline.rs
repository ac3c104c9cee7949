//! Ends a handler that takes too long, or with the run that it belongs to.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::api::Context;
use crate::{Error, ErrorKind};

/// Ends a handler's call until this is dropped.
pub(super) struct Deadline {
    _over: Option<Sender<()>>,
}

impl Deadline {
    /// Has the handler's context end with the run's, and after `timeout`.
    pub(super) fn begin(run: &Context, handler: &Arc<Context>, timeout: Option<Duration>) -> Self {
        let cancel = handler.cancel().clone();
        let with_run = cancel.clone();
        run.cancel().link(&with_run);
        let over = timeout.map(|timeout| {
            let (over, ended) = channel();
            thread::spawn(move || {
                if ended.recv_timeout(timeout) == Err(RecvTimeoutError::Timeout) {
                    cancel.cancel(too_long(timeout));
                }
            });
            over
        });
        Self { _over: over }
    }
}

/// The error of a handler that took too long.
pub(super) fn too_long(timeout: Duration) -> Error {
    let time = timeout.as_secs_f64();
    Error::new(ErrorKind::Limit, format!("the handler ran longer than its {time} s"))
        .with_hint("give the watch or schedule a longer timeout")
}
