//! Where functions stand: `cliengo`, the namespaces in it, and those of an embedder's own.

use super::parameter::Signature;
use crate::api::{ApiFn, FunctionRef, OwnValue, Registry};

/// A table with functions.
#[derive(Debug)]
pub(super) struct Place<'a> {
    /// `cliengo`, `cliengo.contacts`, `crm`; empty for functions that are global.
    pub(super) path: String,
    pub(super) functions: Vec<Entry<'a>>,
    /// The values of an embedder's own, by their names there.
    pub(super) values: Vec<(&'static str, &'a OwnValue)>,
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
    let mut places = Vec::new();
    at("cliengo", &mut places);
    for function in registry.functions() {
        let place = at(&path_of(function), &mut places);
        for name in names(function) {
            let signature = Signature::of(registry, function);
            place.functions.push(Entry { name, function, signature });
        }
    }
    for value in registry.own_values() {
        let (namespace, name) = value.path().rsplit_once('.').unwrap_or(("", value.path()));
        at(namespace, &mut places).values.push((name, value));
    }
    places
}

/// The place of this path, which is made where it is not there.
fn at<'a, 'b>(path: &str, places: &'b mut Vec<Place<'a>>) -> &'b mut Place<'a> {
    let index = places.iter().position(|place| place.path == path).unwrap_or_else(|| {
        let (functions, values) = (Vec::new(), Vec::new());
        places.push(Place { path: path.to_owned(), functions, values });
        places.len() - 1
    });
    &mut places[index]
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
