//! What a cycle has to do, from what the watch knows and what time it is.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Cursor, From, Sweep, WatchDefinition, WatchKind};

/// What a cycle does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// The first one: the complete list, and where the watch begins.
    Begin,
    /// The first one of a new generation: the complete list, from the old mark on.
    BeginAgain,
    /// The complete list, from where somebody moved the watch on purpose.
    Rewind(From),
    /// The complete list.
    Sweep,
    /// What was created or updated lately.
    Poll,
    /// Nothing: only the complete list would tell, and its time has not come.
    Rest,
}

/// Where the complete list is the only way to see what the watch is about, it may take this share of the
/// time; where it is a safety net, the other.
const SHARE_OF_ONLY_WAY: u32 = 20;
const SHARE_OF_NET: u32 = 100;
/// However short it takes or long, it is gone through no more and no less often than this.
const ONLY_WAY_AT_LEAST: Duration = Duration::from_secs(3_600);
/// A small account's list is a few requests: among so many polls it does not weigh.
const NET_IN_POLLS: u32 = 5;
const NET_IN_RUNS: Duration = Duration::from_secs(60);
const NET_AT_MOST: Duration = Duration::from_secs(600);
const NET_AT_LEAST: Duration = Duration::from_secs(86_400);
/// A clock that went back so far says nothing of how long ago something was.
const WENT_BACK: SignedDuration = SignedDuration::from_mins(10);

/// What the cycle at `now` (the server's clock) has to do. `every` is how often cycles come; zero where
/// somebody else decides that.
pub(crate) fn task(
    definition: &WatchDefinition,
    cursor: Option<&Cursor>,
    generation: u32,
    every: Duration,
    now: Timestamp,
) -> Task {
    let Some(cursor) = cursor else { return Task::Begin };
    if let Some(from) = cursor.rewind {
        return Task::Rewind(from);
    }
    if cursor.beginning.is_some() {
        return Task::Begin;
    }
    if cursor.generation != generation {
        return Task::BeginAgain;
    }
    let since = now.duration_since(cursor.sweep_failed.unwrap_or(cursor.swept));
    let due = interval(definition, cursor, every).is_some_and(|interval| {
        since < -WENT_BACK || since >= SignedDuration::try_from(interval).unwrap_or_default()
    });
    match definition.kind {
        _ if due => Task::Sweep,
        WatchKind::Deleted => Task::Rest,
        _ => Task::Poll,
    }
}

