//! What `contacts.list` and `contacts.each` take: a filter, and how the list is fetched.

use serde_json::{Map, Value};

use super::Named;
use crate::client::ListContacts;
use crate::schema::{CONTACT_FILTERS, ContactFilter, FieldType, did_you_mean};
use crate::{Error, Result};

/// The options beside the filters.
pub(super) const LIST_OPTIONS: [Named; 2] = [
    Named::new("concurrency", "The most pages that are fetched at once.")
        .of(FieldType::Integer { min: 1, max: 64 }),
    Named::new(
        "checkpoint",
        "With `contacts.each`: a name under which its place is kept for the next run.",
    )
    .of(FieldType::Text),
];
/// The longest name of a checkpoint: it becomes a file's name.
const LONGEST_NAME: usize = 64;

/// Which contacts, and how they are fetched.
#[derive(Debug)]
pub(super) struct ListOptions {
    pub(super) filter: ContactFilter,
    pub(super) concurrency: usize,
    /// The name under which the walk's place is kept.
    pub(super) checkpoint: Option<String>,
    /// The filter as it was given: an age such as `7d` is another instant in every run.
    pub(super) given: Map<String, Value>,
}

impl ListOptions {
    /// Reads a filter with options in it.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid): an unknown name, or a value that cannot be
    /// right.
    pub(super) fn from_map(mut given: Map<String, Value>) -> Result<Self> {
        let concurrency = given.remove("concurrency").filter(|value| !value.is_null());
        let checkpoint = given.remove("checkpoint").filter(|value| !value.is_null());
        let filter =
            ContactFilter::from_map(given.clone()).map_err(|error| hinted(error, &given))?;
        let concurrency = match concurrency {
            None => ListContacts::CONCURRENCY,
            Some(value) => {
                let checked =
                    FieldType::Integer { min: 1, max: 64 }.check("concurrency", value)?.as_u64();
                checked.and_then(|number| usize::try_from(number).ok()).unwrap_or(1)
            }
        };
        let checkpoint = checkpoint.map(name).transpose()?;
        Ok(Self { filter, concurrency, checkpoint, given })
    }
}

/// A misspelt option is no filter, but may be meant for one of ours.
fn hinted(error: Error, given: &Map<String, Value>) -> Error {
    let unknown = given.keys().find(|name| error.message.contains(&format!("\"{name}\"")));
    let names = CONTACT_FILTERS
        .iter()
        .map(|filter| filter.name)
        .chain(LIST_OPTIONS.iter().map(|it| it.name));
    let meant = unknown.and_then(|name| did_you_mean(name, names));
    error.with_hint_if(meant)
}

/// A name that is a file's name on every system.
fn name(value: Value) -> Result<String> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let good = |name: &&str| {
        !name.is_empty()
            && name.len() <= LONGEST_NAME
            && !name.starts_with('.')
            && name.chars().all(plain)
    };
    value.as_str().filter(good).map(str::to_owned).ok_or_else(|| {
        Error::invalid(format!("checkpoint cannot be {value}"))
            .with_hint("name it with letters, digits, - and _, such as \"nightly-sync\"")
    })
}
