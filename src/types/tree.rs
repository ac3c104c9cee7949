//! Where functions stand: `cliengo`, the namespaces in it, and those of an embedder's own.

use super::parameter::Signature;
use crate::api::{ApiFn, FunctionRef, Registry};

/// A table with functions.
#[derive(Debug)]
pub(super) struct Place<'a> {
    /// `cliengo`, `cliengo.contacts`, `crm`; empty for functions that are global.
    pub(super) path: String,
    pub(super) functions: Vec<Entry<'a>>,
}

/// A function under one of its names.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) name: &'static str,
    pub(super) function: &'a ApiFn,
    pub(super) signature: Signature,
}

impl Place<'_> {
    /// Its last name: `contacts`.
    pub(super) fn name(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }

    /// True where it is a table in `cliengo`.
    pub(super) fn is_below_cliengo(&self) -> bool {
        self.path.starts_with("cliengo.")
    }
}

/// Every place, `cliengo` first.
pub(super) fn places(registry: &Registry) -> Vec<Place<'_>> {
    let mut places = vec![Place { path: "cliengo".into(), functions: Vec::new() }];
    for function in registry.functions() {
        let path = path_of(function);
        let at = places.iter().position(|place| place.path == path).unwrap_or_else(|| {
            places.push(Place { path, functions: Vec::new() });
            places.len() - 1
        });
        for name in names(function) {
            let signature = Signature::of(registry, function);
            places[at].functions.push(Entry { name, function, signature });
        }
    }
    places
}

fn path_of(function: &FunctionRef) -> String {
    let (namespace, _) = function.namespace_and_name();
    match (function.is_own(), namespace) {
        (true, own) => own.to_owned(),
        (false, "") => "cliengo".to_owned(),
        (false, below) => format!("cliengo.{below}"),
    }
}

fn names(function: &FunctionRef) -> impl Iterator<Item = &'static str> {
    std::iter::once(function.namespace_and_name().1).chain(function.alias)
}
