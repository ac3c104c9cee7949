//! The signal that ends a run, wherever it is.

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use tokio_util::sync::CancellationToken;

use crate::{Error, ErrorKind};

type Hook = Box<dyn FnOnce() + Send>;

/// Ends one run: a pending call, a sleep, and the script's own code. Clones are one signal.
#[derive(Clone, Default)]
pub struct Cancel(Arc<Inner>);

#[derive(Default)]
struct Inner {
    token: CancellationToken,
    reason: OnceLock<Error>,
    hooks: Mutex<Vec<Hook>>,
    linked: Mutex<Vec<Weak<Inner>>>,
}

impl Cancel {
    /// Ends the run, for this reason. Only the first call counts.
    pub fn cancel(&self, reason: Error) {
        if self.0.reason.set(reason.clone()).is_err() {
            return;
        }
        let linked = std::mem::take(&mut *self.linked());
        linked.iter().filter_map(Weak::upgrade).for_each(|it| Self(it).cancel(reason.clone()));
        let hooks = std::mem::take(&mut *self.hooks());
        hooks.into_iter().for_each(|hook| hook());
        // Last: a call that is woken by it may be in a `pcall`, and what ends the script's own code has to be there by
        // then.
        self.0.token.cancel();
    }

    /// Why the run was ended; none while it may go on.
    pub fn reason(&self) -> Option<&Error> {
        self.0.reason.get()
    }

    /// Waits until the run is ended, and gives the reason.
    pub async fn cancelled(&self) -> Error {
        self.0.token.cancelled().await;
        let unnamed = || Error::new(ErrorKind::Cancelled, "the run was cancelled");
        self.reason().cloned().unwrap_or_else(unnamed)
    }

    /// Has `other` end with this one, at once where this one has ended.
    pub(crate) fn link(&self, other: &Self) {
        let mut linked = self.linked();
        if let Some(reason) = self.reason() {
            drop(linked);
            return other.cancel(reason.clone());
        }
        // A run of many handlers is not to remember those that are over.
        if linked.len().is_power_of_two() {
            linked.retain(|it| it.strong_count() > 0);
        }
        linked.push(Arc::downgrade(&other.0));
    }

    /// Has `hook` called, once, when the run is ended: from the thread that ends it, at once where
    /// that has already happened.
    pub fn on_cancel(&self, hook: impl FnOnce() + Send + 'static) {
        let mut hooks = self.hooks();
        if self.reason().is_none() {
            hooks.push(Box::new(hook));
            return;
        }
        drop(hooks);
        hook();
    }

    fn linked(&self) -> std::sync::MutexGuard<'_, Vec<Weak<Inner>>> {
        self.0.linked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hooks(&self) -> std::sync::MutexGuard<'_, Vec<Hook>> {
        self.0.hooks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Cancel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cancel").field("reason", &self.reason()).finish()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_hook_runs_once_whether_it_came_before_or_after() {
        let calls = Arc::new(AtomicUsize::new(0));
        let count = || {
            let calls = Arc::clone(&calls);
            move || {
                calls.fetch_add(1, Ordering::SeqCst);
            }
        };
        let cancel = Cancel::default();
        cancel.on_cancel(count());
        cancel.cancel(Error::new(ErrorKind::Cancelled, "first"));
        cancel.cancel(Error::new(ErrorKind::Limit, "second"));
        cancel.on_cancel(count());
        assert_eq!(calls.load(Ordering::SeqCst), 2);
        assert_eq!(cancel.reason().unwrap().message, "first");
    }

    #[test]
    fn a_call_is_woken_when_the_hooks_are_done() {
        let cancel = Cancel::default();
        let (waiting, woken) = (cancel.clone(), Arc::new(AtomicUsize::new(9)));
        let seen = Arc::clone(&woken);
        cancel.on_cancel(move || {
            let is_woken = waiting.cancelled().now_or_never().is_some();
            seen.store(usize::from(is_woken), Ordering::SeqCst);
        });
        cancel.cancel(Error::new(ErrorKind::Cancelled, "now"));
        assert_eq!(woken.load(Ordering::SeqCst), 0);
        assert!(cancel.cancelled().now_or_never().is_some());
    }

    #[test]
    fn linked_ones_end_with_it_and_not_the_other_way_round() {
        let (run, early, late) = (Cancel::default(), Cancel::default(), Cancel::default());
        run.link(&early);
        early.cancel(Error::new(ErrorKind::Limit, "its own time"));
        assert!(run.reason().is_none());
        run.cancel(Error::new(ErrorKind::Cancelled, "all"));
        run.link(&late);
        assert_eq!(early.reason().unwrap().message, "its own time");
        assert_eq!(late.reason().unwrap().message, "all");
    }
}
