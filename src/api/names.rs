//! The names that an object takes where a function expects one, for completion and help.

use super::ParamType;
use super::list_options::LIST_OPTIONS;
use super::watch::ON_FAILURE;
use crate::schedule::{SCHEDULE_OPTIONS, ScheduleOption};
use crate::schema::{CONTACT_FIELDS, CONTACT_FILTERS, Field, FieldType, FilterField, OnCreate};
use crate::watch::{WATCH_FILTERS, WATCH_OPTIONS};

/// A name that an object takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: &'static str,
    /// Another name of the same, where it has one.
    pub alias: Option<&'static str>,
    /// The type of its value, where that is one of a contact's types.
    pub kind: Option<FieldType>,
    /// What it means, in a sentence.
    pub doc: &'static str,
}

impl Named {
    /// A name for a value of any type.
    pub const fn new(name: &'static str, doc: &'static str) -> Self {
        Self { name, alias: None, kind: None, doc }
    }

    /// The same for a value of this type.
    #[must_use]
    pub const fn of(self, kind: FieldType) -> Self {
        Self { kind: Some(kind), ..self }
    }
}

/// The options of something that a script registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionSet {
    /// Those of a watch.
    Watch,
    /// Those of a schedule.
    Schedule,
}

impl OptionSet {
    /// The names of the options that may be functions.
    pub const fn functions(self) -> &'static [&'static str] {
        &[ON_FAILURE]
    }

    fn names(self) -> Vec<Named> {
        let failed = Named::new(ON_FAILURE, "A function or a URL that is told of what failed.");
        let names: Vec<Named> = match self {
            Self::Watch => watch().collect(),
            Self::Schedule => SCHEDULE_OPTIONS.iter().map(scheduled).collect(),
        };
        names.into_iter().chain([failed]).collect()
    }
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
            // Each of many changes says whose it is.
            Self::Objects(Self::Changes) => {
                let id = Named::new("id", "The contact's id.");
                std::iter::once(id).chain(Self::Changes.names()).collect()
            }
            Self::Objects(item) => item.names(),
            Self::Named(names) => names.to_vec(),
            Self::Options(set) => set.names(),
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
    let named = |field: &Field| Named::new(field.name, field.doc).of(field.kind);
    CONTACT_FIELDS.iter().filter(move |field| taken(field)).map(named)
}

fn watch() -> impl Iterator<Item = Named> {
    let options = WATCH_OPTIONS
        .iter()
        .map(|option| Named { kind: choice(option.words), ..Named::new(option.name, option.doc) });
    options.chain(filters().filter(|filter| WATCH_FILTERS.contains(&filter.name)))
}

fn scheduled(option: &ScheduleOption) -> Named {
    Named { kind: choice(option.words), ..Named::new(option.name, option.doc) }
}

fn choice(words: &'static [&'static str]) -> Option<FieldType> {
    Some(FieldType::Choice(words)).filter(|_| !words.is_empty())
}
