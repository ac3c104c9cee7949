//! The names that an object takes where a function expects one, for completion and help.

use super::list_options::LIST_OPTIONS;
use super::watch::ON_FAILURE;
use super::{Handed, ParamType};
use crate::client::upsert::is_comparable;
use crate::schedule::{SCHEDULE_OPTIONS, ScheduleOption};
use crate::schema::{
    CONTACT_FIELDS, CONTACT_FILTERS, Field, FieldType, FilterField, OnCreate, camel_case,
    contact_field, snake_case,
};
use crate::watch::{WATCH_FILTERS, WATCH_OPTIONS};

/// A name that an object takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: &'static str,
    /// Another name of the same, where it has one.
    pub alias: Option<&'static str>,
    /// The API's name of the same, which is taken too; none where camelCase and snake_case of the name are.
    pub wire: Option<&'static str>,
    /// The type of its value; none where it takes any.
    pub kind: Option<FieldType>,
    /// True where it cannot be left out.
    pub required: bool,
    /// What a function of the script is called with, where its value is one.
    pub function: Option<&'static [Handed]>,
    /// What it means, in a sentence.
    pub doc: &'static str,
}

impl Named {
    /// A name for a value of any type.
    pub const fn new(name: &'static str, doc: &'static str) -> Self {
        let (kind, required, function) = (None, false, None);
        Self { name, alias: None, wire: None, kind, required, function, doc }
    }

    /// The same for a function of the script, which may be called in the course of the call.
    #[must_use]
    pub const fn function(self, handed: &'static [Handed]) -> Self {
        Self { function: Some(handed), ..self }
    }

    /// The same for a value of this type.
    #[must_use]
    pub const fn of(self, kind: FieldType) -> Self {
        Self { kind: Some(kind), ..self }
    }

    /// The same, which cannot be left out.
    #[must_use]
    pub const fn needed(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same, of which no other spelling is taken.
    #[must_use]
    pub const fn exactly(self) -> Self {
        Self { wire: Some(self.name), ..self }
    }

    /// Every spelling that is taken, its own first: `website_id`, `websiteId`.
    pub fn spellings(&self) -> Vec<String> {
        let wire = self.wire.map(|wire| [wire.to_owned(), snake_case(wire)]);
        let other = match wire {
            Some(wire) => wire.to_vec(),
            None => {
                [camel_case(self.name), Some(snake_case(self.name))].into_iter().flatten().collect()
            }
        };
        let alias = self.alias.map(str::to_owned);
        let mut all = vec![self.name.to_owned()];
        for spelling in alias.into_iter().chain(other) {
            if !all.contains(&spelling) {
                all.push(spelling);
            }
        }
        all
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
        let failed = Named::new(ON_FAILURE, "A function or a URL that is told of what failed.")
            .of(FieldType::Text)
            .exactly();
        let names: Vec<Named> = match self {
            Self::Watch => watch().collect(),
            Self::Schedule => SCHEDULE_OPTIONS.iter().map(scheduled).collect(),
        };
        names.into_iter().chain([failed]).collect()
    }
}

impl ParamType {
    /// True where the object that is given here may have a function under this name.
    pub(crate) fn takes_function_named(self, name: &str) -> bool {
        match self {
            Self::Options(set) => set.functions().contains(&name),
            Self::Named(names) => names.iter().any(|it| it.function.is_some() && it.name == name),
            _ => false,
        }
    }

    /// The names under which the object that is given here may have functions.
    pub(super) fn functions(self) -> Vec<&'static str> {
        match self {
            Self::Options(set) => set.functions().to_vec(),
            Self::Named(names) => {
                names.iter().filter(|it| it.function.is_some()).map(|it| it.name).collect()
            }
            _ => Vec::new(),
        }
    }

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
            Self::NewContact => {
                fields(|field| field.create != OnCreate::Refused).map(needed).collect()
            }
            Self::Upsert => {
                fields(|field| field.create != OnCreate::Refused || field.update).collect()
            }
            Self::Criteria => fields(is_comparable).collect(),
            Self::Changes => fields(|field| field.update).collect(),
            // Each of many changes says whose it is.
            Self::Objects(Self::Changes) => {
                let id = Named::new("id", "The contact's id.").of(FieldType::Id).needed();
                let fields =
                    Named::new("fields", "The fields to change, where they are not beside the id.");
                [id, fields.of(FieldType::Object)]
                    .into_iter()
                    .chain(Self::Changes.names())
                    .collect()
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
        alias: filter.alias,
        wire: filter.wire,
        ..Named::new(filter.name, filter.doc).of(filter.kind)
    };
    CONTACT_FILTERS.iter().map(named)
}

fn fields(taken: fn(&Field) -> bool) -> impl Iterator<Item = Named> {
    let named = |field: &Field| Named::new(field.name, field.doc).of(field.kind);
    CONTACT_FIELDS.iter().filter(move |field| taken(field)).map(named)
}

/// The same, needed where a new contact needs it.
fn needed(named: Named) -> Named {
    let field = contact_field(named.name);
    let required = field.is_some_and(|field| field.create == OnCreate::Required);
    Named { required, ..named }
}

fn watch() -> impl Iterator<Item = Named> {
    let options = WATCH_OPTIONS.iter().map(|it| Named::new(it.name, it.doc).of(it.kind));
    let filters = filters().filter(|filter| WATCH_FILTERS.contains(&filter.name));
    options.chain(filters)
}

fn scheduled(option: &ScheduleOption) -> Named {
    Named::new(option.name, option.doc).of(option.kind).exactly()
}
