//! What a run is given, before it begins.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Context;
use crate::api::rehearsal::{Rehearsal, RehearsedSteps};
use crate::api::sink::{Silence, Sink};
use crate::api::{
    Cancel, Journal, ModuleSources, OwnModule, Permissions, Registrations, Registry, Steps,
    WriteLog,
};
use crate::client::Client;
use crate::{Error, Result};

/// Builds a [`Context`].
#[derive(Default)]
pub struct ContextBuilder {
    pub(super) client: Option<Client>,
    pub(super) arguments: Vec<String>,
    pub(super) permissions: Permissions,
    pub(super) read_only: bool,
    pub(super) dry_run: bool,
    pub(super) rehearsal: Option<Arc<Rehearsal>>,
    pub(super) only_registers: bool,
    pub(super) state: Option<PathBuf>,
    pub(super) steps: Option<Arc<dyn Steps>>,
    pub(super) write_log: Option<Arc<dyn WriteLog>>,
    pub(super) sink: Option<Arc<dyn Sink>>,
    pub(super) explain: Option<fn(Error) -> Error>,
    pub(super) registry: Registry,
    pub(super) modules: Arc<ModuleSources>,
    pub(super) cancel: Cancel,
}

impl ContextBuilder {
    /// The account's client. Without one, every call of the API is an `unauthorized` error.
    #[must_use]
    pub fn client(mut self, client: Client) -> Self {
        self.client = Some(client);
        self
    }

    /// The script's arguments.
    #[must_use]
    pub fn arguments(mut self, arguments: Vec<String>) -> Self {
        self.arguments = arguments;
        self
    }

    /// What the script may reach besides the account; nothing unless told.
    #[must_use]
    pub fn permissions(mut self, permissions: Permissions) -> Self {
        self.permissions = permissions;
        self
    }

    /// Refuses every write.
    #[must_use]
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// Makes the run a rehearsal: reads are real, and a write is not sent but told to the
    /// [sink](Sink::rehearsed), noted in the journal, and answered as the API would.
    #[must_use]
    pub fn dry_run(mut self, dry_run: bool) -> Self {
        self.dry_run = dry_run;
        self
    }

    /// Goes on with the rehearsal of another run: what that wrote is known to this one, and their plan is one.
    #[cfg(feature = "repl")]
    #[must_use]
    pub(crate) fn rehearse_on(mut self, other: &Context) -> Self {
        self.rehearsal = Some(Arc::clone(&other.rehearsal));
        self
    }

    /// Refuses every write, as of a script that is only loaded.
    #[cfg(feature = "serve")]
    #[must_use]
    pub(crate) fn only_registers(mut self) -> Self {
        self.only_registers = true;
        self
    }

    /// The folder that keeps what outlives a run, such as the checkpoints of `contacts.each`; it is made
    /// when it is needed. None unless told.
    #[must_use]
    pub fn state_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.state = Some(folder.into());
        self
    }

    /// What keeps the results of `cliengo.once`. Nothing unless told.
    #[must_use]
    pub fn steps(mut self, steps: Arc<dyn Steps>) -> Self {
        self.steps = Some(steps);
        self
    }

    /// What keeps each write before it is sent, with the contact before it, so that it can be undone.
    /// Nothing unless told. It costs a read of the contact for each write.
    #[must_use]
    pub fn write_log(mut self, log: Arc<dyn WriteLog>) -> Self {
        self.write_log = Some(log);
        self
    }

    /// Where the script's words go; nowhere unless told.
    #[must_use]
    pub fn sink(mut self, sink: Arc<dyn Sink>) -> Self {
        self.sink = Some(sink);
        self
    }

    /// Puts what the program's users can do about an error into its hint, such as the option that allows what
    /// was denied. Scripts get the error so; as it is unless told.
    #[must_use]
    pub fn explain(mut self, explain: fn(Error) -> Error) -> Self {
        self.explain = Some(explain);
        self
    }

    /// The functions that the script sees; those of this crate unless told.
    #[must_use]
    pub fn registry(mut self, registry: Registry) -> Self {
        self.registry = registry;
        self
    }

    /// Adds a module of the program's own.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where its name is none, or is taken, or it has no
    /// code.
    pub fn module(mut self, module: OwnModule) -> Result<Self> {
        Arc::make_mut(&mut self.modules).add(module)?;
        Ok(self)
    }

    /// Adds a folder with modules that every script finds by their names. They are looked for in the order in
    /// which folders are added, and before the standard library: a module there that is named like one of it
    /// takes its place, and loads it as `"stdlib/NAME"`.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where there is no such folder.
    pub fn library(mut self, folder: impl AsRef<Path>) -> Result<Self> {
        Arc::make_mut(&mut self.modules).add_library(folder.as_ref())?;
        Ok(self)
    }

    /// The signal that ends the run.
    #[must_use]
    pub fn cancel(mut self, cancel: Cancel) -> Self {
        self.cancel = cancel;
        self
    }

    /// The context.
    pub fn build(self) -> Arc<Context> {
        let rehearsed = |steps: &Arc<dyn Steps>| -> Arc<dyn Steps> {
            Arc::new(RehearsedSteps::over(Arc::clone(steps)))
        };
        Arc::new(Context {
            rehearsed_steps: self.steps.as_ref().filter(|_| self.dry_run).map(rehearsed),
            rehearsal: self.rehearsal.unwrap_or_default(),
            client: self.client,
            arguments: self.arguments,
            #[cfg(feature = "stdlib")]
            files: crate::api::Files::begin(&self.permissions, self.state.as_deref(), self.dry_run),
            permissions: self.permissions,
            read_only: self.read_only,
            dry_run: self.dry_run,
            only_registers: self.only_registers,
            state: self.state,
            steps: self.steps,
            write_log: self.write_log,
            sink: self.sink.unwrap_or_else(|| Arc::new(Silence)),
            explain: self.explain.unwrap_or(|error| error),
            registry: self.registry,
            modules: self.modules,
            cancel: self.cancel,
            journal: Journal::default(),
            registrations: Registrations::default(),
            #[cfg(feature = "stdlib")]
            kept: super::kept::Kept::default(),
        })
    }
}
