//! What one run has at hand: the client, its arguments, what it may read, where its words go.

mod builder;

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::rehearsal::{Rehearsal, describe, describe_call};
use super::sink::Sink;
use super::{Cancel, Journal, OwnModule, Registrations, Registry, Steps, WriteState};
use crate::client::write::Writer;
use crate::client::{Client, Method, Request, Response, no_key};
use crate::{Error, ErrorKind, Result};

pub use builder::ContextBuilder;

/// What one run has at hand. Built by [`Context::builder`], shared by all its calls.
pub struct Context {
    client: Option<Client>,
    arguments: Vec<String>,
    environment: Allowed,
    read_only: bool,
    dry_run: bool,
    rehearsal: Rehearsal,
    only_registers: bool,
    state: Option<PathBuf>,
    steps: Option<Arc<dyn Steps>>,
    rehearsed_steps: Option<Arc<dyn Steps>>,
    sink: Arc<dyn Sink>,
    registry: Registry,
    modules: Arc<Vec<OwnModule>>,
    cancel: Cancel,
    journal: Journal,
    registrations: Registrations,
}

/// Names that a run may read.
#[derive(Debug, Clone, Default)]
enum Allowed {
    #[default]
    None,
    Names(BTreeSet<String>),
    All,
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

    /// The functions that the script sees.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The modules of the program's own.
    pub(crate) fn modules(&self) -> &Arc<Vec<OwnModule>> {
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
            environment: self.environment.clone(),
            read_only: self.read_only,
            dry_run: self.dry_run,
            only_registers: false,
            state: self.state.clone(),
            steps: self.steps.clone(),
            sink: Some(Arc::clone(&self.sink)),
            registry: self.registry.clone(),
            modules: Arc::clone(&self.modules),
            cancel: Cancel::default(),
        }
    }

    /// An environment variable, where the run may read it and it is set.
    ///
    /// # Errors
    /// [`ErrorKind::Denied`] where the run may not read it; the hint names the flag that allows it.
    pub(crate) fn environment(&self, name: &str) -> Result<Option<String>> {
        let allowed = match &self.environment {
            Allowed::None => false,
            Allowed::Names(names) => names.contains(name),
            Allowed::All => true,
        };
        if name == "CLIENGO_API_KEY" {
            return Err(Error::new(ErrorKind::Denied, "a script never sees the API key")
                .with_hint("calls are authorized without it"));
        }
        if !allowed {
            let message = format!("this run may not read the environment variable {name}");
            return Err(Error::new(ErrorKind::Denied, message)
                .with_hint(format!("allow the run to read {name}")));
        }
        Ok(std::env::var(name).ok())
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
        if self.only_registers {
            let message =
                "the top level of a script that is served may not write: it runs at each load";
            return Err(Error::new(ErrorKind::Denied, message)
                .with_hint("write in a handler, or call the script with cliengo run"));
        }
        if !self.read_only {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Denied, "this run may only read")
            .with_hint("allow the run to write"))
    }

    /// Rehearses the call of a function that is not this crate's own.
    pub(super) fn rehearse_call(&self, path: &'static str, arguments: &[Value]) {
        self.journal.rehearse("call", path);
        self.sink.rehearsed(&describe_call(path, arguments));
    }

    /// Sends a call, and notes it in the journal where it writes.
    ///
    /// # Errors
    /// As [`Client::send`]; [`ErrorKind::Denied`] for a write of a run that may only read.
    pub(crate) async fn send(&self, request: &Request) -> Result<Response> {
        let client = self.client()?;
        if !request.method().is_write() {
            return client.send(request).await;
        }
        self.may_write().map_err(|error| request.blame(error))?;
        if self.dry_run {
            let answer = self.rehearsal.answer(client, request).await?;
            self.journal.rehearse(request.method().as_str(), request.path());
            self.sink.rehearsed(&describe(request));
            return Ok(answer);
        }
        let number = self.journal.begin(request.method().as_str(), request.path());
        let result = client.send(request).await;
        match &result {
            Ok(response) => {
                // A post below a thing, such as a tag, answers with that thing.
                let creates =
                    request.method() == Method::Post && !request.path()[1..].contains('/');
                let created = creates.then(|| id_of(&response.body)).flatten();
                self.journal.end(number, WriteState::Done(response.status), created);
            }
            Err(error) if error.is_refusal() => {
                self.journal.end(number, WriteState::Refused, None);
            }
            Err(_) => {}
        }
        result
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

fn id_of(body: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Identified {
        id: Option<String>,
    }
    serde_json::from_slice::<Identified>(body).ok()?.id
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("client", &self.client)
            .field("arguments", &self.arguments)
            .finish_non_exhaustive()
    }
}
