//! A daemon inside the program: it keeps the watches and schedules of script files.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::Host;
use crate::engine::{Language, Limits};
use crate::runtime::{Grants, ServeOptions, Stage, Wish, serve};
use crate::{Error, ErrorKind, Result};

/// How long a handler may take unless told, as with `cliengo serve`.
const TIMEOUT: Duration = Duration::from_secs(600);
const DRAIN: Duration = Duration::from_secs(30);
const KEEP: Duration = Duration::from_secs(30 * 86_400);

/// Keeps the watches and schedules of script files inside a program, as `cliengo serve` does in a process of
/// its own: [`Host::serve`] begins to tell how, [`start`](Self::start) does it.
///
/// What it knows is in the host's [state](super::HostBuilder::state), which one daemon at a time can use.
#[derive(Debug, Clone)]
#[must_use = "it does nothing until it is started"]
pub struct Serve {
    host: Host,
    paths: Vec<PathBuf>,
    language: Option<Language>,
    limits: Limits,
    timeout: Duration,
    drain: Duration,
    keep: Duration,
    listen: Option<SocketAddr>,
    grants: Grants,
}

impl Serve {
    pub(super) fn new(host: Host, paths: Vec<PathBuf>) -> Self {
        let limits = host.limits();
        let (timeout, drain, keep) = (TIMEOUT, DRAIN, KEEP);
        let grants = Grants::default();
        Self { host, paths, language: None, limits, timeout, drain, keep, listen: None, grants }
    }

    /// The language, where the extension of a file does not tell.
    pub fn language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// What each script may use; what the host says unless told.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// How long a handler may take unless it says otherwise; 10 minutes unless told.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long handlers have to come to their end when it is to stop; 30 seconds unless told.
    pub fn drain(mut self, drain: Duration) -> Self {
        self.drain = drain;
        self
    }

    /// How long runs and handled events are kept; 30 days unless told.
    pub fn keep(mut self, keep: Duration) -> Self {
        self.keep = keep;
        self
    }

    /// Where to tell over HTTP how it stands (`/healthz`, `/readyz`, `/metrics`); nowhere unless told.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = Some(address);
        self
    }

    /// What single scripts may reach, besides what all of the host may; nothing unless told.
    pub fn grants(mut self, grants: Grants) -> Self {
        self.grants = grants;
        self
    }

    /// Begins, and waits until the scripts are loaded.
    ///
    /// # Errors
    /// [`ErrorKind::State`] where the host keeps no state, or it is in use or damaged;
    /// [`ErrorKind::Unauthorized`] where the host has no client; [`ErrorKind::Invalid`] where no script can be
    /// loaded, none has a watch or a schedule, or the address to listen at is taken.
    pub async fn start(self) -> Result<Serving> {
        let runtime = self.host.runtime()?;
        let (wish, wishes) = mpsc::channel(4);
        let (stage, mut stages) = watch::channel(None);
        // The host's thread goes on for as long as the daemon does.
        let (host, options) = (self.host.clone(), self.options());
        let task = runtime.spawn(async move {
            let told = move |it| {
                stage.send_replace(Some(it));
            };
            let served = serve(options, wishes, told).await;
            drop(host);
            served
        });
        let mut serving = Serving { wish, stages: stages.clone(), task: Some(task) };
        match stages.wait_for(Option::is_some).await.is_ok() {
            true => Ok(serving),
            false => Err(serving.ended().await.err().unwrap_or_else(ended)),
        }
    }

    fn options(self) -> ServeOptions {
        let Self { host, paths, language, limits, timeout, drain, keep, listen, grants } = self;
        let (context, state) = (host.context().build(), host.state().clone());
        ServeOptions {
            paths,
            language,
            context,
            grants,
            state,
            limits,
            timeout,
            drain,
            keep,
            listen,
        }
    }
}

/// A daemon inside the program that has begun. Dropping it has it stop in the background.
#[derive(Debug)]
pub struct Serving {
    wish: mpsc::Sender<Wish>,
    stages: watch::Receiver<Option<Stage>>,
    task: Option<JoinHandle<Result<()>>>,
}

impl Serving {
    /// How far it is.
    pub fn stage(&self) -> Stage {
        (*self.stages.borrow()).unwrap_or(Stage::Ready)
    }

    /// Has every script loaded anew, and tries what stands still because of a refused key.
    pub async fn reload(&self) {
        let _ = self.wish.send(Wish::Reload).await;
    }

    /// Begins nothing new, and waits until what runs has come to its end, or its time is over.
    ///
    /// # Errors
    /// As [`ended`](Self::ended).
    pub async fn stop(mut self) -> Result<()> {
        let _ = self.wish.send(Wish::Stop).await;
        self.ended().await
    }

    /// Waits for its end, which nobody may have wished for.
    ///
    /// # Errors
    /// [`ErrorKind::State`] where what it knows was deleted or replaced under it.
    pub async fn ended(&mut self) -> Result<()> {
        let Some(task) = self.task.as_mut() else { return Ok(()) };
        let ended = task.await.unwrap_or_else(|_| Err(self::ended()));
        self.task = None;
        ended
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Where it has ended, there is nobody to hear it.
        let _ = self.wish.try_send(Wish::Stop);
    }
}

fn ended() -> Error {
    Error::new(ErrorKind::Cancelled, "the daemon ended before its time")
}
