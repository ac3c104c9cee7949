//! Every function and value that the scripts of a program see.

use std::sync::{Arc, LazyLock};

use super::own::{OwnFunction, check_name};
use super::{ApiValue, FunctionRef, VALUES, functions};
use crate::Result;

/// Every function and value that scripts see. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Registry(Arc<Vec<FunctionRef>>);

impl Default for Registry {
    /// The functions of this crate.
    fn default() -> Self {
        static BUILTIN: LazyLock<Arc<Vec<FunctionRef>>> =
            LazyLock::new(|| Arc::new(functions().map(FunctionRef::from).collect()));
        Self(Arc::clone(&BUILTIN))
    }
}

impl Registry {
    /// The functions of this crate.
    pub fn builtin() -> Self {
        Self::default()
    }

    /// The same registry with one more function, of the program's own.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where its name is taken, is a word of one of
    /// the languages, or is no name; the message says which.
    pub fn with(mut self, function: OwnFunction) -> Result<Self> {
        let function = function.build()?;
        check_name(&function, self.functions())?;
        Arc::make_mut(&mut self.0).push(function.into());
        Ok(self)
    }

    /// Every function: those of this crate, then the program's own.
    pub fn functions(&self) -> impl Iterator<Item = &FunctionRef> {
        self.0.iter()
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

    /// The values, such as `cliengo.args`.
    pub fn values(&self) -> &'static [ApiValue] {
        VALUES
    }
}
