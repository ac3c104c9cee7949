//! What a daemon counts.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::client::{Exchange, Observer};

/// Counters by their labels, in order.
pub(super) type Counts = BTreeMap<Vec<String>, u64>;

/// What a daemon counts since it began.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    polls: Mutex<Counts>,
    attempts: Mutex<Counts>,
    runs: Mutex<Counts>,
    misfires: Mutex<Counts>,
    requests: Mutex<Counts>,
}

impl Metrics {
    /// A poll of a watch ended so: `ok`, or the kind of its error.
    pub(super) fn polled(&self, watch: &str, result: &str) {
        add(&self.polls, &[watch, result], 1);
    }

    /// An attempt at an event of a watch ended so.
    pub(super) fn attempted(&self, watch: &str, outcome: &str) {
        add(&self.attempts, &[watch, outcome], 1);
    }

    /// A run of a schedule ended so.
    pub(super) fn ran(&self, schedule: &str, outcome: &str) {
        add(&self.runs, &[schedule, outcome], 1);
    }

    /// Due times of a schedule were missed, or passed over.
    pub(super) fn misfired(&self, schedule: &str, count: u64) {
        add(&self.misfires, &[schedule], count);
    }
}

impl Observer for Metrics {
    fn exchanged(&self, exchange: &Exchange) {
        let status = match (exchange.status, exchange.failure) {
            (Some(status), _) => status.to_string(),
            (None, Some(failure)) => failure.as_str().to_owned(),
            (None, None) => "none".to_owned(),
        };
        add(&self.requests, &[exchange.method, &status], 1);
    }
}

fn add(counts: &Mutex<Counts>, labels: &[&str], count: u64) {
    let labels = labels.iter().map(|&label| label.to_owned()).collect();
    *lock(counts).entry(labels).or_default() += count;
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
