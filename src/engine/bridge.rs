//! From a script's plain call to the asynchronous one, and back.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::OnceLock;

use bytes::Bytes;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::api::{Answer, ApiFn, Arguments, Cancel, Context, Pending, Sequence, memory};
use crate::{Error, ErrorKind, Result};

/// Where a run's asynchronous work is done.
#[derive(Debug)]
pub enum Executor {
    /// On the script's own thread: the fastest, for one run in a process. The runtime is made at
    /// the first call.
    Own(OnceLock<Runtime>),
    /// On a runtime that other runs share.
    Shared(Handle),
}

impl Executor {
    /// A runtime of the run's own.
    pub fn own() -> Self {
        Self::Own(OnceLock::new())
    }

    fn block_on<F: Future>(&self, future: F) -> Result<F::Output> {
        let runtime = match self {
            // tokio panics on a runtime that was shut down, and a machine would take that for want of memory.
            Self::Shared(handle) => {
                let done = catch_unwind(AssertUnwindSafe(|| handle.block_on(future)));
                return done.map_err(|_| not_driven());
            }
            Self::Own(runtime) => runtime,
        };
        if runtime.get().is_none() {
            let built = Builder::new_current_thread().enable_all().build().map_err(|error| {
                Error::new(ErrorKind::Network, format!("cannot begin network work: {error}"))
            })?;
            drop(runtime.set(built));
        }
        let missing = || Error::new(ErrorKind::Network, "there is no network runtime");
        runtime.get().map(|runtime| runtime.block_on(future)).ok_or_else(missing)
    }
}

impl Drop for Executor {
    /// Leaves behind what cannot be ended, such as a name server that does not answer: a run that is over is not
    /// to wait for it.
    fn drop(&mut self) {
        if let Self::Own(runtime) = self
            && let Some(runtime) = runtime.take()
        {
            runtime.shutdown_background();
        }
    }
}

fn not_driven() -> Error {
    Error::new(
        ErrorKind::Cancelled,
        "the call ended in a panic of the program, or its runtime has ended",
    )
    .with_hint("let the program keep its runtime for as long as its scripts run")
}

/// What a language has at hand of its run, or of the call of a loaded script that is under way.
#[derive(Debug)]
pub(crate) struct Bridge {
    context: RefCell<Arc<Context>>,
    executor: Executor,
    /// The most memory of what is under way, in bytes.
    memory: Option<usize>,
}

impl Bridge {
    pub(crate) fn new(context: Arc<Context>, executor: Executor, memory: Option<usize>) -> Self {
        context.bound(memory);
        Self { context: RefCell::new(context), executor, memory }
    }

    /// What is under way has this at hand.
    pub(crate) fn context(&self) -> Arc<Context> {
        Arc::clone(&self.context.borrow())
    }

    /// From now on this context is the one at hand.
    pub(crate) fn enter(&self, context: Arc<Context>) {
        context.bound(self.memory);
        self.context.replace(context);
    }

    /// Calls a function of the registry and waits for its answer, or for the run's end.
    pub(crate) fn call(&self, function: &ApiFn, arguments: Arguments) -> Result<Answer> {
        let context = self.context();
        let answer = function
            .invoke(Arc::clone(&context), arguments)
            .and_then(|pending| self.wait(context.cancel(), pending))
            // The answer is written as JSON once more before it becomes the script's values.
            .and_then(|answer| match function.is_module() {
                true => memory::check().map(|()| answer),
                false => Ok(answer),
            });
        answer.map_err(|error| context.explained(error))
    }

    /// Waits for the answer of a call that had a function of the script called.
    pub(crate) fn go_on(&self, pending: Pending) -> Result<Answer> {
        let context = self.context();
        self.wait(context.cancel(), pending).map_err(|error| context.explained(error))
    }

    /// The next rows of a lazy list.
    pub(crate) fn next_page(&self, sequence: &mut Sequence) -> Result<Option<Vec<Bytes>>> {
        self.wait(self.context().cancel(), sequence.next_page())
    }

    /// Waits for this work, or for the cancel.
    pub(crate) fn wait<T>(
        &self,
        cancel: &Cancel,
        pending: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        self.executor.block_on(async {
            tokio::select! {
                biased;
                reason = cancel.cancelled() => Err(reason),
                result = pending => result,
            }
        })?
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_run_that_is_over_does_not_wait_for_what_cannot_be_ended() {
        let (open, gate) = channel::<()>();
        let (tell, ended) = channel();
        thread::spawn(move || {
            let executor = Executor::own();
            let blocked = async { drop(tokio::task::spawn_blocking(move || gate.recv())) };
            executor.block_on(blocked).unwrap();
            drop(executor);
            tell.send(()).unwrap();
        });
        assert!(ended.recv_timeout(Duration::from_secs(20)).is_ok());
        drop(open);
    }
}
