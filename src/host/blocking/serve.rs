//! A daemon inside the program, waited for.

use std::net::SocketAddr;
use std::time::Duration;

use pollster::block_on;

use crate::Result;
use crate::engine::{Language, Limits};
use crate::host;
use crate::runtime::Stage;

/// Keeps the watches and schedules of script files inside a program. Each function is that of
/// [`host::Serve`], and waits.
#[derive(Debug, Clone)]
#[must_use = "it does nothing until it is started"]
pub struct Serve(pub(super) host::Serve);

impl Serve {
    /// See [`host::Serve::language`].
    pub fn language(self, language: Language) -> Self {
        Self(self.0.language(language))
    }

    /// See [`host::Serve::limits`].
    pub fn limits(self, limits: Limits) -> Self {
        Self(self.0.limits(limits))
    }

    /// See [`host::Serve::timeout`].
    pub fn timeout(self, timeout: Duration) -> Self {
        Self(self.0.timeout(timeout))
    }

    /// See [`host::Serve::drain`].
    pub fn drain(self, drain: Duration) -> Self {
        Self(self.0.drain(drain))
    }

    /// See [`host::Serve::keep`].
    pub fn keep(self, keep: Duration) -> Self {
        Self(self.0.keep(keep))
    }

    /// See [`host::Serve::listen`].
    pub fn listen(self, address: SocketAddr) -> Self {
        Self(self.0.listen(address))
    }

    /// Begins, and waits until the scripts are loaded.
    ///
    /// # Errors
    /// As [`host::Serve::start`].
    pub fn start(self) -> Result<Serving> {
        block_on(self.0.start()).map(Serving)
    }
}

/// A daemon inside the program that has begun. Dropping it has it stop in the background.
#[derive(Debug)]
pub struct Serving(host::Serving);

impl Serving {
    /// How far it is.
    pub fn stage(&self) -> Stage {
        self.0.stage()
    }

    /// See [`host::Serving::reload`].
    pub fn reload(&self) {
        block_on(self.0.reload());
    }

    /// Begins nothing new, and waits until what runs has come to its end.
    ///
    /// # Errors
    /// As [`host::Serving::stop`].
    pub fn stop(self) -> Result<()> {
        block_on(self.0.stop())
    }

    /// Waits for its end, which nobody may have wished for.
    ///
    /// # Errors
    /// As [`host::Serving::ended`].
    pub fn ended(&mut self) -> Result<()> {
        block_on(self.0.ended())
    }
}
