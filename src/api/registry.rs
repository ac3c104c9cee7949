//! Every function and value that the scripts of a program see.

use super::{ApiFn, ApiValue, VALUES, functions};

/// Every function and value that scripts see. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Registry(());

impl Registry {
    /// The functions of this crate.
    pub fn builtin() -> Self {
        Self::default()
    }

    /// Every function.
    pub fn functions(&self) -> impl Iterator<Item = &'static ApiFn> + use<> {
        functions()
    }

    /// The function at this path (`contacts.update`) or with this other name; `cliengo.` may stand before
    /// it.
    pub fn find(&self, path: &str) -> Option<&'static ApiFn> {
        let path = path.strip_prefix("cliengo.").unwrap_or(path);
        let alias = |function: &ApiFn| {
            let (namespace, _) = function.namespace_and_name();
            let (prefix, name) = path.rsplit_once('.').unwrap_or(("", path));
            namespace == prefix && function.alias == Some(name)
        };
        self.functions().find(|function| function.path == path || alias(function))
    }

    /// The values, such as `cliengo.args`.
    pub fn values(&self) -> &'static [ApiValue] {
        VALUES
    }
}
