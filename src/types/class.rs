//! The objects with known names: what functions give, and what they take.

use super::kind::Type;
use super::parameter::{called_with, name_of, parameter_type};
use crate::api::{ApiFn, Handed, Named, ParamType, Record, RecordField, Registry, ReturnType};
use crate::engine::stdlib_registry;
use crate::schema::{CONTACT_FIELDS, Field, snake_case};

/// An object with known names.
#[derive(Debug)]
pub(super) struct Class {
    pub(super) name: String,
    pub(super) doc: String,
    pub(super) members: Vec<Member>,
    /// True where functions take it; they give the others.
    pub(super) taken: bool,
}

/// A name of an object.
#[derive(Debug)]
pub(super) struct Member {
    /// Every spelling that is taken, the usual one first.
    pub(super) spellings: Vec<String>,
    pub(super) kind: Type,
    /// True where it can be absent, or be left out.
    pub(super) optional: bool,
    pub(super) doc: &'static str,
}

impl Member {
    /// A name with two spellings is written twice, and neither of them has to be there.
    pub(super) fn is_optional(&self) -> bool {
        self.optional || self.spellings.len() > 1
    }

    /// Each spelling with its words.
    pub(super) fn each(&self) -> impl Iterator<Item = (&str, String)> {
        let first = self.spellings.first().map_or("", String::as_str);
        self.spellings.iter().enumerate().map(move |(place, spelling)| {
            let doc = match place {
                0 => self.doc.to_owned(),
                _ => format!("The same as `{first}`."),
            };
            (spelling.as_str(), doc)
        })
    }
}

/// Every object that the functions give or take, each once.
pub(super) fn classes(registry: &Registry) -> Vec<Class> {
    let mut found = Classes { registry, list: vec![contact()] };
    for function in registry.functions().chain(stdlib_registry().functions()) {
        for param in function.params {
            found.taken(function, param.name, param.kind);
        }
        found.given(function.gives);
    }
    found.add(|| of_record(Record::error()));
    found.list
}

struct Classes<'a> {
    registry: &'a Registry,
    list: Vec<Class>,
}

impl Classes<'_> {
    fn add(&mut self, class: impl FnOnce() -> Class) {
        let class = class();
        if !self.list.iter().any(|known| known.name == class.name) {
            self.list.push(class);
        }
    }

    fn taken(&mut self, function: &ApiFn, param: &str, kind: ParamType) {
        match kind {
            ParamType::Handler(handed) => {
                handed.iter().for_each(|Handed { gives, .. }| self.given(*gives));
            }
            kind => {
                let Some(name) = name_of(self.registry, function, param, kind) else { return };
                let clears = matches!(kind, ParamType::Changes | ParamType::Upsert)
                    || kind == ParamType::Objects(&ParamType::Changes);
                let members =
                    kind.names().iter().map(|named| member(named, kind, clears)).collect();
                self.add(|| Class { name, doc: about(kind, function), members, taken: true });
            }
        }
    }

    fn given(&mut self, kind: ReturnType) {
        match kind {
            ReturnType::Record(record) => self.add(|| of_record(record)),
            ReturnType::List(inner)
            | ReturnType::Sequence(inner)
            | ReturnType::Optional(inner)
            | ReturnType::Outcomes(inner) => self.given(*inner),
            _ => {}
        }
    }
}

/// What a class of parameters is, in a sentence.
fn about(kind: ParamType, function: &ApiFn) -> String {
    match kind {
        ParamType::NewContact => "The fields of a new contact.".into(),
        ParamType::Changes => "The changed fields of a contact; null clears one.".into(),
        ParamType::Objects(_) => "The changed fields of one of many contacts.".into(),
        ParamType::Upsert => "The fields of a contact that is created or updated.".into(),
        ParamType::Criteria => "What a contact is found by: all of it must match.".into(),
        ParamType::Filter => "Which contacts.".into(),
        ParamType::List => "Which contacts, and how they are fetched.".into(),
        ParamType::Options(_) => "How something that is registered behaves.".into(),
        _ => format!("What `{}` takes.", function.full_path()),
    }
}

fn member(named: &Named, of: ParamType, clears: bool) -> Member {
    let kind = match named.function {
        Some(handed) => called_with(handed),
        None => named.kind.map_or(Type::Any, Type::from),
    };
    let kind = match of {
        ParamType::Options(set) if set.functions().contains(&named.name) => {
            Type::one_of([kind, parameter_type(ParamType::Function)])
        }
        _ if clears && !named.required => Type::one_of([kind, Type::Null]),
        _ => kind,
    };
    let spellings = named.spellings();
    Member { spellings, kind, optional: !named.required, doc: named.doc }
}

fn contact() -> Class {
    let member = |field: &Field| Member {
        spellings: both(field.name),
        kind: field.kind.into(),
        // Whatever the API leaves out, a contact has an id.
        optional: field.name != "id",
        doc: field.doc,
    };
    let members = CONTACT_FIELDS.iter().filter(|field| field.answered).map(member).collect();
    let doc = "A contact. Any field but its id can be absent, and the API may send others.";
    Class { name: "Contact".into(), doc: doc.into(), members, taken: false }
}

fn of_record(record: &'static Record) -> Class {
    let member = |field: &'static RecordField| Member {
        spellings: both(field.name),
        kind: field.gives.into(),
        optional: field.optional,
        doc: field.doc,
    };
    let members = record.fields.iter().map(member).collect();
    Class { name: record.name.into(), doc: record.doc.into(), members, taken: false }
}

/// A name of the API's and its snake_case form, which reads the same.
fn both(name: &str) -> Vec<String> {
    let mut both = vec![name.to_owned(), snake_case(name)];
    both.dedup();
    both
}