/// How often the complete list is gone through; none for never again.
pub(crate) fn interval(
    definition: &WatchDefinition,
    cursor: &Cursor,
    every: Duration,
) -> Option<Duration> {
    let only_way = match definition.kind {
        WatchKind::New => false,
        WatchKind::Updated => !cursor.reading.finds(),
        WatchKind::Deleted => true,
    };
    match definition.sweep {
        Sweep::Never => None,
        Sweep::Every(interval) => Some(interval),
        Sweep::Auto if only_way => {
            let share = cursor.sweep_took.saturating_mul(SHARE_OF_ONLY_WAY);
            Some(share.clamp(every.min(ONLY_WAY_AT_LEAST), ONLY_WAY_AT_LEAST))
        }
        Sweep::Auto => {
            let share = cursor.sweep_took.saturating_mul(SHARE_OF_NET);
            let least = every.saturating_mul(NET_IN_POLLS).clamp(NET_IN_RUNS, NET_AT_MOST);
            Some(share.clamp(least, NET_AT_LEAST))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::watch::Reading;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).unwrap()
    }

    fn cursor(reading: Reading, took: u64) -> Cursor {
        Cursor { reading, sweep_took: Duration::from_secs(took), ..Cursor::begin(1, at(0)) }
    }

    #[test]
    fn the_only_way_is_taken_often_and_the_safety_net_seldom() {
        let definition = WatchDefinition::new(WatchKind::Updated, "w");
        let minute = Duration::from_secs(60);
        let at = |reading, took, second| {
            task(&definition, Some(&cursor(reading, took)), 1, minute, at(second))
        };
        assert_eq!(at(Reading::Ignored, 1, 59), Task::Poll);
        assert_eq!(at(Reading::Ignored, 1, 60), Task::Sweep);
        assert_eq!(at(Reading::Ignored, 30, 599), Task::Poll);
        assert_eq!(at(Reading::Ignored, 30, 600), Task::Sweep);
        assert_eq!(at(Reading::ThatDay, 30, 2_999), Task::Poll);
        assert_eq!(at(Reading::ThatDay, 30, 3_000), Task::Sweep);
        assert_eq!(at(Reading::ThatDay, 30, -700), Task::Sweep);
    }

    #[test]
    fn a_watch_begins_once_and_again_where_its_definition_changed() {
        let definition = WatchDefinition::new(WatchKind::New, "w");
        let cursor = cursor(Reading::Unknown, 1);
        let of = |cursor, generation| task(&definition, cursor, generation, Duration::ZERO, at(1));
        assert_eq!(of(None, 1), Task::Begin);
        assert_eq!(of(Some(&cursor), 2), Task::BeginAgain);
        assert_eq!(of(Some(&cursor), 1), Task::Poll);
    }

    #[test]
    fn a_watch_of_deletions_rests_between_its_sweeps() {
        let definition = WatchDefinition::new(WatchKind::Deleted, "w");
        let cursor = cursor(Reading::Unknown, 3);
        let of = |second| task(&definition, Some(&cursor), 1, Duration::ZERO, at(second));
        assert_eq!((of(59), of(60)), (Task::Rest, Task::Sweep));
    }

    fn kind() -> impl Strategy<Value = WatchKind> {
        prop_oneof![Just(WatchKind::New), Just(WatchKind::Updated), Just(WatchKind::Deleted)]
    }

    proptest! {
        #[test]
        fn by_itself_a_watch_sweeps_within_its_share_of_the_time_and_its_bounds(
            kind in kind(), finds in any::<bool>(), took in 0..100_000_u64, every in 0..10_000_u64
        ) {
            let reading = if finds { Reading::SinceDay } else { Reading::Ignored };
            let cursor = cursor(reading, took);
            let definition = WatchDefinition::new(kind, "w");
            let every = Duration::from_secs(every);
            let interval = interval(&definition, &cursor, every).unwrap().as_secs();
            prop_assert!(interval <= 86_400);
            prop_assert!(interval >= (took * 20).min(3_600));
            prop_assert!(interval >= every.as_secs().min(600));
        }

        #[test]
        fn what_is_due_stays_due_and_a_watch_rests_only_where_polls_tell_nothing(
            kind in kind(), took in 0..10_000_u64, at_first in 0..100_000_i64, later in 0..100_000_i64
        ) {
            let (definition, cursor) = (WatchDefinition::new(kind, "w"), cursor(Reading::ThatDay, took));
            let at = |second| task(&definition, Some(&cursor), 1, Duration::ZERO, at(second));
            let (first, second) = (at(at_first), at(at_first + later));
            prop_assert!(first != Task::Sweep || second == Task::Sweep);
            prop_assert_eq!(first == Task::Rest, kind == WatchKind::Deleted && first != Task::Sweep);
        }
    }

    #[test]
    fn a_failed_sweep_waits_for_its_next_time_and_a_move_for_nothing() {
        let definition = WatchDefinition::new(WatchKind::New, "w");
        let failed = Cursor { sweep_failed: Some(at(700)), ..cursor(Reading::Unknown, 1) };
        let of = |cursor: &Cursor, second| {
            task(&definition, Some(cursor), 1, Duration::from_secs(120), at(second))
        };
        assert_eq!((of(&failed, 1_299), of(&failed, 1_300)), (Task::Poll, Task::Sweep));
        let moved = Cursor { rewind: Some(From::Beginning), ..failed };
        assert_eq!(of(&moved, 701), Task::Rewind(From::Beginning));
    }
}
