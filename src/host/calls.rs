//! The exchanges of one run with the API, kept as they happen.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::client::{Exchange, Observer};

/// Exchanges that are kept of one run; a run of days is not to fill the memory.
const MOST: usize = 10_000;

/// The exchanges of one run, the first ones where there are too many.
#[derive(Debug, Default)]
pub(super) struct Calls(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    exchanges: Vec<Exchange>,
    left_out: u64,
}

impl Calls {
    /// What was kept so far, and how many were not.
    pub(super) fn take(&self) -> (Vec<Exchange>, u64) {
        let Kept { exchanges, left_out } = std::mem::take(&mut *self.lock());
        (exchanges, left_out)
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for Calls {
    fn exchanged(&self, exchange: &Exchange) {
        let mut kept = self.lock();
        match kept.exchanges.len() < MOST {
            true => kept.exchanges.push(exchange.clone()),
            false => kept.left_out += 1,
        }
    }
}
