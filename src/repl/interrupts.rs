//! Ctrl-C: ends what is under way.

use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;

use crate::api::Cancel;
use crate::{Error, ErrorKind, Result};

/// How long the prompt waits for what was ended to say so.
const PATIENCE: Duration = Duration::from_millis(300);

/// What Ctrl-C ends. Clones are one.
#[derive(Clone, Default)]
pub(super) struct Interrupts(Arc<Inner>);

#[derive(Default)]
struct Inner {
    state: Mutex<State>,
    /// Told when something has come to its end.
    ended: Condvar,
}

#[derive(Default)]
struct State {
    next: u64,
    under_way: Vec<(u64, Cancel)>,
    /// Called where nothing is under way.
    idle: Option<Box<dyn Fn() + Send>>,
}

/// Something that Ctrl-C ends, until this is dropped.
pub(super) struct UnderWay {
    interrupts: Interrupts,
    number: u64,
}

impl Interrupts {
    /// Listens to the signal from now on, on this runtime.
    ///
    /// # Errors
    /// Where the system lets no signal be listened to.
    pub(super) fn listen(&self, runtime: &Handle) -> Result<()> {
        let _within = runtime.enter();
        let mut signal = signal().map_err(|error| {
            Error::new(ErrorKind::Limit, format!("cannot listen to Ctrl-C: {error}"))
        })?;
        let interrupts = self.clone();
        runtime.spawn(async move {
            while signal.came().await {
                interrupts.fire();
            }
        });
        Ok(())
    }

    /// What is done at a Ctrl-C that finds nothing to end.
    pub(super) fn when_idle(&self, act: impl Fn() + Send + 'static) {
        self.state().idle = Some(Box::new(act));
    }

    /// Has Ctrl-C end this.
    pub(super) fn hold(&self, cancel: &Cancel) -> UnderWay {
        let mut state = self.state();
        state.next += 1;
        let number = state.next;
        state.under_way.push((number, cancel.clone()));
        UnderWay { interrupts: self.clone(), number }
    }

    /// Ends what is under way. False where nothing was.
    pub(super) fn fire(&self) -> bool {
        let state = self.state();
        let cancels: Vec<Cancel> =
            state.under_way.iter().map(|(_, cancel)| cancel.clone()).collect();
        if let (true, Some(act)) = (cancels.is_empty(), &state.idle) {
            act();
        }
        // What a cancel calls may come back here.
        drop(state);
        cancels.iter().for_each(|cancel| cancel.cancel(cancelled()));
        !cancels.is_empty()
    }

    /// Waits until nothing is under way any more, but not for long.
    pub(super) fn wait_for_end(&self) {
        let busy = |state: &mut State| !state.under_way.is_empty();
        drop(self.0.ended.wait_timeout_while(self.state(), PATIENCE, busy));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.interrupts.state().under_way.retain(|(number, _)| *number != self.number);
        self.interrupts.0.ended.notify_all();
    }
}

impl fmt::Debug for Interrupts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interrupts").finish_non_exhaustive()
    }
}

/// The reason of what Ctrl-C ended.
pub(super) fn cancelled() -> Error {
    Error::new(ErrorKind::Cancelled, "cancelled")
}

#[cfg(unix)]
struct Signal(tokio::signal::unix::Signal);

#[cfg(unix)]
fn signal() -> std::io::Result<Signal> {
    use tokio::signal::unix::{SignalKind, signal};

    signal(SignalKind::interrupt()).map(Signal)
}

#[cfg(unix)]
impl Signal {
    async fn came(&mut self) -> bool {
        self.0.recv().await.is_some()
    }
}

#[cfg(windows)]
struct Signal(tokio::signal::windows::CtrlC);

#[cfg(windows)]
fn signal() -> std::io::Result<Signal> {
    tokio::signal::windows::ctrl_c().map(Signal)
}

#[cfg(windows)]
impl Signal {
    async fn came(&mut self) -> bool {
        self.0.recv().await.is_some()
    }
}
