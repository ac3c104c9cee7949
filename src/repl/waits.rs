//! Long waits of calls, told while somebody looks on.

use std::time::{Duration, Instant};

use crate::client::Wait;

/// Nobody wonders about a shorter wait.
const PATIENCE: Duration = Duration::from_secs(2);

/// What was told of waits.
#[derive(Debug, Default)]
pub(super) struct Waits {
    /// Until when it was said that calls wait.
    told_until: Option<Instant>,
}

impl Waits {
    /// What to say of a wait: of a long one, that goes on beyond those that were told of. Many calls wait at
    /// once.
    pub(super) fn told(&mut self, wait: &Wait, now: Instant) -> Option<String> {
        let until = now.checked_add(wait.time)?;
        let is_known = self.told_until.is_some_and(|told| until < told + PATIENCE);
        if wait.time < PATIENCE || is_known {
            return None;
        }
        self.told_until = Some(until);
        Some(in_words(wait))
    }
}

/// `the API asks to wait 12 s (429); Ctrl-C ends it`
fn in_words(wait: &Wait) -> String {
    let seconds = wait.time.as_millis().div_ceil(1_000);
    let what = match wait.asked {
        true => format!("the API asks to wait {seconds} s"),
        false => format!("the call is tried again in {seconds} s"),
    };
    let status = wait.status.map(|status| format!(" ({status})")).unwrap_or_default();
    format!("{what}{status}; Ctrl-C ends it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_that_wait_for_the_same_are_told_once_and_short_waits_never() {
        let (mut waits, now) = (Waits::default(), Instant::now());
        let wait = |milliseconds, asked: bool| Wait {
            time: Duration::from_millis(milliseconds),
            status: asked.then_some(429),
            asked,
        };
        assert_eq!(waits.told(&wait(1_900, true), now), None);
        let told = waits.told(&wait(11_100, true), now);
        assert_eq!(told.as_deref(), Some("the API asks to wait 12 s (429); Ctrl-C ends it"));
        assert_eq!(waits.told(&wait(12_000, true), now), None);
        let told = waits.told(&wait(20_000, false), now);
        assert_eq!(told.as_deref(), Some("the call is tried again in 20 s; Ctrl-C ends it"));
    }
}
