//! A type in no language's words. Each language writes it in its own.

use serde_json::Value;

use crate::api::{OwnValue, ReturnType, ValueKind};
use crate::schema::FieldType;

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Type {
    /// Any value.
    Any,
    /// No value: nil, `()`.
    Nothing,
    /// The explicit null, which clears a field.
    Null,
    /// True or false.
    Truth,
    /// A text.
    Text,
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// An object with names and values of any kind.
    Object,
    /// One of these words.
    Words(&'static [&'static str]),
    /// An object with known names; see [`Class`](super::class::Class).
    Class(String),
    /// A list.
    List(Box<Self>),
    /// This, or nothing.
    Optional(Box<Self>),
    /// One of these.
    Union(Vec<Self>),
    /// A function of these parameters that gives this.
    Function(Vec<(&'static str, Self)>, Box<Self>),
    /// A function of any parameters that gives anything.
    AnyFunction,
    /// What a `for` loop goes through.
    Sequence(Box<Self>),
    /// What became of an item: this, or an error.
    Outcome(Box<Self>),
    /// Whatever type stands in the same place of another part of the signature.
    Same,
}

impl Type {
    /// The type of a value of an embedder's own.
    pub(super) fn of_value(value: &OwnValue) -> Self {
        match serde_json::from_slice(value.json()) {
            Ok(Value::String(_)) => Self::Text,
            Ok(Value::Bool(_)) => Self::Truth,
            Ok(Value::Number(_)) => Self::Number,
            Ok(Value::Array(_)) => Self::Any.list(),
            Ok(Value::Object(_)) => Self::Object,
            _ => Self::Any,
        }
    }

    /// A list of this.
    pub(super) fn list(self) -> Self {
        Self::List(Box::new(self))
    }

    /// This, or nothing.
    pub(super) fn optional(self) -> Self {
        match self {
            Self::Any | Self::Optional(_) | Self::Nothing => self,
            other => Self::Optional(Box::new(other)),
        }
    }

    /// One of these, each named once.
    pub(super) fn one_of(types: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Vec::new();
        for kind in types {
            let parts = match kind {
                Self::Union(parts) => parts,
                one => vec![one],
            };
            for part in parts {
                if !all.contains(&part) {
                    all.push(part);
                }
            }
        }
        match (all.pop(), all.is_empty()) {
            (Some(only), true) => only,
            (last, _) => Self::Union(all.into_iter().chain(last).collect()),
        }
    }

    /// What may be given where this is taken: Lua makes no whole numbers of others, and takes them all.
    pub(super) fn widened(&self) -> Self {
        let inner = |kind: &Self| Box::new(kind.widened());
        match self {
            Self::Integer => Self::Number,
            Self::List(item) => Self::List(inner(item)),
            Self::Optional(kind) => Self::Optional(inner(kind)),
            Self::Union(kinds) => Self::one_of(kinds.iter().map(Self::widened)),
            other => other.clone(),
        }
    }

    /// True where the type in it stands for whatever another part of the signature has.
    pub(super) fn has_same(&self) -> bool {
        match self {
            Self::Same => true,
            Self::List(inner) | Self::Optional(inner) | Self::Sequence(inner) => inner.has_same(),
            Self::Outcome(inner) => inner.has_same(),
            Self::Union(parts) => parts.iter().any(Self::has_same),
            Self::Function(parameters, gives) => {
                gives.has_same() || parameters.iter().any(|(_, kind)| kind.has_same())
            }
            _ => false,
        }
    }
}

impl From<FieldType> for Type {
    fn from(kind: FieldType) -> Self {
        match kind {
            FieldType::Id | FieldType::Text | FieldType::Date | FieldType::Assignee => Self::Text,
            FieldType::Span => Self::Text,
            FieldType::Integer { .. } => Self::Integer,
            FieldType::Number => Self::Number,
            FieldType::Choice(words) => Self::Words(words),
            FieldType::List => Self::Any.list(),
            FieldType::Object => Self::Object,
            FieldType::Truth => Self::Truth,
            FieldType::Duration => Self::one_of([Self::Text, Self::Number]),
            FieldType::Either(kinds) => Self::one_of(kinds.iter().map(|kind| (*kind).into())),
        }
    }
}

impl From<ReturnType> for Type {
    fn from(kind: ReturnType) -> Self {
        match kind {
            ReturnType::Any => Self::Any,
            ReturnType::Nothing => Self::Nothing,
            ReturnType::Truth => Self::Truth,
            ReturnType::Text => Self::Text,
            ReturnType::Number => Self::Number,
            ReturnType::Integer => Self::Integer,
            ReturnType::Object => Self::Object,
            ReturnType::Contact => Self::Class("Contact".into()),
            ReturnType::Record(record) => Self::Class(record.name.into()),
            ReturnType::List(item) => Self::from(*item).list(),
            ReturnType::Sequence(item) => Self::Sequence(Box::new((*item).into())),
            ReturnType::Optional(inner) => Self::from(*inner).optional(),
            ReturnType::Outcomes(item) => Self::Outcome(Box::new((*item).into())).list(),
            ReturnType::SameAsFunction | ReturnType::Item => Self::Same,
        }
    }
}

impl From<ValueKind> for Type {
    fn from(kind: ValueKind) -> Self {
        match kind {
            ValueKind::Arguments => Self::Text.list(),
            ValueKind::Null => Self::Null,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_union_names_each_type_once() {
        let duration = Type::from(FieldType::Duration);
        let both = Type::one_of([duration.clone(), Type::Text]);
        assert_eq!(both, duration);
        assert_eq!(Type::one_of([Type::Text, Type::Text]), Type::Text);
    }
}
