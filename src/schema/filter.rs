//! The filters of the contact list.

use jiff::{Timestamp, civil::Date};
use serde_json::{Map, Value};

use super::{FieldType, STATUSES, did_you_mean, parse_moment, same_name};
use crate::{Error, Result};

/// One filter of the contact list, as scripts name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilterField {
    /// The name in scripts.
    pub name: &'static str,
    /// Another name of it, where it has one.
    pub alias: Option<&'static str>,
    /// The name of the API's query parameter; none where the filter is our own.
    pub wire: Option<&'static str>,
    /// The type of its value.
    pub kind: FieldType,
    /// What it means, in one line.
    pub doc: &'static str,
}

/// Every filter, in the order of the reference.
pub const CONTACT_FILTERS: &[FilterField] = &[
    filter("query", Some("query"), FieldType::Text, "A phrase or a name to look for."),
    filter(
        "assigned_to",
        Some("assignedTo"),
        FieldType::Assignee,
        "The user who looks after the contact, or UNASSIGNED.",
    ),
    filter("website_id", Some("websiteId"), FieldType::Id, "The site the contact came from."),
    filter("status", Some("status"), FieldType::Choice(STATUSES), "Where the contact stands."),
    filter("since", Some("since"), FieldType::Date, "Created at this instant or day, or later."),
    FilterField {
        alias: Some("up_to"),
        ..filter(
            "until",
            Some("until"),
            FieldType::Date,
            "Created at this instant or day, or earlier. `until` is a word of Lua, where it is written \
             `up_to` or `[\"until\"]`.",
        )
    },
    filter(
        "last_updated",
        Some("lastUpdateDate"),
        FieldType::Date,
        "Last updated on this day (UTC).",
    ),
    filter(
        "limit",
        None,
        FieldType::Integer { min: 0, max: i64::MAX },
        "The most contacts to give, newest first.",
    ),
];

const fn filter(
    name: &'static str,
    wire: Option<&'static str>,
    kind: FieldType,
    doc: &'static str,
) -> FilterField {
    FilterField { name, alias: None, wire, kind, doc }
}

/// Which contacts to list: all of them by default.
///
/// ```
/// use cliengo::schema::ContactFilter;
///
/// let filter = ContactFilter { status: Some("NEW".into()), limit: Some(10), ..Default::default() };
/// # let _ = filter;
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactFilter {
    /// A phrase or a name to look for.
    pub query: Option<String>,
    /// The user who looks after the contact, or `UNASSIGNED`.
    pub assigned_to: Option<String>,
    /// The site the contact came from.
    pub website_id: Option<String>,
    /// Where the contact stands in the CRM.
    pub status: Option<String>,
    /// Created at this instant or later.
    pub since: Option<Timestamp>,
    /// Created at this instant or earlier.
    pub until: Option<Timestamp>,
    /// Last updated on this day, in UTC.
    pub last_updated: Option<Date>,
    /// The most contacts to give, newest first.
    pub limit: Option<u64>,
}

impl ContactFilter {
    /// Reads a filter as a script gives it; null filters nothing.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid): an unknown name, a name given twice, or a
    /// value of the wrong type.
    pub fn from_map(map: Map<String, Value>) -> Result<Self> {
        let mut filter = Self::default();
        let mut seen = Vec::new();
        for (typed, value) in map {
            let known = find(&typed).ok_or_else(|| unknown(&typed))?;
            if seen.contains(&known.name) {
                return Err(Error::invalid(format!("the filter {} is given twice", known.name)));
            }
            seen.push(known.name);
            filter.set(known.name, known.kind.check(known.name, value)?)?;
        }
        Ok(filter)
    }

    /// True where a row of this creation date, in the API's reading of the other filters, matches.
    ///
    /// The API's own reading of `until` and of plain days is not sure, so the walk asks for a little
    /// more than it wants and drops the rest by this.
    pub fn holds_creation(&self, created: Timestamp) -> bool {
        self.since.is_none_or(|since| since <= created)
            && self.until.is_none_or(|until| created <= until)
    }

    /// The filters that the API compares for equality, as its query parameters. `last_updated` is none of
    /// them: how the API reads its own parameter for it is not known (as that day in some time zone, or
    /// as since), so it is compared here.
    pub fn exact_parameters(&self) -> Vec<(&'static str, String)> {
        let texts = [
            ("query", &self.query),
            ("assignedTo", &self.assigned_to),
            ("websiteId", &self.website_id),
            ("status", &self.status),
        ];
        texts.into_iter().filter_map(|(name, text)| Some((name, text.clone()?))).collect()
    }

    fn set(&mut self, name: &str, value: Value) -> Result<()> {
        let text = value.as_str().map(str::to_owned);
        let moment = |text: Option<&str>| text.map(parse_moment).transpose();
        match name {
            "query" => self.query = text,
            "assigned_to" => self.assigned_to = text,
            "website_id" => self.website_id = text,
            "status" => self.status = text,
            "since" => self.since = moment(text.as_deref())?.map(|moment| moment.start),
            "until" => self.until = moment(text.as_deref())?.map(|moment| moment.end()),
            "last_updated" => self.last_updated = moment(text.as_deref())?.map(|m| m.day()),
            _ => self.limit = value.as_u64(),
        }
        Ok(())
    }
}

/// `lastUpdateDate`, the wire's name, is taken for `last_updated` too.
fn find(typed: &str) -> Option<&'static FilterField> {
    CONTACT_FILTERS.iter().find(|filter| {
        filter.name == typed
            || filter.alias == Some(typed)
            || filter.wire.is_some_and(|wire| same_name(wire, typed))
    })
}

fn unknown(typed: &str) -> Error {
    let names = || CONTACT_FILTERS.iter().map(|filter| filter.name);
    let list = names().collect::<Vec<_>>().join(", ");
    let hint = did_you_mean(typed, names()).unwrap_or(format!("the filters are {list}"));
    Error::invalid(format!("there is no filter \"{typed}\"")).with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value) -> Result<ContactFilter> {
        ContactFilter::from_map(serde_json::from_value(value).unwrap())
    }

    #[test]
    fn both_spellings_are_read_and_a_day_covers_its_last_instant() {
        let snake = read(json!({ "website_id": "w", "until": "2026-05-07" })).unwrap();
        let camel = read(json!({ "websiteId": "w", "until": "2026-05-07T23:59:59.999Z" })).unwrap();
        assert_eq!(snake, camel);
        assert_eq!(read(json!({ "website_id": "w", "up_to": "2026-05-07" })).unwrap(), camel);
    }

    #[test]
    fn a_typo_is_an_error_that_names_the_filter_meant() {
        let error = read(json!({ "statu": "NEW" })).unwrap_err();
        assert_eq!(error.hint.as_deref(), Some("did you mean \"status\"?"));
        assert!(read(json!({ "limit": -1 })).is_err());
        assert!(read(json!({ "website_id": "w", "websiteId": "w" })).is_err());
    }
}
