//! What a host is given, before it begins.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::runtime::Handle;

use super::background::Background;
use super::{Host, Inner};
use crate::api::{
    Call, Context, ContextBuilder, OwnFunction, OwnModule, OwnValue, Permissions, Registry, Sink,
};
use crate::client::Client;
use crate::engine::Limits;
use crate::runtime::{ScriptRun, State};
use crate::{Error, Result};

/// What a program's own calls are kept as.
const PROGRAM: &str = "(program)";

/// Builds a [`Host`].
#[must_use = "it does nothing until the host is built"]
pub struct HostBuilder {
    context: ContextBuilder,
    client: Option<Client>,
    registry: Registry,
    limits: Limits,
    state: State,
    undo: bool,
    background: Background,
}

impl HostBuilder {
    pub(super) fn new() -> Self {
        Self {
            context: Context::builder(),
            client: None,
            registry: Registry::builtin(),
            limits: Limits::default(),
            state: State::nowhere(),
            undo: true,
            background: Background::own(),
        }
    }

    /// The account's client. Without one, every call of the API is an `unauthorized` error.
    ///
    /// Scripts call through connections of the host's own, at the client's pace.
    pub fn client(mut self, client: Client) -> Self {
        self.client = Some(client);
        self
    }

    /// The account's API key, for a client that has nothing else to be told.
    ///
    /// # Errors
    /// [`ErrorKind::Unauthorized`](crate::ErrorKind::Unauthorized) for an empty key, or one that no header
    /// can hold.
    pub fn api_key(self, key: impl Into<String>) -> Result<Self> {
        Ok(self.client(Client::builder().api_key(key).build()?))
    }

    /// What scripts may reach besides the account; nothing unless told.
    pub fn permissions(mut self, permissions: Permissions) -> Self {
        self.context = self.context.permissions(permissions);
        self
    }

    /// Refuses every write.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.context = self.context.read_only(read_only);
        self
    }

    /// Rehearses every write instead of sending it; see [`ContextBuilder::dry_run`].
    pub fn dry_run(mut self, dry_run: bool) -> Self {
        self.context = self.context.dry_run(dry_run);
        self
    }

    /// Puts what the program's users can do about an error into its hint; see [`ContextBuilder::explain`].
    pub fn explain(mut self, explain: fn(Error) -> Error) -> Self {
        self.context = self.context.explain(explain);
        self
    }

    /// Where the words of scripts go; nowhere unless told.
    pub fn sink(mut self, sink: Arc<dyn Sink>) -> Self {
        self.context = self.context.sink(sink);
        self
    }

    /// What a script may use; [`Limits::default`] unless told.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Whether what scripts write is kept in the [state](Self::state), with the contact before each write, so
    /// that a run can be [undone](crate::runtime::undo); so it is unless told, where there is a state. It costs
    /// a read for each write.
    pub fn undo(mut self, undo: bool) -> Self {
        self.undo = undo;
        self
    }

    /// What outlives a run; nothing unless told.
    pub fn state(mut self, state: State) -> Self {
        self.state = state;
        self
    }

    /// Makes the calls of scripts on this runtime, and runs the program's own functions there; on a thread of
    /// the host's own unless told. It is for functions that use what belongs to a runtime, such as
    /// connections to a database.
    ///
    /// A script gets no further while that runtime stands still: with one of a single thread, never wait for
    /// a script from that thread but by awaiting it.
    pub fn runtime(mut self, runtime: Handle) -> Self {
        self.background = Background::Given(runtime);
        self
    }

    /// Adds a function of the program's own, which its scripts call in both languages, with all that is to be
    /// known of it.
    ///
    /// # Errors
    /// As [`Registry::with`].
    pub fn register(mut self, function: OwnFunction) -> Result<Self> {
        self.registry = self.registry.with(function)?;
        Ok(self)
    }

    /// Adds a function of the program's own by its signature: `"crm.score(contact, weight?)"`, where `?`
    /// marks what may be left out. The closure takes a tuple with a place for each parameter; see
    /// [`OwnFunction`].
    ///
    /// # Errors
    /// As [`register`](Self::register), and where the signature cannot be read.
    pub fn function<A, W, F, R>(self, signature: &str, work: W) -> Result<Self>
    where
        A: DeserializeOwned + 'static,
        W: Fn(A, Call) -> F + Send + Sync + 'static,
        F: Future<Output = Result<R>> + Send + 'static,
        R: Serialize + 'static,
    {
        self.register(OwnFunction::from_signature(signature, work)?)
    }

    /// Adds a value of the program's own, which its scripts read in both languages: `"crm.teams"`.
    ///
    /// # Errors
    /// As [`OwnValue::new`] and [`Registry::with_value`].
    pub fn value(mut self, path: &str, value: impl Serialize) -> Result<Self> {
        self.registry = self.registry.with_value(OwnValue::new(path, value)?)?;
        Ok(self)
    }

    /// Adds a module of the program's own, which scripts load by its name; one of the standard library's names
    /// takes its place.
    ///
    /// # Errors
    /// As [`ContextBuilder::module`].
    pub fn module(mut self, module: OwnModule) -> Result<Self> {
        self.context = self.context.module(module)?;
        Ok(self)
    }

    /// Adds a folder with modules that every script finds by their names, before those of the standard library.
    ///
    /// # Errors
    /// As [`ContextBuilder::library`].
    pub fn library(mut self, folder: impl AsRef<Path>) -> Result<Self> {
        self.context = self.context.library(folder)?;
        Ok(self)
    }

    /// The host.
    pub fn build(self) -> Host {
        let Self { context, client, registry, limits, state, undo, background } = self;
        let mut context = context.registry(registry);
        if let Some(client) = &client {
            context = context.client(match background {
                Background::Given(_) => client.clone(),
                Background::Own(_) => client.apart(),
            });
        }
        if let Some(folder) = state.folder() {
            context = context.state_folder(folder);
        }
        if undo && !state.is_nowhere() {
            context = context.write_log(ScriptRun::named(&state, PROGRAM, Value::Null) as _);
        }
        Host(Arc::new(Inner { base: context.build(), client, limits, state, background }))
    }
}

impl fmt::Debug for HostBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HostBuilder").finish_non_exhaustive()
    }
}
