//! One language of a host, waited for.

use std::sync::Arc;
use std::time::Duration;

use pollster::block_on;
use serde::de::DeserializeOwned;

use super::Script;
use crate::api::{Cancel, Sink};
use crate::engine::{Limits, ScriptFailure};
use crate::host::{self, Run, ScriptSource};

/// One language of a host, and how its scripts are run. Each function is that of
/// [`host::Scripting`], and waits.
#[derive(Debug, Clone)]
#[must_use = "it does nothing until something is run"]
pub struct Scripting(pub(super) host::Scripting);

impl Scripting {
    /// See [`host::Scripting::name`].
    pub fn name(self, name: impl Into<String>) -> Self {
        Self(self.0.name(name))
    }

    /// See [`host::Scripting::timeout`].
    pub fn timeout(self, timeout: Duration) -> Self {
        Self(self.0.timeout(timeout))
    }

    /// See [`host::Scripting::limits`].
    pub fn limits(self, limits: Limits) -> Self {
        Self(self.0.limits(limits))
    }

    /// See [`host::Scripting::cancel`].
    pub fn cancel(self, cancel: Cancel) -> Self {
        Self(self.0.cancel(cancel))
    }

    /// See [`host::Scripting::arguments`].
    pub fn arguments(self, arguments: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self(self.0.arguments(arguments))
    }

    /// See [`host::Scripting::sink`].
    pub fn sink(self, sink: Arc<dyn Sink>) -> Self {
        Self(self.0.sink(sink))
    }

    /// See [`host::Scripting::read_only`].
    pub fn read_only(self, read_only: bool) -> Self {
        Self(self.0.read_only(read_only))
    }

    /// See [`host::Scripting::dry_run`].
    pub fn dry_run(self, dry_run: bool) -> Self {
        Self(self.0.dry_run(dry_run))
    }

    /// Runs a script and gives what it returned.
    ///
    /// # Errors
    /// As [`host::Scripting::eval`].
    pub fn eval<T: DeserializeOwned + 'static>(
        &self,
        source: impl Into<ScriptSource>,
    ) -> Result<T, ScriptFailure> {
        block_on(self.0.eval(source))
    }

    /// Runs a script and tells all that it did.
    pub fn run<T: DeserializeOwned + 'static>(&self, source: impl Into<ScriptSource>) -> Run<T> {
        block_on(self.0.run(source))
    }

    /// Runs a script and keeps it, so that its functions can be called.
    ///
    /// # Errors
    /// As [`host::Scripting::load`].
    pub fn load(&self, source: impl Into<ScriptSource>) -> Result<Script, ScriptFailure> {
        block_on(self.0.load(source)).map(Script)
    }
}
