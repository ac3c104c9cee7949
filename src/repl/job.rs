//! One job of a session, from the side of whoever waits for it.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::runtime::Handle;

use crate::api::Cancel;

/// What was cancelled has so long to stop before its session is left behind.
const GRACE: Duration = Duration::from_secs(2);

/// How long nobody wonders why a job has not begun.
const PATIENCE: Duration = Duration::from_millis(300);

const WAITS: u8 = 0;
const RUNS: u8 = 1;
const LEFT: u8 = 2;

/// How a job ended.
pub(super) enum Ended<T> {
    /// It came to its end, and this became of it.
    Done(T),
    /// It was cancelled while others were served.
    NotBegun,
    /// It was cancelled and goes on all the same.
    Stuck,
    /// Its session is gone.
    Gone,
}

/// The job's own end.
pub(super) struct Job<T> {
    tell: Arc<Sender<Ended<T>>>,
    state: Arc<AtomicU8>,
}

/// The end of whoever waits.
pub(super) struct Waiting<T> {
    ended: Receiver<Ended<T>>,
    state: Arc<AtomicU8>,
}

/// A job that this cancel ends, and its waiting end. Where it does not stop, the waiting end is told so by
/// this runtime.
pub(super) fn job<T: Send + 'static>(cancel: &Cancel, runtime: &Handle) -> (Job<T>, Waiting<T>) {
    let (tell, ended) = channel();
    let (tell, state) = (Arc::new(tell), Arc::new(AtomicU8::new(WAITS)));
    let waiting = Waiting { ended, state: Arc::clone(&state) };
    let (runtime, of_job, its_state) = (runtime.clone(), Arc::downgrade(&tell), Arc::clone(&state));
    cancel.on_cancel(move || match change(&its_state, LEFT) {
        true => say(&of_job, Ended::NotBegun),
        false => drop(runtime.spawn(async move {
            tokio::time::sleep(GRACE).await;
            say(&of_job, Ended::Stuck);
        })),
    });
    (Job { tell, state }, waiting)
}

/// Says this, unless the job is over.
fn say<T>(tell: &Weak<Sender<Ended<T>>>, ended: Ended<T>) {
    if let Some(tell) = tell.upgrade() {
        drop(tell.send(ended));
    }
}

/// Moves a job on that waits. False where it does not wait any more.
fn change(state: &AtomicU8, to: u8) -> bool {
    state.compare_exchange(WAITS, to, Ordering::SeqCst, Ordering::SeqCst).is_ok()
}

impl<T> Job<T> {
    /// Begins it. False where nobody waits for it any more.
    pub(super) fn begin(&self) -> bool {
        change(&self.state, RUNS)
    }

    /// Tells what became of it.
    pub(super) fn done(self, value: T) {
        drop(self.tell.send(Ended::Done(value)));
    }
}

impl<T> Waiting<T> {
    /// Waits for its end; where it has not even begun after a while, does this once.
    pub(super) fn wait(self, not_begun: impl FnOnce()) -> Ended<T> {
        match self.ended.recv_timeout(PATIENCE) {
            Err(RecvTimeoutError::Timeout) => {
                if self.state.load(Ordering::SeqCst) == WAITS {
                    not_begun();
                }
                self.ended.recv().unwrap_or(Ended::Gone)
            }
            ended => ended.unwrap_or(Ended::Gone),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repl::interrupts::cancelled;

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
    }

    #[test]
    fn a_job_that_waits_is_left_at_once_when_it_is_cancelled() {
        let (runtime, cancel) = (runtime(), Cancel::default());
        let (job, waiting) = job::<u8>(&cancel, runtime.handle());
        cancel.cancel(cancelled());
        assert!(matches!(waiting.wait(|| {}), Ended::NotBegun));
        assert!(!job.begin());
    }

    #[test]
    fn a_job_that_runs_has_time_to_stop() {
        let (runtime, cancel) = (runtime(), Cancel::default());
        let (job, waiting) = job(&cancel, runtime.handle());
        assert!(job.begin());
        cancel.cancel(cancelled());
        job.done(7);
        assert!(matches!(waiting.wait(|| {}), Ended::Done(7)));
    }

    #[test]
    fn a_job_whose_session_is_gone_is_not_waited_for() {
        let (runtime, cancel) = (runtime(), Cancel::default());
        let (job, waiting) = job::<u8>(&cancel, runtime.handle());
        drop(job);
        assert!(matches!(waiting.wait(|| {}), Ended::Gone));
    }
}
