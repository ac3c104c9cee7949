//! The names that an object takes where a function expects one, for completion and help.

use super::ParamType;
use super::list_options::LIST_OPTIONS;
use crate::schema::{CONTACT_FIELDS, CONTACT_FILTERS, Field, FieldType, FilterField, OnCreate};

/// A name that an object takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: &'static str,
    /// Another name of the same, where it has one.
    pub alias: Option<&'static str>,
    /// The type of its value, where it is one of a contact's types.
    pub kind: Option<FieldType>,
    /// What it means, in a sentence.
    pub doc: &'static str,
}

impl ParamType {
    /// The names that an object takes here; none where it takes any, or is no object.
    ///
    /// ```
    /// use cliengo::api::ParamType;
    ///
    /// assert!(ParamType::Filter.names().iter().any(|name| name.name == "status"));
    /// assert!(ParamType::Text.names().is_empty());
    /// ```
    pub fn names(self) -> Vec<Named> {
        match self {
            Self::Filter => filters().collect(),
            Self::List => filters().chain(LIST_OPTIONS).collect(),
            Self::NewContact => fields(|field| field.create != OnCreate::Refused).collect(),
            Self::Changes => fields(|field| field.update).collect(),
            _ => Vec::new(),
        }
    }
}

fn filters() -> impl Iterator<Item = Named> {
    let named = |filter: &FilterField| Named {
        name: filter.name,
        alias: filter.alias,
        kind: Some(filter.kind),
        doc: filter.doc,
    };
    CONTACT_FILTERS.iter().map(named)
}

fn fields(taken: fn(&Field) -> bool) -> impl Iterator<Item = Named> {
    let named = |field: &Field| Named {
        name: field.name,
        alias: None,
        kind: Some(field.kind),
        doc: field.doc,
    };
    CONTACT_FIELDS.iter().filter(move |field| taken(field)).map(named)
}
