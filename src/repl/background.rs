//! The prompt's asynchronous work: calls of the API, followed watches, signals and timers.

use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::{Error, ErrorKind, Result};

/// A runtime on a thread of its own. One for all: a client's connections live in the runtime that made them,
/// and lines and watches share the client.
#[derive(Debug)]
pub(super) struct Background {
    handle: Handle,
    /// Its end ends the thread.
    _stop: oneshot::Sender<()>,
}

impl Background {
    /// Begins it.
    pub(super) fn begin() -> Result<Self> {
        let failed =
            |error| Error::new(ErrorKind::Limit, format!("cannot begin a thread: {error}"));
        let runtime = Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let body = move || drop(runtime.block_on(stopped));
        thread::Builder::new().name("repl".into()).spawn(body).map_err(failed)?;
        Ok(Self { handle, _stop: stop })
    }

    /// Where work is given to it.
    pub(super) fn handle(&self) -> &Handle {
        &self.handle
    }
}
