//! Fields that contacts, events and runs do not have.

use crate::check::facts::FieldRead;
use crate::check::kinds::Shape;
use crate::check::{Code, Finding};
use crate::schema::{CONTACT_FIELDS, did_you_mean};

pub(super) fn unknown(it: &FieldRead<'_>) -> Finding {
    let typed = &it.name.text;
    let message = format!("{} has no field \"{typed}\"", it.shape.noun());
    let hint = match it.shape {
        Shape::Contact => did_you_mean(typed, CONTACT_FIELDS.iter().map(|field| field.name))
            .unwrap_or_else(|| OF_THE_ACCOUNT.to_owned()),
        other => did_you_mean(typed, other.fields().iter().copied())
            .unwrap_or_else(|| format!("it has {}", other.fields().join(", "))),
    };
    Finding::new(Code::UnknownField, it.name.place, message).with_hint(hint)
}

const OF_THE_ACCOUNT: &str =
    "where it is a field of your account's own, end the line with the comment \"cliengo: ignore\"";
