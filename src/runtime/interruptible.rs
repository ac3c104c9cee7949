//! Work of the program itself that a signal may end, such as an export.

use std::thread;

use tokio::sync::oneshot;

use super::supervise::{GRACE, Interruption, interrupted};
use crate::api::Cancel;
use crate::{Error, ErrorKind, Result};

/// Does the work on a thread of its own and waits for it, or for Ctrl-C or a request to terminate
/// (`SIGINT`, `SIGTERM`), which drops the work where it next waits.
///
/// Work that does not end, because it is stuck in a write for example, is left behind.
///
/// ```
/// let sum = cliengo::runtime::interruptible(|| async { Ok(1 + 1) })?;
/// assert_eq!(sum, 2);
/// # Ok::<(), cliengo::Error>(())
/// ```
///
/// # Errors
/// What the work gives; [`ErrorKind::Cancelled`] where a signal came first.
pub fn interruptible<T, F>(work: impl FnOnce() -> F + Send + 'static) -> Result<T>
where
    T: Send + 'static,
    F: Future<Output = Result<T>>,
{
    watch(work).unwrap_or_else(|error| {
        Err(Error::new(ErrorKind::Limit, format!("cannot begin the work: {error}")))
    })
}

fn watch<T, F>(work: impl FnOnce() -> F + Send + 'static) -> std::io::Result<Result<T>>
where
    T: Send + 'static,
    F: Future<Output = Result<T>>,
{
    let cancel = Cancel::default();
    let (done, mut ended) = oneshot::channel();
    let own = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ending = cancel.clone();
    let body = move || {
        let result = own.block_on(async {
            tokio::select! {
                biased;
                reason = ending.cancelled() => Err(reason),
                result = work() => result,
            }
        });
        drop(done.send(result));
    };
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        // Listens before the work begins: a signal between the two would leave half of it lying about.
        let interrupted = interrupted(Interruption::Signals);
        thread::Builder::new().name("work".into()).spawn(body)?;
        let reason = tokio::select! {
            biased;
            result = &mut ended => return Ok(result.unwrap_or_else(|_| Err(crashed()))),
            reason = interrupted => reason,
        };
        cancel.cancel(reason.clone());
        Ok(match tokio::time::timeout(GRACE, &mut ended).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(crashed()),
            Err(_) => Err(reason),
        })
    })
}

/// The thread ended without a word: a panic, which is a defect of ours.
fn crashed() -> Error {
    Error::new(ErrorKind::Limit, "the work ended by a defect of cliengo")
        .with_hint("please report it, with the message above")
}
