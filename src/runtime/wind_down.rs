//! Work of the program itself that is not to be cut off in the middle, such as an import.

use std::time::Duration;

use super::supervise::{Interruption, interrupted};

/// How work ended that could be wound down.
#[derive(Debug, PartialEq, Eq)]
pub enum Ended<T> {
    /// It came to its end.
    Done(T),
    /// A signal came; this is what the work gave in the time that was left, if it did.
    Stopped(Option<T>),
}

/// Does the work on this thread. At Ctrl-C or a request to terminate (`SIGINT`, `SIGTERM`) `stop` is
/// called, and the work has the time `grace` to come to its end; a second signal ends it at once.
///
/// ```
/// use std::time::Duration;
/// use cliengo::runtime::{Ended, wind_down};
///
/// let ended = wind_down(async { 1 + 1 }, || (), Duration::from_secs(5))?;
/// assert_eq!(ended, Ended::Done(2));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// Where the system gives no place to work in.
pub fn wind_down<T>(
    work: impl Future<Output = T>,
    stop: impl FnOnce(),
    grace: Duration,
) -> std::io::Result<Ended<T>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(async {
        let mut work = std::pin::pin!(work);
        tokio::select! {
            biased;
            done = &mut work => return Ended::Done(done),
            _ = interrupted(Interruption::Signals) => stop(),
        }
        tokio::select! {
            biased;
            done = &mut work => Ended::Stopped(Some(done)),
            () = tokio::time::sleep(grace) => Ended::Stopped(None),
            _ = interrupted(Interruption::Signals) => Ended::Stopped(None),
        }
    }))
}
