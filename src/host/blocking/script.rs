//! A loaded script, waited for.

use pollster::block_on;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::api::Registration;
use crate::engine::ScriptFailure;
use crate::host::{self, Run, ScriptFunction};

/// A script that was run and is kept, so that the program can call its functions. Each function is that of
/// [`host::Script`], and waits.
#[derive(Debug, Clone)]
pub struct Script(pub(super) host::Script);

impl Script {
    /// The name that errors show.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// See [`host::Script::functions`].
    pub fn functions(&self) -> &[String] {
        self.0.functions()
    }

    /// See [`host::Script::registrations`].
    pub fn registrations(&self) -> &[Registration] {
        self.0.registrations()
    }

    /// See [`host::Script::is_usable`].
    pub fn is_usable(&self) -> bool {
        self.0.is_usable()
    }

    /// Calls a function with these arguments, a tuple with a place for each, and gives what it returned.
    ///
    /// # Errors
    /// As [`host::Script::call`].
    pub fn call<T: DeserializeOwned + 'static>(
        &self,
        function: impl Into<ScriptFunction>,
        arguments: impl Serialize,
    ) -> Result<T, ScriptFailure> {
        block_on(self.0.call(function, arguments))
    }

    /// Calls a function and tells all that it did.
    pub fn run<T: DeserializeOwned + 'static>(
        &self,
        function: impl Into<ScriptFunction>,
        arguments: impl Serialize,
    ) -> Run<T> {
        block_on(self.0.run(function, arguments))
    }
}
