//! What becomes of an event after its handler failed, and how long things wait.

use std::time::Duration;

use jiff::Timestamp;

use super::{OnError, WatchDefinition};
use crate::store::AttemptEnd;

/// The wait before the second attempt at an event.
const FIRST: Duration = Duration::from_secs(1);
/// How much longer each further wait is.
const FACTOR: u32 = 4;
/// No wait is longer.
const LONGEST: Duration = Duration::from_secs(3_600);
/// A watch whose polls fail waits no longer than this.
const LONGEST_POLL: Duration = Duration::from_secs(900);
/// How much of a wait is left to chance, on either side.
const CHANCE: f64 = 0.2;

/// What happens to an event, and to its watch, after an attempt failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What becomes of the event.
    pub event: AttemptEnd,
    /// True where the watch stands still from now on.
    pub stops_watch: bool,
}

/// What becomes of an event whose attempt number `attempt` (from 1) failed at `now`. `chance` is a random
/// number from 0 to 1.
pub fn after_failure(
    definition: &WatchDefinition,
    attempt: u32,
    now: Timestamp,
    chance: f64,
) -> Verdict {
    let stops_watch = definition.on_error == OnError::Stop;
    let event = match definition.on_error {
        OnError::Skip => AttemptEnd::Dropped,
        OnError::Dead => AttemptEnd::Dead,
        OnError::Stop => AttemptEnd::Retry(now),
        OnError::Retry if attempt >= definition.max_attempts => AttemptEnd::Dead,
        OnError::Retry => {
            let wait = backoff(attempt, chance);
            AttemptEnd::Retry(now.checked_add(wait).unwrap_or(Timestamp::MAX))
        }
    };
    Verdict { event, stops_watch }
}

/// The wait after attempt number `attempt` (from 1): 1 s, 4 s, 16 s and so on, at most an hour, a fifth
/// more or less. `chance` is a random number from 0 to 1.
pub fn backoff(attempt: u32, chance: f64) -> Duration {
    let wait = FACTOR
        .checked_pow(attempt.saturating_sub(1))
        .and_then(|factor| FIRST.checked_mul(factor))
        .map_or(LONGEST, |wait| wait.min(LONGEST));
    wait.mul_f64(1.0 - CHANCE + 2.0 * CHANCE * chance.clamp(0.0, 1.0))
}

/// The wait after so many failed polls in a row: the watch's own pace, doubled with each, at most a
/// quarter of an hour or the pace itself where that is longer.
pub fn poll_backoff(every: Duration, failures: u32, chance: f64) -> Duration {
    if failures == 0 {
        return every;
    }
    let doubled = every.saturating_mul(1 << failures.min(16));
    let wait = doubled.min(LONGEST_POLL.max(every));
    wait.mul_f64(1.0 - CHANCE * chance.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::watch::WatchKind;

    fn definition(on_error: OnError) -> WatchDefinition {
        WatchDefinition { on_error, max_attempts: 3, ..WatchDefinition::new(WatchKind::New, "w") }
    }

    #[test]
    fn attempts_are_used_up_and_then_the_event_is_dead() {
        let after = |attempt| {
            after_failure(&definition(OnError::Retry), attempt, Timestamp::UNIX_EPOCH, 0.5).event
        };
        let second = |second| AttemptEnd::Retry(Timestamp::from_second(second).unwrap());
        assert_eq!([after(1), after(2), after(3)], [second(1), second(4), AttemptEnd::Dead]);
    }

    #[test]
    fn each_policy_does_what_it_says() {
        for (on_error, event, stops_watch) in [
            (OnError::Skip, AttemptEnd::Dropped, false),
            (OnError::Dead, AttemptEnd::Dead, false),
            (OnError::Stop, AttemptEnd::Retry(Timestamp::UNIX_EPOCH), true),
        ] {
            let verdict = after_failure(&definition(on_error), 1, Timestamp::UNIX_EPOCH, 0.5);
            assert_eq!(verdict, Verdict { event, stops_watch });
        }
    }

    proptest! {
        #[test]
        fn waits_grow_within_their_bounds(attempt in 1_u32..200, chance in 0.0_f64..1.0) {
            let wait = backoff(attempt, chance);
            prop_assert!(wait >= Duration::from_millis(800) && wait <= Duration::from_secs(4_320));
            prop_assert!(backoff(attempt + 1, chance) >= wait);
            let every = Duration::from_secs(60);
            let poll = poll_backoff(every, attempt, chance);
            prop_assert!(poll >= Duration::from_secs(48) && poll <= LONGEST_POLL);
        }
    }
}
