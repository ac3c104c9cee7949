//! Where functions stand: in `cliengo` and its namespaces, or in an embedder's own.

use std::fmt;

use super::{ApiFn, Handler, OwnValue};

/// What scripts write before the last dot of a function's path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Namespace {
    /// True below `cliengo`.
    builtin: bool,
    /// The name; empty for `cliengo` itself, and for functions that are global.
    name: &'static str,
}

impl Namespace {
    /// `cliengo` itself.
    pub(crate) const CLIENGO: Self = Self { builtin: true, name: "" };
    /// No namespace: an embedder's function that is global.
    pub(crate) const GLOBAL: Self = Self { builtin: false, name: "" };

    /// True for the namespace that scripts find under this name in `cliengo`.
    pub(crate) fn is_below_cliengo(self) -> bool {
        self.builtin && !self.name.is_empty()
    }

    /// Its last name; `cliengo` has none.
    pub(crate) fn name(self) -> &'static str {
        self.name
    }
}

impl fmt::Display for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.builtin, self.name) {
            (true, "") => f.write_str("cliengo"),
            (true, name) => write!(f, "cliengo.{name}"),
            (false, name) => f.write_str(name),
        }
    }
}

impl ApiFn {
    /// Where it stands.
    pub(crate) fn namespace(&self) -> Namespace {
        Namespace {
            builtin: matches!(self.handler, Handler::Builtin(_)),
            name: self.namespace_and_name().0,
        }
    }
}

impl OwnValue {
    /// Where it stands, and its name there.
    pub(crate) fn namespace_and_name(&self) -> (Namespace, &'static str) {
        let (name, last) = self.path().rsplit_once('.').unwrap_or(("", self.path()));
        (Namespace { builtin: false, name }, last)
    }
}
