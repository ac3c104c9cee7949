//! The rate limit: a bucket that refills with the system's time, for that is what clients wait by.

use std::time::Instant;

/// A token bucket.
#[derive(Debug, Default)]
pub(crate) struct RateLimiter {
    /// Tokens left, and when they were counted.
    bucket: Option<(f64, Instant)>,
}

impl RateLimiter {
    /// Takes a token, or says in how many seconds there will be one.
    pub(crate) fn take(&mut self, per_second: Option<f64>) -> Result<(), u64> {
        let Some(rate) = per_second else { return Ok(()) };
        let now = Instant::now();
        let burst = rate.max(1.0);
        let (left, counted) = self.bucket.unwrap_or((burst, now));
        let tokens = (left + now.duration_since(counted).as_secs_f64() * rate).min(burst);
        if tokens < 1.0 {
            self.bucket = Some((tokens, now));
            return Err(((1.0 - tokens) / rate).ceil() as u64);
        }
        self.bucket = Some((tokens - 1.0, now));
        Ok(())
    }
}
