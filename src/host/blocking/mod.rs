//! The same for programs that wait instead of awaiting: no runtime is needed.
//!
//! ```
//! # #[cfg(feature = "lua")] {
//! use cliengo::Host;
//!
//! let host = Host::builder().build();
//! let sum: u32 = host.blocking().lua().eval("1 + 1")?;
//! assert_eq!(sum, 2);
//! # }
//! # Ok::<(), cliengo::Error>(())
//! ```
//!
//! On a worker of an asynchronous runtime, await the functions of [`Host`](crate::Host) instead: waiting here
//! keeps that worker from everything else. Where the host was given that very runtime, and it has no other thread,
//! the wait never ends: the script's calls, and its timeout, need the thread that waits.

mod events;
mod script;
mod scripting;
#[cfg(feature = "serve")]
mod serve;

use crate::Result;
use crate::engine::Language;
use crate::watch::WatchDefinition;

pub use self::events::Events;
pub use self::script::Script;
pub use self::scripting::Scripting;
#[cfg(feature = "serve")]
pub use self::serve::{Serve, Serving};

/// A host whose scripts are waited for: [`Host::blocking`](crate::Host::blocking).
#[derive(Debug, Clone)]
pub struct Host(crate::Host);

impl Host {
    pub(super) fn new(host: crate::Host) -> Self {
        Self(host)
    }

    /// Lua scripts on this host.
    #[cfg(feature = "lua")]
    pub fn lua(&self) -> Scripting {
        Scripting(self.0.lua())
    }

    /// Rhai scripts on this host.
    #[cfg(feature = "rhai")]
    pub fn rhai(&self) -> Scripting {
        Scripting(self.0.rhai())
    }

    /// Scripts on this host, in a language that is known only when the program runs.
    pub fn scripting(&self, language: Language) -> Scripting {
        Scripting(self.0.scripting(language))
    }

    /// What happens to the account's contacts from now on, until it is dropped.
    ///
    /// # Errors
    /// As [`Host::events`](crate::Host::events).
    pub fn events(&self, definition: WatchDefinition) -> Result<Events> {
        self.0.events(definition).map(Events)
    }

    /// Keeps the watches and schedules of script files inside this program.
    #[cfg(feature = "serve")]
    pub fn serve(&self, paths: impl IntoIterator<Item = impl Into<std::path::PathBuf>>) -> Serve {
        Serve(self.0.serve(paths))
    }
}
