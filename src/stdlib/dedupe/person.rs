//! What of a contact is compared.

use std::collections::{HashMap, HashSet};

use phonenumber::country::Id;
use serde_json::Value;

use super::name::Name;
use super::options::Options;
use crate::schema::read_instant;
use crate::stdlib::{email, phone};

/// Fewer digits are extensions and typing errors, which strangers share.
const SHORTEST: usize = 8;

/// What of a contact is compared, each in one spelling.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
    pub(super) name: Name,
}

impl Person {
    pub(super) fn of(contact: &Value, options: &Options) -> Self {
        let names =
            ["name", "lastName", "last_name"].into_iter().filter_map(|name| text(contact, name));
        Self {
            phone: options.phone.then(|| number(contact, options.region)).flatten(),
            email: options.email.then(|| address(contact)).flatten(),
            name: if options.name { Name::of(names) } else { Name::default() },
        }
    }
}

/// The options with the country that most numbers of the contacts name, where none is given.
pub(super) fn with_region<'a>(
    options: Options,
    contacts: impl IntoIterator<Item = &'a Value>,
) -> Options {
    if options.region.is_some() || !options.phone {
        return options;
    }
    let mut counts = HashMap::<String, usize>::new();
    // A thousand tell as much as all.
    let phones = contacts.into_iter().filter_map(|contact| text(contact, "phone"));
    for phone in phones.filter(|phone| phone.trim_start().starts_with('+')).take(1_000) {
        if let Some(country) = phone::country_of(phone) {
            *counts.entry(country).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by(|one, other| (one.1, &other.0).cmp(&(other.1, &one.0)));
    let region = most.and_then(|(country, _)| phone::region(&country).ok().flatten());
    Options { region, ..options }
}

/// The contacts of a list, each once: where lists overlap, the same contact is no duplicate of itself, which
/// would be deleted then.
pub(super) fn each_once(list: &Value) -> Vec<&Value> {
    let mut seen = HashSet::new();
    let id = |contact: &Value| contact.get("id").filter(|id| !id.is_null()).map(Value::to_string);
    let contacts = list.as_array().into_iter().flatten();
    contacts.filter(|contact| id(contact).is_none_or(|id| seen.insert(id))).collect()
}

/// When the contact was created; contacts without a date come last.
pub(super) fn created(contact: &Value) -> jiff::Timestamp {
    let date = contact.get("creationDate").or_else(|| contact.get("creation_date"));
    date.and_then(|date| read_instant(&date.to_string())).unwrap_or(jiff::Timestamp::MAX)
}

fn text<'a>(contact: &'a Value, name: &str) -> Option<&'a str> {
    contact.get(name)?.as_str().filter(|text| !text.trim().is_empty())
}

fn number(contact: &Value, region: Option<Id>) -> Option<String> {
    let typed = text(contact, "phone")?;
    if let Some(number) = phone::normal(typed, region) {
        // Nothing tells a mobile of Argentina that was typed without 15 and 9.
        return Some(
            number.strip_prefix("+549").map_or(number.clone(), |rest| format!("+54{rest}")),
        );
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let first = digits.chars().next()?;
    let made_up = digits.chars().all(|digit| digit == first);
    (digits.len() >= SHORTEST && !made_up).then_some(digits)
}

fn address(contact: &Value) -> Option<String> {
    email::normal(text(contact, "email")?).map(|address| email::mailbox(&address))
}
