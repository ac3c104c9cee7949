//! When to try again, and after how long. Pure: no clock, no randomness of its own.
//!
//! The shape follows the AWS SDKs' standard mode: full-jitter exponential backoff, and a token
//! bucket that stops retries from multiplying the load on a service that is down.

use std::sync::Mutex;
use std::time::Duration;

/// How often and how patiently a call is tried again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetryPolicy {
    /// The most times one call is sent, the first included.
    pub max_attempts: u32,
    /// The same where every attempt was answered with 429: patience pays there.
    pub max_throttled: u32,
    /// The upper bound of the first wait; it doubles with each further one.
    pub base: Duration,
    /// The upper bound that the doubling stops at.
    pub cap: Duration,
}

impl Default for RetryPolicy {
    /// Five attempts with waits of up to 0.25, 0.5, 1 and 2 seconds; eight of a call that is throttled.
    fn default() -> Self {
        Self {
            max_attempts: 5,
            max_throttled: 8,
            base: Duration::from_millis(250),
            cap: Duration::from_secs(20),
        }
    }
}

impl RetryPolicy {
    /// The wait before attempt `attempt + 1`, where `attempt` were made and `random` is in `[0, 1)`.
    pub fn delay(&self, attempt: u32, random: f64) -> Duration {
        let doubled = self.base.saturating_mul(1 << attempt.saturating_sub(1).min(16));
        doubled.min(self.cap).mul_f64(random)
    }
}

/// Why an attempt failed, as far as trying again is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The request never reached the API.
    NotSent,
    /// The API refused to process it for now (429, 503).
    Refused,
    /// The API failed, or the answer was lost or spoilt on the way; it may have been processed.
    Unknown,
    /// No answer in time; it may have been processed.
    TimedOut,
    /// An answer that will not change.
    Final,
}

impl Failure {
    /// True where the call can be sent again without the risk of doing it twice.
    pub(crate) fn may_repeat(self, idempotent: bool) -> bool {
        match self {
            Self::NotSent | Self::Refused => true,
            Self::Unknown | Self::TimedOut => idempotent,
            Self::Final => false,
        }
    }
}

/// The tokens that retries cost. All calls of a client share one bucket.
#[derive(Debug)]
pub(crate) struct RetryBudget(Mutex<f64>);

impl RetryBudget {
    const CAPACITY: f64 = 500.0;

    pub(crate) fn new() -> Self {
        Self(Mutex::new(Self::CAPACITY))
    }

    /// Pays for one retry; false where the bucket has not enough left.
    pub(crate) fn pay(&self, failure: Failure) -> bool {
        let price = if failure == Failure::TimedOut { 10.0 } else { 5.0 };
        let mut tokens = lock(&self.0);
        let enough = *tokens >= price;
        if enough {
            *tokens -= price;
        }
        enough
    }

    /// Each good answer gives a token back.
    pub(crate) fn refund(&self) {
        let mut tokens = lock(&self.0);
        *tokens = (*tokens + 1.0).min(Self::CAPACITY);
    }
}

/// A poisoned lock is taken all the same: a counter has no half-written state.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_wait_never_exceeds_its_bound(attempt in 1_u32..60, random in 0.0..1.0_f64) {
            let policy = RetryPolicy::default();
            prop_assert!(policy.delay(attempt, random) <= policy.cap);
            prop_assert!(policy.delay(1, random) <= policy.base);
        }
    }

    #[test]
    fn an_empty_budget_stops_retries_until_calls_succeed() {
        let budget = RetryBudget::new();
        let paid = (0..1_000).filter(|_| budget.pay(Failure::Unknown)).count();
        assert_eq!(paid, 100);
        (0..5).for_each(|_| budget.refund());
        assert!(budget.pay(Failure::Unknown) && !budget.pay(Failure::Unknown));
    }

    #[test]
    fn a_create_is_repeated_only_where_it_surely_was_not_processed() {
        assert!(Failure::NotSent.may_repeat(false) && Failure::Refused.may_repeat(false));
        assert!(!Failure::Unknown.may_repeat(false) && !Failure::TimedOut.may_repeat(false));
        assert!(Failure::Unknown.may_repeat(true) && !Failure::Final.may_repeat(true));
    }
}
