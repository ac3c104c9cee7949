//! The types of parameters in words.

use crate::api::{Named, ParamType};
use crate::schema::FieldType;

/// The type of a parameter in words.
pub(super) fn described(kind: ParamType) -> String {
    match kind {
        ParamType::Id => "an id".into(),
        ParamType::Text => "text".into(),
        ParamType::Choice(words) => format!("one of {}", words.join(", ")),
        ParamType::NewContact => "the fields of a contact".into(),
        ParamType::Changes | ParamType::Upsert => "fields of a contact".into(),
        ParamType::Criteria => "fields, or their names".into(),
        ParamType::Filter | ParamType::List => "a filter".into(),
        ParamType::Duration => "a time such as \"2s\", or seconds".into(),
        ParamType::Object | ParamType::Named(_) => "an object".into(),
        ParamType::Values | ParamType::Items => "a list".into(),
        ParamType::By => "a function, or the name of a field".into(),
        ParamType::Ids => "a list of ids".into(),
        ParamType::Objects(_) => "a list of objects".into(),
        ParamType::Function | ParamType::Handler(_) | ParamType::Step => "a function".into(),
        ParamType::Options(_) => "an object with options".into(),
        ParamType::Value(kind) => short(kind),
        ParamType::Any => "any value".into(),
    }
}

/// The names that an object takes, each with its type; none where it takes any.
pub(super) fn names(kind: ParamType) -> Option<String> {
    let in_short = |named: &Named| match named.function {
        Some(_) => Some("function".to_owned()),
        None => named.kind.map(short),
    };
    let word = |named: &Named| match in_short(named) {
        Some(kind) => format!("{} ({kind})", named.name),
        None => named.name.to_owned(),
    };
    let names: Vec<String> = kind.names().iter().map(word).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// A type in a word or two; the words of a choice where they are few.
fn short(kind: FieldType) -> String {
    match kind {
        FieldType::Id => "id".into(),
        FieldType::Text => "text".into(),
        FieldType::Integer { min, max: i64::MAX } => format!("{min} or more"),
        FieldType::Integer { min, max } => format!("{min} to {max}"),
        FieldType::Number => "number".into(),
        FieldType::Date => "date".into(),
        FieldType::Choice(words) => words.join("|"),
        FieldType::Assignee => "user's id or UNASSIGNED".into(),
        FieldType::List => "list".into(),
        FieldType::Object => "object".into(),
        FieldType::Truth => "true or false".into(),
        FieldType::Duration | FieldType::Span => "time".into(),
        FieldType::Either(kinds) => {
            kinds.iter().map(|kind| short(*kind)).collect::<Vec<_>>().join(" or ")
        }
    }
}
