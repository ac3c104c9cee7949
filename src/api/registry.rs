//! Every function and value that the scripts of a program see.

use std::sync::{Arc, LazyLock};

use super::own::{OwnFunction, OwnValue, check_name};
use super::{ApiFn, ApiValue, FunctionRef, VALUES, functions};
use crate::Result;

/// Every function and value that scripts see. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Registry {
    functions: Arc<Vec<FunctionRef>>,
    own_values: Arc<Vec<OwnValue>>,
}

impl Default for Registry {
    /// The functions of this crate.
    fn default() -> Self {
        static BUILTIN: LazyLock<Arc<Vec<FunctionRef>>> =
            LazyLock::new(|| Arc::new(functions().map(FunctionRef::from).collect()));
        Self { functions: Arc::clone(&BUILTIN), own_values: Arc::default() }
    }
}

impl Registry {
    /// The functions of this crate.
    pub fn builtin() -> Self {
        Self::default()
    }

    /// These functions alone.
    pub(crate) fn of(functions: impl Iterator<Item = &'static ApiFn>) -> Self {
        let functions = Arc::new(functions.map(FunctionRef::from).collect());
        Self { functions, own_values: Arc::default() }
    }

    /// The same registry with one more function, of the program's own.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where its name is taken, is a word of one of
    /// the languages, or is no name; the message says which.
    pub fn with(mut self, function: OwnFunction) -> Result<Self> {
        let function = function.build()?;
        check_name(function.path, self.own_paths())?;
        Arc::make_mut(&mut self.functions).push(function.into());
        Ok(self)
    }

    /// The same registry with one more value, of the program's own.
    ///
    /// # Errors
    /// As [`with`](Self::with).
    pub fn with_value(mut self, value: OwnValue) -> Result<Self> {
        check_name(value.path(), self.own_paths())?;
        Arc::make_mut(&mut self.own_values).push(value);
        Ok(self)
    }

    fn own_paths(&self) -> impl Iterator<Item = &'static str> {
        let functions = self.functions().filter(|function| function.is_own());
        functions.map(|function| function.path).chain(self.own_values.iter().map(OwnValue::path))
    }

    /// Every function: those of this crate, then the program's own.
    pub fn functions(&self) -> impl Iterator<Item = &FunctionRef> {
        self.functions.iter()
    }

    /// The function at this path (`contacts.update`, `crm.score`) or with this other name; `cliengo.` may
    /// stand before those of this crate.
    pub fn find(&self, path: &str) -> Option<&FunctionRef> {
        let own = self.functions().find(|function| function.is_own() && function.path == path);
        let path = path.strip_prefix("cliengo.").unwrap_or(path);
        let (namespace, name) = path.rsplit_once('.').unwrap_or(("", path));
        let is = |function: &&FunctionRef| {
            let aliased =
                function.namespace_and_name().0 == namespace && function.alias == Some(name);
            !function.is_own() && (function.path == path || aliased)
        };
        own.or_else(|| self.functions().find(is))
    }

    /// The values of this crate, such as `cliengo.args`.
    pub fn values(&self) -> &'static [ApiValue] {
        VALUES
    }

    /// The program's own values.
    pub fn own_values(&self) -> &[OwnValue] {
        &self.own_values
    }
}
