//! Where the asynchronous work of a host is done: on a thread of its own, or on the program's runtime.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::{Error, ErrorKind, Result};

/// Where the calls of scripts are made. Clones are one; the thread ends with the last of them.
///
/// A host does not use the runtime that its program happens to wait on: so its scripts go on whatever that
/// runtime is doing, and there need not be one.
#[derive(Debug, Clone)]
pub(super) enum Background {
    /// The program's runtime.
    Given(Handle),
    /// A thread that is begun when it is first needed.
    Own(Arc<Mutex<Option<Begun>>>),
}

#[derive(Debug)]
pub(super) struct Begun {
    handle: Handle,
    /// Its end ends the thread.
    _stop: oneshot::Sender<()>,
}

impl Background {
    pub(super) fn own() -> Self {
        Self::Own(Arc::default())
    }

    /// Where work is given to it.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] where the system has no thread to give.
    pub(super) fn handle(&self) -> Result<Handle> {
        let own = match self {
            Self::Given(handle) => return Ok(handle.clone()),
            Self::Own(own) => own,
        };
        let mut own = own.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(begun) = &*own {
            return Ok(begun.handle.clone());
        }
        let begun = own.insert(Begun::begin()?);
        Ok(begun.handle.clone())
    }
}

impl Begun {
    fn begin() -> Result<Self> {
        let failed = |error| {
            Error::new(ErrorKind::Limit, format!("cannot begin the host's thread: {error}"))
        };
        let runtime = Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        // The runtime is dropped on this thread: that is forbidden on those of another runtime.
        let body = move || drop(runtime.block_on(stopped));
        thread::Builder::new().name("host".into()).spawn(body).map_err(failed)?;
        Ok(Self { handle, _stop: stop })
    }
}
