//! Whether the API's `query` finds contacts by a field. Its name on the wire and its reach are only
//! inferred: it may look at names alone, or be ignored. So it is tried on contacts that are known.

use serde_json::{Map, Value};

use super::criteria::{Criterion, normal};
use crate::Result;
use crate::client::{Client, Row};
use crate::schema::ContactFilter;

/// Contacts that are looked for.
const SAMPLES: usize = 3;
/// Pages of an answer that are looked through for one of them.
const PAGES: usize = 4;

/// The requests that a measurement takes.
pub(super) const PRICE: u64 = SAMPLES as u64 + 1;

/// True where a search finds every sample by the field, and nothing by a word that no contact holds.
/// None where no contact is fit for a sample.
pub(super) async fn finds_by(client: &Client, name: &str, newest: &[Row]) -> Result<Option<bool>> {
    let samples: Vec<_> =
        newest.iter().filter_map(|row| Some((row, sample(name, row)?))).take(SAMPLES).collect();
    if samples.is_empty() {
        return Ok(None);
    }
    if !rejects_nonsense(client).await? {
        return Ok(Some(false));
    }
    for (row, asked) in samples {
        if !comes_back(client, asked, &row.id).await? {
            return Ok(Some(false));
        }
    }
    Ok(Some(true))
}

/// True for what a search may be asked for. A phone number is never: contacts hold it in many forms,
/// and that a search finds some of them says nothing of the others.
pub(super) fn is_searched(criterion: &Criterion) -> bool {
    criterion.field.name != "phone" && is_safe(&criterion.normal)
}

/// True for a value without what a search might read as something else: a plus in a pattern, a space
/// between two words.
fn is_safe(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"@._-".contains(&byte))
}

/// The contact's value in another form than it has: a search is of use only where it finds that too.
fn sample(name: &str, row: &Row) -> Option<String> {
    let contact: Map<String, Value> = serde_json::from_slice(&row.json).ok()?;
    let stored = contact.get(name)?.as_str()?;
    let normal = normal(name, contact.get(name)?)?;
    let asked = match name {
        "email" => normal.to_uppercase(),
        _ => normal,
    };
    let telling = asked != stored || name != "email";
    (telling && asked.len() > 2 && is_safe(&asked)).then_some(asked)
}

async fn rejects_nonsense(client: &Client) -> Result<bool> {
    let letters: String = std::iter::repeat_with(fastrand::lowercase).take(20).collect();
    let filter = ContactFilter { limit: Some(1), ..query(letters) };
    Ok(client.contacts().list(filter).walk().next_page().await?.is_none())
}

async fn comes_back(client: &Client, asked: String, id: &str) -> Result<bool> {
    let mut walk = client.contacts().list(query(asked)).concurrency(1).walk();
    for _ in 0..PAGES {
        match walk.next_page().await? {
            Some(page) if page.iter().any(|row| row.id == id) => return Ok(true),
            Some(_) => {}
            None => return Ok(false),
        }
    }
    Ok(false)
}

pub(super) fn query(value: String) -> ContactFilter {
    ContactFilter { query: Some(value), ..ContactFilter::default() }
}
