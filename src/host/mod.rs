//! Scripts inside another program: what they have in common, and the ways to run them.
//!
//! A [`Host`] is built once: the account, what scripts may reach, the program's own functions. From it come
//! the two languages ([`Scripting`]), loaded scripts ([`Script`]), the events of an account ([`Events`]), and
//! a daemon inside the program ([`Serve`]); [`blocking`] has the same for programs without asynchronous code.
//!
//! Each script has a thread of its own, and the futures here only wait for what it answers: so they work in
//! every runtime. The calls of the API are made on a thread of the host's, or on a runtime that it is given.

mod answer;
mod background;
pub mod blocking;
mod builder;
mod calls;
mod events;
mod run;
mod script;
mod scripting;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod source;
mod values;

use std::fmt;
use std::sync::Arc;

use tokio::runtime::Handle;

use self::background::Background;
use crate::Result;
use crate::api::{Context, ContextBuilder, Registry};
use crate::client::Client;
use crate::engine::{Language, Limits};
use crate::runtime::State;
use crate::watch::WatchDefinition;

pub use self::builder::HostBuilder;
pub use self::events::Events;
pub use self::run::Run;
pub use self::script::{Script, ScriptFunction};
pub use self::scripting::Scripting;
#[cfg(feature = "serve")]
pub use self::serve::{Serve, Serving};
pub use self::source::ScriptSource;

/// What the scripts of a program have in common: the account, the functions, what they may reach and use.
/// Cheap to clone; clones are one host.
///
/// ```
/// # #[cfg(all(feature = "lua", feature = "rhai", feature = "emulator"))]
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> cliengo::Result<()> {
/// use cliengo::Host;
/// use cliengo::client::{Client, Contact};
/// use cliengo::emulator::{Emulator, EmulatorOptions};
///
/// let emulator = Emulator::start(EmulatorOptions::default())?;
/// let client =
///     Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key()).build()?;
///
/// let host = Host::builder()
///     .client(client)
///     .function("crm.ways(contact, weight?)", |(contact, weight): (Contact, Option<u32>), _| async move {
///         let ways = u32::from(contact.email.is_some()) + u32::from(contact.phone.is_some());
///         Ok(ways * weight.unwrap_or(1))
///     })?
///     .build();
///
/// let ways: u32 = host.lua().eval("crm.ways(cliengo.contacts.find{}, 10)").await?;
/// let same: u32 = host.rhai().eval("crm.ways(cliengo.contacts.find(#{}), 10)").await?;
/// assert_eq!(ways, same);
/// # Ok(())
/// # }
/// # #[cfg(not(all(feature = "lua", feature = "rhai", feature = "emulator")))]
/// # fn main() {}
/// ```
#[derive(Clone)]
pub struct Host(Arc<Inner>);

struct Inner {
    /// What each context is made like.
    base: Arc<Context>,
    /// The client as the program gave it, with the connections of the program's own runtime.
    client: Option<Client>,
    limits: Limits,
    state: State,
    background: Background,
}

impl Host {
    /// Begins a host; everything has a default.
    pub fn builder() -> HostBuilder {
        HostBuilder::new()
    }

    /// Lua scripts on this host.
    #[cfg(feature = "lua")]
    pub fn lua(&self) -> Scripting {
        self.scripting(Language::Lua)
    }

    /// Rhai scripts on this host.
    #[cfg(feature = "rhai")]
    pub fn rhai(&self) -> Scripting {
        self.scripting(Language::Rhai)
    }

    /// Scripts on this host, in a language that is known only when the program runs.
    pub fn scripting(&self, language: Language) -> Scripting {
        Scripting::new(self.clone(), language)
    }

    /// The same host for a program that waits instead of awaiting.
    pub fn blocking(&self) -> blocking::Host {
        blocking::Host::new(self.clone())
    }

    /// What happens to the account's contacts from now on, until the stream is dropped.
    ///
    /// # Errors
    /// [`ErrorKind::Unauthorized`](crate::ErrorKind::Unauthorized) where the host has no client.
    pub fn events(&self, definition: WatchDefinition) -> Result<Events> {
        Events::follow(self, definition)
    }

    /// Keeps the watches and schedules of script files inside this program; [`Serve::start`] begins that.
    #[cfg(feature = "serve")]
    pub fn serve(&self, paths: impl IntoIterator<Item = impl Into<std::path::PathBuf>>) -> Serve {
        Serve::new(self.clone(), paths.into_iter().map(Into::into).collect())
    }

    /// Begins the context of one run or call, for a program that runs scripts with
    /// [`engine`](crate::engine) or [`runtime`](crate::runtime) itself.
    pub fn context(&self) -> ContextBuilder {
        self.0.base.derive()
    }

    /// The account's client; none where there is no key.
    pub fn client(&self) -> Option<&Client> {
        self.0.client.as_ref()
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

    fn base(&self) -> &Context {
        &self.0.base
    }

    /// Where the calls of scripts are made.
    fn runtime(&self) -> Result<Handle> {
        self.0.background.handle()
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host").field("context", &self.0.base).finish_non_exhaustive()
    }
}
