//! The type of a field and the check of one value against it.

use serde_json::Value;

use super::{did_you_mean, parse_duration, parse_moment, to_wire};
use crate::{Error, Result};

/// How surely a fact about the API is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Documented by the vendor, or by an integrator's reference of the API.
    Documented,
    /// Seen by a public client of the real service.
    Observed,
    /// Inferred from a label; to be corrected when the service says otherwise.
    Inferred,
}

/// What a field takes when a contact is created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnCreate {
    /// The API decides it.
    Refused,
    /// It may be given.
    Optional,
    /// It must be given.
    Required,
}

/// The type of a field's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// 24 hexadecimal digits, as the API gives them.
    Id,
    /// Text.
    Text,
    /// A whole number within these bounds, both included.
    Integer {
        /// The smallest value.
        min: i64,
        /// The largest value.
        max: i64,
    },
    /// Any number.
    Number,
    /// An instant: RFC 3339, `YYYY-MM-DD`, or an age such as `7d`.
    Date,
    /// One of these words; case does not matter, the listed spelling is sent.
    Choice(&'static [&'static str]),
    /// A user's id, or `UNASSIGNED`.
    Assignee,
    /// A list.
    List,
    /// An object with names and values of any kind.
    Object,
    /// True or false.
    Truth,
    /// A length of time: `"15m"`, or a number of seconds.
    Duration,
    /// A length of time as text alone.
    Span,
    /// One of these types.
    Either(&'static [Self]),
}

/// What a field is about: the parts of a contact's sheet, from top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldGroup {
    /// Who the contact is, and what they said.
    Contact,
    /// Where the contact stands, and what comes next.
    FollowUp,
    /// Where the contact came from.
    Origin,
    /// The campaign that brought the contact.
    Campaign,
    /// Where the contact lives.
    Address,
    /// What happened, and when.
    Activity,
    /// Everything else: fields of the account's own, and those that the API does not document.
    Other,
}

impl FieldGroup {
    /// Every group, in the order of a sheet.
    pub const ALL: [Self; 7] = [
        Self::Contact,
        Self::FollowUp,
        Self::Origin,
        Self::Campaign,
        Self::Address,
        Self::Activity,
        Self::Other,
    ];

    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Contact => "Contact",
            Self::FollowUp => "Follow-up",
            Self::Origin => "Origin",
            Self::Campaign => "Campaign",
            Self::Address => "Address",
            Self::Activity => "Activity",
            Self::Other => "Other",
        }
    }
}

/// One field of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The name on the wire, with the vendor's spelling.
    pub name: &'static str,
    /// What it is about.
    pub group: FieldGroup,
    /// The type of its value.
    pub kind: FieldType,
    /// True where the API answers with it.
    pub answered: bool,
    /// Whether it may be given when a contact is created.
    pub create: OnCreate,
    /// True where it may be given when a contact is updated.
    pub update: bool,
    /// How surely this is known.
    pub certainty: Certainty,
    /// What it means, in one line.
    pub doc: &'static str,
}

impl FieldType {
    /// The type in words, as an error or a reference names it.
    pub fn describe(&self) -> String {
        match self {
            Self::Id => "an id (24 hexadecimal digits)".into(),
            Self::Text => "text".into(),
            Self::Integer { min, max: i64::MAX } => format!("a whole number, {min} or more"),
            Self::Integer { min, max } => format!("a whole number from {min} to {max}"),
            Self::Number => "a number".into(),
            Self::Date => "a date (RFC 3339, YYYY-MM-DD, or an age such as 7d)".into(),
            Self::Choice(words) => format!("one of {}", words.join(", ")),
            Self::Assignee => "a user's id, or UNASSIGNED".into(),
            Self::List => "a list".into(),
            Self::Object => "an object of names and values".into(),
            Self::Truth => "true or false".into(),
            Self::Duration => "a length of time such as 15m, or a number of seconds".into(),
            Self::Span => "a length of time such as 15m".into(),
            Self::Either(kinds) => {
                let kinds: Vec<_> = kinds.iter().map(Self::describe).collect();
                kinds.join(", or ")
            }
        }
    }

    /// The value as it goes on the wire.
    ///
    /// `name` is the field's name, for the error. Null passes: it clears the field.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where the value is of another type or out
    /// of bounds; the hint names a word that was probably meant.
    pub fn check(&self, name: &str, value: Value) -> Result<Value> {
        let refuse = |value: &Value| {
            Error::invalid(format!("{name} must be {}, not {}", self.describe(), shown(value)))
        };
        match (self, value) {
            (_, Value::Null) => Ok(Value::Null),
            (Self::Text, Value::String(text)) => Ok(text.into()),
            (Self::Text, value @ Value::Number(_)) => {
                Err(refuse(&value).with_hint(format!("put it in quotes: \"{value}\"")))
            }
            (Self::Id | Self::Assignee, Value::String(text)) if !text.trim().is_empty() => {
                if text.eq_ignore_ascii_case("unassigned") && *self == Self::Assignee {
                    return Ok("UNASSIGNED".into());
                }
                Ok(text.into())
            }
            (Self::Integer { min, max }, value @ Value::Number(_)) => match value.as_i64() {
                Some(number) if (*min..=*max).contains(&number) => Ok(value),
                _ => Err(refuse(&value)),
            },
            (Self::Number, value @ Value::Number(_)) => Ok(value),
            (Self::Date, Value::String(text)) => match parse_moment(&text) {
                Ok(moment) if moment.is_day => Ok(text.into()),
                Ok(moment) => Ok(to_wire(moment.start).into()),
                Err(error) => Err(error.within(name)),
            },
            (Self::Choice(words), value @ (Value::String(_) | Value::Number(_))) => {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                if let Some(word) = words.iter().find(|word| word.eq_ignore_ascii_case(&text)) {
                    return Ok((*word).into());
                }
                Err(refuse(&value).with_hint_if(did_you_mean(&text, words.iter().copied())))
            }
            (Self::List, value @ Value::Array(_)) => Ok(value),
            // A script's empty table says nothing of which of the two it is: the schema decides.
            (Self::List, Value::Object(map)) if map.is_empty() => Ok(Value::Array(Vec::new())),
            (Self::Object, Value::Array(list)) if list.is_empty() => {
                Ok(Value::Object(serde_json::Map::new()))
            }
            (Self::Object, value @ Value::Object(_)) => Ok(value),
            (Self::Truth, value @ Value::Bool(_)) => Ok(value),
            (Self::Duration, value @ Value::Number(_)) => Ok(value),
            (Self::Duration | Self::Span, Value::String(text)) => {
                parse_duration(&text).map_err(|error| error.within(name))?;
                Ok(text.into())
            }
            (Self::Either(kinds), value) => {
                let checked = kinds.iter().find_map(|kind| kind.check(name, value.clone()).ok());
                checked.ok_or_else(|| refuse(&value))
            }
            (_, value) => Err(refuse(&value)),
        }
    }
}

/// A value as an error shows it: short, and text in quotes.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
        Value::String(text) if text.chars().count() > 40 => {
            let start: String = text.chars().take(40).collect();
            format!("\"{start}…\"")
        }
        other => other.to_string(),
    }
}
