//! The daemon behind `cliengo serve`: keeps the watches and schedules of scripts.
//!
//! Each script has threads of its own (`pool`), on which it is loaded and its handlers are called; a
//! script that fails, hangs or ends its thread costs no other script anything. Each watch (`watcher`) and
//! each schedule (`timer`) is a task that keeps all it has to remember in the store; the events of the one
//! (`delivery`) and the runs of the other (`runs`) are handed to the threads.

mod daemon;
mod delivery;
mod files;
mod grants;
mod hooks;
mod http;
mod metrics;
mod places;
mod pool;
mod process;
mod script;
mod shared;
mod standing;
mod timer;
mod upkeep;
mod watcher;
mod worker;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use self::daemon::Daemon;
use self::upkeep::asked_to_stop;
use super::State;
use crate::Result;
use crate::api::Context;
use crate::engine::{Language, Limits};

/// What a daemon serves, and how.
#[derive(Debug)]
pub struct ServeOptions {
    /// Script files, and folders with scripts.
    pub paths: Vec<PathBuf>,
    /// The language, where the extension does not tell.
    pub language: Option<Language>,
    /// What scripts have at hand: the client, what they may read, where their words go.
    pub context: Arc<Context>,
    /// What single scripts may reach, besides what the context says of all.
    pub grants: Grants,
    /// What outlives the daemon.
    pub state: State,
    /// What each script may use.
    pub limits: Limits,
    /// How long a handler may take unless it says otherwise.
    pub timeout: Duration,
    /// How long handlers have to come to their end when the daemon is to stop.
    pub drain: Duration,
    /// How long runs and handled events are kept.
    pub keep: Duration,
    /// Where to tell over HTTP how the daemon stands (`/healthz`, `/readyz`, `/metrics`); nowhere unless
    /// told.
    pub listen: Option<SocketAddr>,
}

/// What somebody wants of a daemon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Stop: nothing new is begun, and what runs has its time to end. A second one ends it at once.
    Stop,
    /// Load every script anew, and try what stands still because of a refused key.
    Reload,
}

/// How far a daemon is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Scripts have been loaded; one that takes long may still be.
    Ready,
    /// All is well; told again and again.
    Alive,
    /// Every script is being loaded anew; [`Ready`](Self::Ready) follows.
    Reloading,
    /// Nothing new is begun any more.
    Stopping,
}

pub use self::grants::Grants;
pub use self::process::serve_process;

/// Serves scripts until somebody wants it to stop. `tell` is called with each stage.
///
/// # Errors
/// [`ErrorKind::State`](crate::ErrorKind::State) where the state is in use or damaged; [`ErrorKind::Unauthorized`](crate::ErrorKind::Unauthorized) without a key;
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where no script can be loaded, none has a watch or a schedule, or the address to
/// listen at is taken.
pub async fn serve(
    options: ServeOptions,
    mut wishes: mpsc::Receiver<Wish>,
    mut tell: impl FnMut(Stage),
) -> Result<()> {
    let _held = options.state.hold_daemon()?;
    let listen = options.listen;
    let mut daemon = Daemon::new(options)?;
    let _listening = match listen {
        Some(address) => Some(http::listen(address, &daemon.shared).await?),
        None => None,
    };
    daemon.refuse_another_account().await?;
    tokio::select! {
        begun = daemon.begin() => begun?,
        () = asked_to_stop(&mut wishes) => {
            tell(Stage::Stopping);
            daemon.stop(wishes).await;
            return Ok(());
        }
    }
    daemon.note_standing();
    tell(Stage::Ready);
    daemon.keep(wishes, tell).await
}
