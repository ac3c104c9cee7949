//! What does a function's work: one of this crate's, or an embedder's own.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde_json::Value;

use super::{ApiFn, Arguments, Call, Pending};
use crate::Result;

/// Does a function's work.
#[derive(Clone)]
pub enum Handler {
    /// A function of this crate, which scripts find below `cliengo`.
    Builtin(fn(Call) -> Pending),
    /// A function of a module of the standard library, which scripts find in the module once it is loaded.
    Module(fn(Call) -> Pending),
    /// A function of such a module that is written in the languages themselves. Its arguments are checked
    /// here, and this makes the checked ones ready for it.
    Script(fn(&mut [Value]) -> Result<()>),
    /// A function of the program that this crate is part of, which scripts find under its own path.
    Own(Arc<dyn Fn(Call) -> Pending + Send + Sync>),
}

impl fmt::Debug for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Builtin(_) => "Builtin",
            Self::Module(_) => "Module",
            Self::Script(_) => "Script",
            Self::Own(_) => "Own",
        })
    }
}

impl ApiFn {
    /// Checks the arguments of a function that is written in the languages themselves, and makes them ready
    /// for it: one value for each parameter.
    ///
    /// # Errors
    /// As [`invoke`](Self::invoke).
    pub(crate) fn ready(&self, arguments: Arguments) -> Result<Arguments> {
        let mut checked = self.check(arguments)?;
        match &self.handler {
            Handler::Script(ready) => {
                ready(&mut checked.values).map_err(|error| self.blame(error))?;
                Ok(checked)
            }
            _ => Ok(checked),
        }
    }
}

/// A function of a registry, cheap to clone; it reads as the [`ApiFn`] that it stands for.
#[derive(Debug, Clone)]
pub struct FunctionRef(Held);

#[derive(Debug, Clone)]
enum Held {
    Builtin(&'static ApiFn),
    Own(Arc<ApiFn>),
}

impl Deref for FunctionRef {
    type Target = ApiFn;

    fn deref(&self) -> &ApiFn {
        match &self.0 {
            Held::Builtin(function) => function,
            Held::Own(function) => function,
        }
    }
}

impl From<&'static ApiFn> for FunctionRef {
    fn from(function: &'static ApiFn) -> Self {
        Self(Held::Builtin(function))
    }
}

impl From<ApiFn> for FunctionRef {
    fn from(function: ApiFn) -> Self {
        Self(Held::Own(Arc::new(function)))
    }
}
