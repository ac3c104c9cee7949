//! What a daemon does all the time, and how it ends.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::daemon::Daemon;
use super::files::find;
use super::script::Served;
use super::{Stage, Wish};
use crate::api::Level;
use crate::{Error, ErrorKind, Result};

/// How often the daemon looks after its scripts and its store.
const LOOK: Duration = Duration::from_millis(500);
/// How often old runs and events are forgotten.
const FORGET: Duration = Duration::from_secs(3_600);
/// What was ended has a moment to say so.
const LAST_WORDS: Duration = Duration::from_secs(3);

impl Daemon {
    /// Looks after everything until it is to stop, and lets it end.
    pub(super) async fn keep(
        &mut self,
        mut wishes: mpsc::Receiver<Wish>,
        mut tell: impl FnMut(Stage),
    ) -> Result<()> {
        let mut ended = Ok(());
        let mut look = tokio::time::interval(LOOK);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut forgotten = Instant::now();
        loop {
            tokio::select! {
                wish = wishes.recv() => match wish {
                    Some(Wish::Reload) => {
                        tell(Stage::Reloading);
                        self.reload();
                    }
                    Some(Wish::Stop) | None => break,
                },
                _ = look.tick() => {
                    if !self.shared.state.is_in_its_place() {
                        ended = Err(replaced());
                        break;
                    }
                    self.look().await;
                    self.note_standing();
                    if self.reloading && !self.scripts.iter().any(Served::is_loading) {
                        self.reloading = false;
                        tell(Stage::Ready);
                    }
                    if forgotten.elapsed() > FORGET {
                        forgotten = Instant::now();
                        self.forget();
                    }
                    tell(Stage::Alive);
                }
            }
        }
        self.shared.standing.stopping();
        tell(Stage::Stopping);
        self.stop(wishes).await;
        ended
    }

    pub(super) fn note_standing(&self) {
        self.shared.standing.note(&self.scripts);
    }

    async fn look(&mut self) {
        self.follow_changes();
        self.follow_folders();
        self.leaving.retain(|task| !task.is_finished());
        for index in 0..self.scripts.len() {
            self.scripts[index].look(&self.around, false);
            if let Some(loaded) = self.scripts[index].loaded(false).await {
                drop(self.settle(index, loaded));
            }
            self.scripts[index].tidy(&self.shared);
        }
    }

    /// Tells everybody where somebody steers from outside.
    fn follow_changes(&self) {
        if let Ok(changes) = self.shared.store.changes_elsewhere() {
            let differs = |known: &mut u64| std::mem::replace(known, changes) != changes;
            self.shared.changed.send_if_modified(differs);
        }
    }

    /// Takes up scripts that came into a folder, and lets those end that went.
    fn follow_folders(&mut self) {
        let Ok(found) = find(&self.paths) else { return };
        for path in &found {
            if !self.scripts.iter().any(|script| script.path == *path) {
                self.scripts.push(Served::new(path.clone()));
            }
        }
        self.scripts.retain_mut(|script| {
            let there = found.contains(&script.path);
            if !there {
                let path = script.path.display().to_string();
                self.shared.log(Level::Info, "is gone: its watches end", &[("script", &path)]);
                self.leaving.extend(script.stop());
            }
            there
        });
    }

    fn reload(&mut self) {
        self.shared.log(Level::Info, "loads every script anew", &[]);
        for script in &mut self.scripts {
            script.look(&self.around, true);
        }
        self.reloading = true;
    }

    pub(super) fn forget(&self) {
        let before = Timestamp::now().checked_sub(self.keep).unwrap_or(Timestamp::MIN);
        if let Err(error) = self.shared.store.prune(before) {
            self.shared.log(Level::Error, &error.to_string(), &[]);
        }
    }

    pub(super) async fn stop(&mut self, mut wishes: mpsc::Receiver<Wish>) {
        let message = "stops: what runs comes to its end";
        self.shared.log(Level::Info, message, &[]);
        let mut tasks = std::mem::take(&mut self.leaving);
        tasks.extend(self.scripts.iter_mut().flat_map(Served::stop));
        let mut all = std::pin::pin!(async {
            for task in tasks {
                drop(task.await);
            }
            self.shared.hooks.end().await;
        });
        tokio::select! {
            () = &mut all => return,
            () = tokio::time::sleep(self.drain) => {}
            () = asked_to_stop(&mut wishes) => {}
        }
        let reason = Error::new(ErrorKind::Cancelled, "the daemon is ending");
        self.shared.kill.cancel(reason);
        if tokio::time::timeout(LAST_WORDS, all).await.is_err() {
            let message =
                "some handlers did not end; their events are handled again at the next start";
            self.shared.log(Level::Error, message, &[]);
        }
    }
}

fn replaced() -> Error {
    Error::new(ErrorKind::State, "the state was deleted or replaced while it was in use")
        .with_hint("what was done since is not kept: put a copy in its place, and start again")
}

/// Waits until somebody wants the daemon to stop.
pub(super) async fn asked_to_stop(wishes: &mut mpsc::Receiver<Wish>) {
    while let Some(wish) = wishes.recv().await {
        if wish == Wish::Stop {
            return;
        }
    }
    // Nobody is left who could want anything.
    std::future::pending().await
}
