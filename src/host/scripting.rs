//! One language of a host, with how its scripts are run.

use std::fmt;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use futures_util::future::BoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::answer::{Awaited, answer};
use super::calls::Calls;
use super::settings::Settings;
use super::values::read;
use super::{Host, Run, Script, ScriptSource};
use crate::api::{Cancel, Context, Sink};
use crate::engine::{Executor, Language, Limits, ScriptFailure, load};
use crate::runtime::STACK;
use crate::{Error, ErrorKind};

/// One language of a [`Host`], and how its scripts are run: [`Host::lua`] and [`Host::rhai`] begin one.
///
/// Each run has a thread, a machine and a journal of its own, and shares nothing with others but the host.
/// The futures of this crate need no runtime around them: they work in every one, tokio's with one thread or
/// many, and others. Dropping a future ends its run.
///
/// ```
/// # #[cfg(all(feature = "lua", feature = "emulator"))]
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> cliengo::Result<()> {
/// use std::time::Duration;
///
/// use cliengo::Host;
/// use cliengo::client::Client;
/// use cliengo::emulator::{Emulator, EmulatorOptions};
///
/// let emulator = Emulator::start(EmulatorOptions::default())?;
/// let client =
///     Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key()).build()?;
/// let host = Host::builder().client(client).build();
///
/// let lua = host.lua().timeout(Duration::from_secs(10)).read_only(true);
/// let new: u64 = lua.eval("cliengo.contacts.count{ status = 'NEW' }").await?;
/// assert!(new > 0);
/// # Ok(())
/// # }
/// # #[cfg(not(all(feature = "lua", feature = "emulator")))]
/// # fn main() {}
/// ```
#[derive(Clone)]
#[must_use = "it does nothing until something is run"]
pub struct Scripting {
    host: Host,
    language: Language,
    settings: Settings,
}

/// A run that has begun.
pub(super) struct Begun {
    pub(super) awaited: Awaited<Value>,
    pub(super) context: Arc<Context>,
    /// The script's name.
    pub(super) name: String,
}

impl Scripting {
    pub(super) fn new(host: Host, language: Language) -> Self {
        Self { host, language, settings: Settings::default() }
    }

    /// The name that errors show, and under which the results of `cliengo.once` are kept; the file's, or
    /// `(eval)`, unless told.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.settings.name = Some(name.into());
        self
    }

    /// How long a run may take, a load, and each call of a loaded script's function, the wait for earlier
    /// calls included; as long as it likes unless told.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    /// What a run may use; what the host says unless told.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.settings.limits = Some(limits);
        self
    }

    /// Ends every run of this, also those that are still to come.
    pub fn cancel(mut self, cancel: Cancel) -> Self {
        self.settings.cancel = Some(cancel);
        self
    }

    /// What scripts find in `cliengo.args`.
    pub fn arguments(mut self, arguments: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.settings.arguments = arguments.into_iter().map(Into::into).collect();
        self
    }

    /// Where the words of scripts go; where the host says unless told.
    pub fn sink(mut self, sink: Arc<dyn Sink>) -> Self {
        self.settings.sink = Some(sink);
        self
    }

    /// Refuses every write, even if the host does not.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.settings.read_only = read_only;
        self
    }

    /// Rehearses every write, even if the host does not; see
    /// [`ContextBuilder::dry_run`](crate::api::ContextBuilder::dry_run).
    pub fn dry_run(mut self, dry_run: bool) -> Self {
        self.settings.dry_run = dry_run;
        self
    }

    /// Runs a script and gives what it returned: code, or a file. An expression alone is a whole script.
    ///
    /// # Errors
    /// Why the script failed, and where; [`ErrorKind::Decode`] where it returned something else than `T`.
    pub fn eval<T: DeserializeOwned + 'static>(
        &self,
        source: impl Into<ScriptSource>,
    ) -> BoxFuture<'static, Result<T, ScriptFailure>> {
        let (scripting, source) = (self.clone(), source.into());
        Box::pin(async move {
            let begun = scripting.begin(source, None)?;
            read(begun.awaited.await?)
        })
    }

    /// Runs a script and tells all that it did, whether it ended well or not.
    pub fn run<T: DeserializeOwned + 'static>(
        &self,
        source: impl Into<ScriptSource>,
    ) -> BoxFuture<'static, Run<T>> {
        let (scripting, source) = (self.clone(), source.into());
        Box::pin(async move {
            let calls = Arc::default();
            Run::of(scripting.begin(source, Some(&calls)), &calls).await
        })
    }

    /// Runs a script and keeps it, so that its functions can be called.
    ///
    /// # Errors
    /// Why the script failed, and where.
    pub fn load(
        &self,
        source: impl Into<ScriptSource>,
    ) -> BoxFuture<'static, Result<Script, ScriptFailure>> {
        let (scripting, source) = (self.clone(), source.into());
        Box::pin(async move {
            let name = scripting.name_of(&source);
            let Self { host, language, settings } = scripting;
            Script::load(host, language, settings, source, name).await
        })
    }

    fn name_of(&self, source: &ScriptSource) -> String {
        self.settings.name.clone().unwrap_or_else(|| source.name())
    }

    /// Begins a run on a thread of its own.
    fn begin(
        &self,
        source: ScriptSource,
        calls: Option<&Arc<Calls>>,
    ) -> Result<Begun, ScriptFailure> {
        let (name, language) = (self.name_of(&source), self.language);
        let context = self.settings.context(&self.host, &name, calls);
        let (limits, host) =
            (self.settings.limits.unwrap_or(self.host.limits()), self.host.clone());
        let runtime = host.runtime().map_err(ScriptFailure::of)?;
        let (giver, awaited) = answer(context.cancel());
        let deadline = giver.limit(&runtime, context.cancel(), self.settings.timeout);
        let (at_hand, of_source) = (Arc::clone(&context), name.clone());
        let body = move || {
            giver.begin();
            let executor = Executor::Shared(runtime);
            let read = source.read(language, of_source).map_err(ScriptFailure::of);
            let loaded = read.and_then(|source| load(&source, &at_hand, limits, executor));
            at_hand.close(loaded.as_ref().err().map(|failure| &failure.error));
            match loaded {
                // Whoever waits need not wait for the machine's end.
                Ok((_script, value)) => giver.give(Ok(value)),
                Err(failure) => giver.give(Err(failure)),
            };
            drop((deadline, host));
        };
        thread(body)?;
        Ok(Begun { awaited, context, name })
    }
}

/// Begins the thread of a script.
pub(super) fn thread(body: impl FnOnce() + Send + 'static) -> Result<(), ScriptFailure> {
    let spawned = thread::Builder::new().name("script".into()).stack_size(STACK).spawn(body);
    spawned.map(drop).map_err(|error| {
        let message = format!("cannot begin a thread for the script: {error}");
        ScriptFailure::of(Error::new(ErrorKind::Limit, message))
    })
}

impl fmt::Debug for Scripting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scripting").field("language", &self.language).finish_non_exhaustive()
    }
}
