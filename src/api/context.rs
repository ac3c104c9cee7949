//! What one run has at hand: the client, its arguments, what it may read, where its words go.

mod builder;
#[cfg(feature = "stdlib")]
mod kept;
mod rehearse;
mod write;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::rehearsal::Rehearsal;
use super::sink::Sink;
use super::{
    Cancel, Journal, ModuleSources, Permissions, Registrations, Registry, Steps, WriteLog,
};
use crate::client::write::Writer;
use crate::client::{Client, Request, Response, no_key};
use crate::{Error, ErrorKind, Result};

pub use builder::ContextBuilder;

/// What one run has at hand. Built by [`Context::builder`], shared by all its calls.
pub struct Context {
    client: Option<Client>,
    arguments: Vec<String>,
    permissions: Permissions,
    #[cfg(feature = "stdlib")]
    files: super::Files,
    read_only: bool,
    dry_run: bool,
    rehearsal: Arc<Rehearsal>,
    only_registers: bool,
    state: Option<PathBuf>,
    steps: Option<Arc<dyn Steps>>,
    rehearsed_steps: Option<Arc<dyn Steps>>,
    write_log: Option<Arc<dyn WriteLog>>,
    sink: Arc<dyn Sink>,
    explain: fn(Error) -> Error,
    registry: Registry,
    modules: Arc<ModuleSources>,
    cancel: Cancel,
    journal: Journal,
    registrations: Registrations,
    #[cfg(feature = "stdlib")]
    kept: kept::Kept,
}

impl Context {
    /// Begins a context; everything has a default.
    pub fn builder() -> ContextBuilder {
        ContextBuilder::default()
    }

    /// The account's client.
    ///
    /// # Errors
    /// [`ErrorKind::Unauthorized`] where the run has none, for want of a key.
    pub fn client(&self) -> Result<&Client> {
        self.client.as_ref().ok_or_else(no_key)
    }

    /// The folder that keeps what outlives the run.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] where the run has none.
    pub(crate) fn state_folder(&self) -> Result<&Path> {
        self.state.as_deref().ok_or_else(|| no_state("a folder"))
    }

    /// What keeps the results of steps.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] where nothing does.
    pub(crate) fn steps(&self) -> Result<&Arc<dyn Steps>> {
        let steps = self.rehearsed_steps.as_ref().or(self.steps.as_ref());
        steps.ok_or_else(|| no_state("a place for the results of steps"))
    }

    /// The script's arguments.
    pub fn arguments(&self) -> &[String] {
        &self.arguments
    }

    /// True where writes are rehearsed and not sent.
    pub fn is_dry_run(&self) -> bool {
        self.dry_run
    }

    /// Where the script's words go.
    pub fn sink(&self) -> &dyn Sink {
        &*self.sink
    }

    /// The same, to be shared with another run.
    pub(crate) fn shared_sink(&self) -> Arc<dyn Sink> {
        Arc::clone(&self.sink)
    }

    /// An error in the program's own words, as the script gets it.
    pub(crate) fn explained(&self, error: Error) -> Error {
        (self.explain)(error)
    }

    /// The functions that the script sees.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Where modules come from besides the standard library and the script's folder.
    pub(crate) fn modules(&self) -> &Arc<ModuleSources> {
        &self.modules
    }

    /// The signal that ends the run.
    pub fn cancel(&self) -> &Cancel {
        &self.cancel
    }

    /// What the run has written so far.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// What keeps the run's writes, so that they can be undone; none where nothing does.
    pub fn write_log(&self) -> Option<&Arc<dyn WriteLog>> {
        self.write_log.as_ref()
    }

    /// Says that the run came to its end, with this error where it failed.
    pub(crate) fn close(&self, error: Option<&Error>) {
        if let Some(log) = &self.write_log {
            log.close(error);
        }
    }

    /// The watches and schedules that the script asked for.
    pub fn registrations(&self) -> &Registrations {
        &self.registrations
    }

    /// Begins a context like this one, for another run of the same script: with all that this one may
    /// reach, and with a cancel and a journal of its own.
    pub fn derive(&self) -> ContextBuilder {
        ContextBuilder {
            client: self.client.clone(),
            arguments: self.arguments.clone(),
            permissions: self.permissions.clone(),
            read_only: self.read_only,
            dry_run: self.dry_run,
            rehearsal: None,
            only_registers: false,
            state: self.state.clone(),
            steps: self.steps.clone(),
            write_log: self.write_log.clone(),
            sink: Some(Arc::clone(&self.sink)),
            explain: Some(self.explain),
            registry: self.registry.clone(),
            modules: Arc::clone(&self.modules),
            cancel: Cancel::default(),
        }
    }

    /// What the run may reach besides the account.
    pub fn permissions(&self) -> &Permissions {
        &self.permissions
    }

    /// The files that the run may reach.
    #[cfg(feature = "stdlib")]
    pub(crate) fn files(&self) -> &super::Files {
        &self.files
    }

    /// True where every write is refused.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// That the run may write.
    ///
    /// # Errors
    /// [`ErrorKind::Denied`] for a run that may only read.
    pub(crate) fn may_write(&self) -> Result<()> {
        self.may_act()?;
        if !self.read_only {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Denied, "this run may only read")
            .with_hint("allow the run to write"))
    }

    /// That the run may change something, be it outside the account.
    ///
    /// # Errors
    /// [`ErrorKind::Denied`] for the load of a script that is served.
    pub(crate) fn may_act(&self) -> Result<()> {
        if !self.only_registers {
            return Ok(());
        }
        let message =
            "the top level of a script that is served may not write: it runs at each load";
        Err(Error::new(ErrorKind::Denied, message)
            .with_hint("write in a handler, or call the script with cliengo run"))
    }

    /// Sends a call, and notes it in the journal where it writes.
    ///
    /// # Errors
    /// As [`Client::send`]; [`ErrorKind::Denied`] for a write of a run that may only read.
    pub(crate) async fn send(&self, request: &Request) -> Result<Response> {
        let client = self.client()?;
        if !request.method().is_write() {
            return self.read(client, request).await;
        }
        self.may_write().map_err(|error| request.blame(error))?;
        match self.dry_run {
            true => self.rehearse(client, request).await,
            false => self.write(client, request).await,
        }
    }
}

impl Writer for Context {
    async fn write(&self, request: &Request) -> Result<Response> {
        self.send(request).await
    }

    fn rehearses(&self) -> bool {
        self.dry_run
    }

    fn written(&self, is: &dyn Fn(&Map<String, Value>) -> bool) -> Option<Map<String, Value>> {
        self.rehearsal.find(is)
    }
}

fn no_state(missing: &str) -> Error {
    Error::invalid("this run keeps no state")
        .with_hint(format!("the program must give it {missing}"))
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("client", &self.client)
            .field("arguments", &self.arguments)
            .finish_non_exhaustive()
    }
}
