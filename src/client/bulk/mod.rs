//! Many calls at once: so many under way and no more, an outcome for each item, and a clear end where
//! going on would be wrong.

mod call;
mod turns;

use std::sync::{Arc, OnceLock};

use futures_util::{Stream, StreamExt, stream};

pub use self::call::BulkCall;
pub(crate) use self::turns::Turns;
use crate::{Error, ErrorKind, Result};

/// How a bulk call works through its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BulkOptions {
    /// The most items that are under way at once.
    pub(crate) concurrency: usize,
    /// True where no further item is begun once one has failed.
    pub(crate) stop_on_error: bool,
}

impl Default for BulkOptions {
    fn default() -> Self {
        Self { concurrency: 8, stop_on_error: false }
    }
}

/// Why no further item is begun; nothing as long as they are.
#[derive(Debug, Default)]
pub(crate) struct Halt(OnceLock<&'static str>);

impl Halt {
    /// Lets no further item begin, for this reason. Only the first call counts.
    pub(crate) fn stop(&self, reason: &'static str) {
        let _ = self.0.set(reason);
    }

    /// The outcome of an item that is not begun any more.
    pub(crate) fn not_attempted(&self) -> Option<Error> {
        let reason = self.0.get()?;
        Some(Error::new(ErrorKind::Cancelled, format!("not attempted: {reason}")))
    }

    /// Stops where this failure says that going on is of no use, or is not wanted.
    fn judge(&self, error: &Error, options: BulkOptions) {
        if error.kind == ErrorKind::Unauthorized {
            self.stop("the API refused the key at an earlier item");
        } else if options.stop_on_error {
            self.stop("an earlier item failed");
        }
    }
}

/// What an item changes, by name; items that change the same go one after another.
pub(crate) type Subject<I> = fn(&I) -> Option<&str>;

/// The outcome of each item with the item's place, as they come. An item is begun when the one before
/// it has been and fewer than `concurrency` are under way; what is under way when the others are
/// stopped goes on to its end.
pub(crate) fn outcomes<'a, I, T, F>(
    items: impl Iterator<Item = I> + Send + 'a,
    options: BulkOptions,
    halt: &'a Halt,
    subject: Subject<I>,
    work: impl Fn(I) -> F + Send + Sync + 'a,
) -> impl Stream<Item = (usize, Result<T>)> + Send + 'a
where
    I: Send + Sync + 'a,
    T: Send + 'a,
    F: Future<Output = Result<T>> + Send + 'a,
{
    let shared = Arc::new((work, Turns::default()));
    let attempts = items.enumerate().map(move |(place, item)| {
        let shared = Arc::clone(&shared);
        async move {
            let (work, turns) = &*shared;
            let _turn = match subject(&item) {
                Some(name) => Some(turns.take(name).await),
                None => None,
            };
            if let Some(error) = halt.not_attempted() {
                return (place, Err(error));
            }
            let result = work(item).await;
            if let Err(error) = &result {
                halt.judge(error, options);
            }
            (place, result)
        }
    });
    stream::iter(attempts).buffer_unordered(options.concurrency)
}

/// The outcome of every item, in the items' order. `told` hears after each how many are done.
pub(crate) async fn all<I: Send + Sync, T: Send, F>(
    items: Vec<I>,
    options: BulkOptions,
    subject: Subject<I>,
    work: impl Fn(I) -> F + Send + Sync,
    told: impl Fn(u64),
) -> Vec<Result<T>>
where
    F: Future<Output = Result<T>> + Send,
{
    let (count, halt) = (items.len(), Halt::default());
    let mut outcomes = std::pin::pin!(outcomes(items.into_iter(), options, &halt, subject, work));
    let mut done: Vec<Option<Result<T>>> = std::iter::repeat_with(|| None).take(count).collect();
    let mut number = 0;
    while let Some((place, result)) = outcomes.next().await {
        if let Some(slot) = done.get_mut(place) {
            *slot = Some(result);
        }
        number += 1;
        told(number);
    }
    done.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

    #[tokio::test]
    async fn no_more_than_allowed_are_under_way_and_the_outcomes_keep_the_order() {
        let (under_way, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (under_way, most) = (&under_way, &most);
        let work = |item: u64| async move {
            most.fetch_max(under_way.fetch_add(1, SeqCst) + 1, SeqCst);
            // The later an item, the sooner it is done.
            for _ in item..40 {
                tokio::task::yield_now().await;
            }
            under_way.fetch_sub(1, SeqCst);
            Ok(item)
        };
        let options = BulkOptions { concurrency: 5, stop_on_error: false };
        let outcomes = all((0..40).collect(), options, |_| None, work, |_| ()).await;
        let given: Vec<_> = outcomes.into_iter().map(|outcome| outcome.unwrap()).collect();
        assert_eq!((given, most.load(SeqCst)), ((0..40).collect(), 5));
    }

    #[tokio::test]
    async fn a_failure_stops_those_that_are_not_begun_only_where_it_should() {
        let begun = &AtomicUsize::new(0);
        for (kind, stop_on_error, expected) in [
            (ErrorKind::Invalid, false, 9),
            (ErrorKind::Invalid, true, 3),
            (ErrorKind::Unauthorized, false, 3),
        ] {
            begun.store(0, SeqCst);
            let work = |item: usize| async move {
                begun.fetch_add(1, SeqCst);
                if item == 2 { Err(Error::new(kind, "no")) } else { Ok(()) }
            };
            let options = BulkOptions { concurrency: 1, stop_on_error };
            let outcomes = all((0..9).collect(), options, |_| None, work, |_| ()).await;
            assert_eq!((begun.load(SeqCst), outcomes.len()), (expected, 9));
            let last = outcomes.last().unwrap().as_ref().err();
            assert_eq!(last.is_some_and(|e| e.kind == ErrorKind::Cancelled), expected == 3);
        }
    }

    #[tokio::test]
    async fn changes_of_the_same_thing_keep_their_order() {
        let log = &std::sync::Mutex::new(Vec::new());
        let work = |item: String| async move {
            // The first is the slowest.
            for _ in 0..(3 - item.len()) * 10 {
                tokio::task::yield_now().await;
            }
            log.lock().unwrap().push(item.len());
            Ok(())
        };
        let items = ["a", "aa", "aaa"].map(str::to_owned).to_vec();
        all(items.clone(), BulkOptions::default(), |item| item.get(..1), work, |_| ()).await;
        assert_eq!(*log.lock().unwrap(), [1, 2, 3]);
        log.lock().unwrap().clear();
        all(items, BulkOptions::default(), |_| None, work, |_| ()).await;
        assert_eq!(*log.lock().unwrap(), [3, 2, 1]);
    }
}
