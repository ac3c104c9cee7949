//! How a daemon stands, for those who ask from outside.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::script::Served;
use crate::api::Registration;
use crate::store::Store;

/// The main loop looks after everything twice a second; one that did not for so long hangs.
const STUCK: Duration = Duration::from_secs(15);

/// How a daemon stands.
#[derive(Debug, Default)]
pub(super) struct Standing(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    phase: Phase,
    /// The ids of the watches that scripts have registered.
    watches: HashSet<String>,
    loaded: u64,
    /// Scripts whose last load failed; each with whether an earlier version goes on.
    failing: Vec<(String, bool)>,
}

#[derive(Debug, Default, Clone, Copy)]
enum Phase {
    /// The scripts are being loaded for the first time.
    #[default]
    Loading,
    /// The main loop was last seen then.
    Keeping(Instant),
    Stopping,
}

impl Standing {
    /// The main loop came by.
    pub(super) fn note(&self, scripts: &[Served]) {
        let is_watch = |it: &&Registration| it.noun() == "watch";
        let registered = scripts.iter().flat_map(Served::registrations).filter(is_watch);
        let failing = scripts.iter().filter(|script| script.is_failing());
        *self.seen() = Seen {
            phase: Phase::Keeping(Instant::now()),
            watches: registered.map(|watch| watch.id().to_owned()).collect(),
            loaded: scripts.iter().filter(|script| !script.is_down()).count() as u64,
            failing: failing.map(|it| (it.path.display().to_string(), !it.is_down())).collect(),
        };
    }

    /// The daemon lets what runs come to its end.
    pub(super) fn stopping(&self) {
        self.seen().phase = Phase::Stopping;
    }

    /// True where the main loop does its work, or has come to its end as it should.
    pub(super) fn is_alive(&self, now: Instant) -> bool {
        !matches!(self.seen().phase, Phase::Keeping(at) if now.duration_since(at) > STUCK)
    }

    /// Why the daemon does not do all that it is for; none where it does.
    pub(super) fn reasons(&self, store: &dyn Store) -> Vec<String> {
        let seen = self.seen();
        match seen.phase {
            Phase::Loading => return vec!["the scripts are being loaded".into()],
            Phase::Stopping => return vec!["the daemon stops".into()],
            Phase::Keeping(_) => {}
        }
        let down = seen.failing.iter().filter(|(_, goes_on)| !goes_on);
        let mut reasons: Vec<_> =
            down.map(|(path, _)| format!("{path} cannot be loaded; the log says why")).collect();
        let refused = |id: &&String| {
            let watch = store.watch(id).ok().flatten();
            watch.and_then(|watch| watch.pause).is_some_and(|pause| pause.until_restart)
        };
        let mut refused: Vec<_> = seen.watches.iter().filter(refused).collect();
        refused.sort();
        reasons.extend(
            refused
                .iter()
                .map(|id| format!("the watch {id} stands still until the API key is mended")),
        );
        reasons
    }

    /// True for a watch that a script has registered now.
    pub(super) fn keeps_watch(&self, id: &str) -> bool {
        self.seen().watches.contains(id)
    }

    /// How many scripts run, and of how many the last load failed.
    pub(super) fn scripts(&self) -> (u64, u64) {
        let seen = self.seen();
        (seen.loaded, seen.failing.len() as u64)
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_main_loop_that_did_not_come_by_for_long_is_stuck_unless_it_came_to_its_end() {
        let standing = Standing::default();
        let now = Instant::now();
        let later = now + STUCK * 2;
        assert!(standing.is_alive(later), "scripts may take long to load");
        standing.note(&[]);
        assert!(standing.is_alive(now) && !standing.is_alive(later));
        standing.stopping();
        assert!(standing.is_alive(later));
    }
}
