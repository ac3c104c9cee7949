//! What scripts of a program have in common: the account, what they may reach and use.

use std::fmt;
use std::sync::Arc;

use super::State;
use crate::Result;
use crate::api::{Context, ContextBuilder, OwnFunction, Registry, Sink};
use crate::client::Client;
use crate::engine::Limits;

/// What the scripts of a program have in common: the account, the functions, what they may reach and use.
/// Cheap to clone; clones are one host.
///
/// A program adds functions of its own, and each run or call of a script gets a context from the host:
///
/// ```
/// # #[cfg(all(feature = "lua", feature = "rhai", feature = "emulator"))] {
/// use std::time::Duration;
///
/// use cliengo::Host;
/// use cliengo::api::{OwnFunction, ParamType};
/// use cliengo::client::{Client, Contact};
/// use cliengo::emulator::{Emulator, EmulatorOptions};
/// use cliengo::engine::{Language, Source};
/// use cliengo::runtime::{Interruption, Job, supervise};
///
/// let emulator = Emulator::start(EmulatorOptions::default())?;
/// let client =
///     Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key()).build()?;
///
/// let score = |(contact, weight): (Contact, Option<u32>), _| async move {
///     let ways = u32::from(contact.email.is_some()) + u32::from(contact.phone.is_some());
///     Ok(ways * weight.unwrap_or(1))
/// };
/// let score = OwnFunction::new("crm.score", score)
///     .param("contact", ParamType::Object, "The contact.")
///     .optional_param("weight", ParamType::Any, "What each way to reach it counts; 1 unless given.")
///     .returns("a number")
///     .doc("Says how well a contact can be reached.");
/// let host = Host::builder().client(client).register(score)?.build();
///
/// for (language, code) in [
///     (Language::Lua, "crm.score(cliengo.contacts.find{}, 10) <= 20"),
///     (Language::Rhai, "crm.score(cliengo.contacts.find(#{}), 10) <= 20"),
/// ] {
///     let job = Job {
///         source: Source::from_code(code, language),
///         context: host.context().build(),
///         limits: host.limits(),
///         timeout: Some(Duration::from_secs(30)),
///     };
///     assert_eq!(supervise(job, Interruption::None).result.unwrap(), true);
/// }
/// # }
/// # Ok::<(), cliengo::Error>(())
/// ```
#[derive(Clone)]
pub struct Host(Arc<Inner>);

struct Inner {
    /// What each context is made like.
    base: Arc<Context>,
    limits: Limits,
    state: State,
}

/// Builds a [`Host`].
pub struct HostBuilder {
    context: ContextBuilder,
    registry: Registry,
    limits: Limits,
    state: State,
}

impl Host {
    /// Begins a host; everything has a default.
    pub fn builder() -> HostBuilder {
        let (context, limits) = (Context::builder(), Limits::default());
        let registry = Registry::builtin();
        HostBuilder { context, registry, limits, state: State::nowhere() }
    }

    /// Begins the context of one run or call.
    pub fn context(&self) -> ContextBuilder {
        self.0.base.derive()
    }

    /// The account's client; none where there is no key.
    pub fn client(&self) -> Option<&Client> {
        self.0.base.client().ok()
    }

    /// Every function and value that scripts see.
    pub fn registry(&self) -> &Registry {
        self.0.base.registry()
    }

    /// What a script may use.
    pub fn limits(&self) -> Limits {
        self.0.limits
    }

    /// What outlives a run.
    pub fn state(&self) -> &State {
        &self.0.state
    }
}

impl HostBuilder {
    /// The account's client. Without one, every call of the API is an `unauthorized` error.
    #[must_use]
    pub fn client(mut self, client: Client) -> Self {
        self.context = self.context.client(client);
        self
    }

    /// Environment variables that scripts may read; none unless told.
    #[must_use]
    pub fn allow_environment(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.context = self.context.allow_environment(names);
        self
    }

    /// Refuses every write.
    #[must_use]
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.context = self.context.read_only(read_only);
        self
    }

    /// Rehearses every write instead of sending it; see [`ContextBuilder::dry_run`].
    #[must_use]
    pub fn dry_run(mut self, dry_run: bool) -> Self {
        self.context = self.context.dry_run(dry_run);
        self
    }

    /// Where the words of scripts go; nowhere unless told.
    #[must_use]
    pub fn sink(mut self, sink: Arc<dyn Sink>) -> Self {
        self.context = self.context.sink(sink);
        self
    }

    /// What a script may use; [`Limits::default`] unless told.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// What outlives a run; nothing unless told.
    #[must_use]
    pub fn state(mut self, state: State) -> Self {
        self.state = state;
        self
    }

    /// Adds a function of the program's own, which its scripts call in both languages.
    ///
    /// # Errors
    /// As [`Registry::with`].
    pub fn register(mut self, function: OwnFunction) -> Result<Self> {
        self.registry = self.registry.with(function)?;
        Ok(self)
    }

    /// The host.
    pub fn build(self) -> Host {
        let Self { context, registry, limits, state } = self;
        let mut context = context.registry(registry);
        if let Some(folder) = state.folder() {
            context = context.state_folder(folder);
        }
        Host(Arc::new(Inner { base: context.build(), limits, state }))
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host").field("context", &self.0.base).finish_non_exhaustive()
    }
}

impl fmt::Debug for HostBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HostBuilder").finish_non_exhaustive()
    }
}
