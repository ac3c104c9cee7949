//! What a thread of a script will answer, and its end from outside: by its time, by a cancel, or because
//! nobody waits for it any more.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use crate::api::Cancel;
use crate::engine::ScriptFailure;
use crate::runtime::{GRACE, crashed};
use crate::{Error, ErrorKind};

type Answer<T> = Result<T, ScriptFailure>;

/// Where the answer is given. The first one counts.
#[derive(Debug)]
pub(super) struct Giver<T>(Arc<Place<T>>);

#[derive(Debug)]
struct Place<T> {
    sender: Mutex<Option<oneshot::Sender<Answer<T>>>>,
    /// Set once the script is doing the work.
    has_begun: AtomicBool,
}

/// The answer that is to come. Whoever drops it before cancels the work.
#[derive(Debug)]
pub(super) struct Awaited<T> {
    answer: oneshot::Receiver<Answer<T>>,
    cancel: Cancel,
    is_over: bool,
}

/// Ends the work after its time, until this is dropped.
#[derive(Debug)]
pub(super) struct Deadline(AbortHandle);

/// Both ends of an answer to work that this ends.
pub(super) fn answer<T>(cancel: &Cancel) -> (Giver<T>, Awaited<T>) {
    let (give, answer) = oneshot::channel();
    let awaited = Awaited { answer, cancel: cancel.clone(), is_over: false };
    let place = Place { sender: Mutex::new(Some(give)), has_begun: AtomicBool::new(false) };
    (Giver(Arc::new(place)), awaited)
}

impl<T> Giver<T> {
    /// The script begins the work.
    pub(super) fn begin(&self) {
        self.0.has_begun.store(true, Ordering::SeqCst);
    }

    /// False where nobody waits for it.
    pub(super) fn give(&self, answer: Answer<T>) -> bool {
        self.0.give(answer)
    }

    /// Ends the work after its time, which begins now. Where the thread does not stop then, nor at a
    /// cancel, it is left behind, and the reason is the answer; at once where the work had not begun.
    pub(super) fn limit(
        &self,
        runtime: &Handle,
        cancel: &Cancel,
        time: Option<Duration>,
    ) -> Deadline
    where
        T: Send + 'static,
    {
        let (cancel, answer) = (cancel.clone(), Arc::downgrade(&self.0));
        Deadline(runtime.spawn(end(cancel, time, answer)).abort_handle())
    }
}

async fn end<T>(cancel: Cancel, time: Option<Duration>, place: Weak<Place<T>>) {
    let over = async {
        match time {
            Some(time) => tokio::time::sleep(time).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = cancel.cancelled() => {}
        () = over => cancel.cancel(too_long(time.unwrap_or_default())),
    }
    let reason = cancel.cancelled().await;
    let has_begun = |place: &Weak<Place<T>>| {
        place.upgrade().is_some_and(|place| place.has_begun.load(Ordering::SeqCst))
    };
    let mut answer = reason.clone();
    if has_begun(&place) {
        tokio::time::sleep(GRACE).await;
        answer = reason.within("the script did not stop and was left behind");
    }
    if let Some(place) = place.upgrade() {
        place.give(Err(ScriptFailure::of(answer)));
    }
}

impl<T> Place<T> {
    fn give(&self, answer: Answer<T>) -> bool {
        let sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner).take();
        sender.is_some_and(|sender| sender.send(answer).is_ok())
    }
}

fn too_long(time: Duration) -> Error {
    let time = time.as_secs_f64();
    Error::new(ErrorKind::Limit, format!("the script ran longer than its {time} s"))
        .with_hint("allow the run more time")
}

impl<T> Future for Awaited<T> {
    type Output = Answer<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let polled = Pin::new(&mut self.answer).poll(context);
        polled.map(|answer| {
            self.is_over = true;
            answer.unwrap_or_else(|_| Err(crashed()))
        })
    }
}

impl<T> Drop for Awaited<T> {
    fn drop(&mut self) {
        if !self.is_over {
            let reason =
                Error::new(ErrorKind::Cancelled, "the program did not wait for the script");
            self.cancel.cancel(reason);
        }
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        self.0.abort();
    }
}
