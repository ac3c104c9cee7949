//! Lists as the API answers them: rows kept as the bytes they came in, with what a walk needs to
//! know of each.

use bytes::Bytes;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;
use sonic_rs::LazyValue;

use super::Contact;
use super::answer::unexpected_shape;
use crate::schema::read_instant;
use crate::{Error, ErrorKind, Result};

/// One page of contacts.
#[derive(Debug)]
pub(crate) struct Page {
    /// The rows, those that are no objects and so no contacts included: the offsets count them.
    pub(crate) rows: Vec<Row>,
    /// How many rows match in all, as the API counts them.
    pub(crate) total: Option<u64>,
}

/// One contact of a list, as the API gave it.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Row {
    /// The contact's id. Where it names none, its whole JSON, which tells it from others as well.
    pub id: String,
    /// When it was created; none where the date is absent or odd.
    pub created: Option<Timestamp>,
    /// When it was last changed, likewise.
    pub updated: Option<Timestamp>,
    /// The contact's JSON, to the byte. It shares the memory of the page it came in.
    pub json: Bytes,
}

#[derive(Deserialize)]
struct WirePage<'a> {
    #[serde(borrow)]
    results: Option<Vec<LazyValue<'a>>>,
    #[serde(borrow)]
    contacts: Option<Vec<LazyValue<'a>>>,
    #[serde(borrow)]
    paging: Option<LazyValue<'a>>,
    #[serde(borrow)]
    total: Option<LazyValue<'a>>,
}

#[derive(Deserialize)]
struct Paging<'a> {
    #[serde(borrow)]
    total: Option<LazyValue<'a>>,
}

impl Page {
    /// Reads a page; the rows share the body's memory.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] where the body is no page of rows.
    pub(crate) fn parse(body: &Bytes) -> Result<Self> {
        let wire: WirePage = sonic_rs::from_slice(body).map_err(|e| unexpected_shape(&e))?;
        let Some(raw) = wire.results.or(wire.contacts) else {
            return Err(Error::new(ErrorKind::Decode, "the answer holds no list of contacts")
                .with_hint("look at it with cliengo.call{ path = \"/contacts\" }"));
        };
        let rows = raw.iter().map(|row| Row::parse(body, row.as_raw_str())).collect();
        let paging = wire.paging.as_ref().map(LazyValue::as_raw_str);
        let paging = paging.and_then(|paging| sonic_rs::from_str::<Paging>(paging).ok());
        let total = paging.and_then(|paging| paging.total).or(wire.total);
        Ok(Self { rows, total: total.and_then(|total| whole_number(total.as_raw_str())) })
    }
}

impl Row {
    /// The contact, typed.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] where its JSON is no contact's.
    pub fn contact(&self) -> Result<Contact> {
        sonic_rs::from_slice(&self.json).map_err(|error| unexpected_shape(&error))
    }

    /// False where the contact names no id, and its JSON stands for it.
    pub(crate) fn has_id(&self) -> bool {
        self.id.as_bytes() != &*self.json
    }

    /// False for what stands in a list and is no contact, such as null.
    pub(crate) fn is_contact(&self) -> bool {
        self.json.starts_with(b"{")
    }

    fn parse(body: &Bytes, raw: &str) -> Self {
        let mut row = Self { json: body.slice_ref(raw.as_bytes()), ..Self::default() };
        let mut left = 3;
        // A value of an odd type reads as absent: one spoilt row must not cost the page.
        for (name, value) in sonic_rs::to_object_iter(raw).map_while(Result::ok) {
            let value = value.as_raw_str();
            match &*name {
                "id" if value != "null" => {
                    row.id = serde_json::from_str(value).unwrap_or_else(|_| value.to_owned());
                }
                "creationDate" => row.created = read_instant(value),
                "lastUpdateDate" => row.updated = read_instant(value),
                _ => continue,
            }
            left -= 1;
            if left == 0 {
                break;
            }
        }
        if row.id.is_empty() {
            raw.clone_into(&mut row.id);
        }
        row
    }
}

/// A count, as a number or as text.
fn whole_number(json: &str) -> Option<u64> {
    json.trim_matches('"').parse().ok()
}

/// The rows of any other list: a bare array, or one under `results` or under the list's own name.
///
/// # Errors
/// [`ErrorKind::Decode`] where there is no list.
pub(crate) fn list_within(body: &Bytes, name: &str) -> Result<Bytes> {
    let text = std::str::from_utf8(body)
        .map_err(|_| Error::new(ErrorKind::Decode, "the answer is not UTF-8"))?;
    let trimmed = text.trim();
    if trimmed.starts_with('[') {
        return Ok(body.slice_ref(trimmed.as_bytes()));
    }
    type Names<'a> = std::collections::BTreeMap<String, &'a RawValue>;
    let names: Names = serde_json::from_str(trimmed).map_err(|error| unexpected_shape(&error))?;
    ["results", name, "data"]
        .into_iter()
        .filter_map(|name| names.get(name))
        .find(|value| value.get().starts_with('['))
        .map(|value| body.slice_ref(value.get().as_bytes()))
        .ok_or_else(|| Error::new(ErrorKind::Decode, format!("the answer holds no list of {name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_under_both_names_and_odd_dates_cost_nothing() {
        for name in ["results", "contacts"] {
            let body = format!(
                r#"{{"{name}":[{{"id":"a","creationDate":1700000000000}},{{"id":7,"creationDate":{{}}}},{{"id":"c","creationDate":"2026-05-07T12:00:00.000Z"}}],"paging":{{"total":3}}}}"#
            );
            let page = Page::parse(&Bytes::from(body)).unwrap();
            let created: Vec<_> = page.rows.iter().map(|row| row.created.is_some()).collect();
            assert_eq!((created, page.total), (vec![true, false, true], Some(3)));
            assert_eq!(page.rows[1].id, "7");
        }
        assert!(Page::parse(&Bytes::from_static(b"{\"ok\":true}")).is_err());
    }

    #[test]
    fn rows_that_are_no_contacts_and_odd_totals_do_not_spoil_a_page() {
        let body = br#"{"results":[null,{"name":"no id"},5,{"id":null}],"paging":{"total":"4"}}"#;
        let page = Page::parse(&Bytes::from_static(body)).unwrap();
        let contacts: Vec<_> = page.rows.iter().map(Row::is_contact).collect();
        assert_eq!((contacts, page.total), (vec![false, true, false, true], Some(4)));
        assert_ne!(page.rows[1].id, page.rows[3].id);
    }

    #[test]
    fn a_list_is_found_bare_or_wrapped() {
        for body in ["[1]", " [1] ", r#"{"sites":[1]}"#, r#"{"results":[1],"paging":{}}"#] {
            assert_eq!(list_within(&Bytes::from(body), "sites").unwrap(), "[1]", "{body}");
        }
        assert!(list_within(&Bytes::from_static(b"{}"), "sites").is_err());
    }
}
