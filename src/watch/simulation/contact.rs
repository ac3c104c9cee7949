//! A contact of the model, and the row that it is answered as.

use jiff::Timestamp;

use crate::client::Row;
use crate::schema::{ContactFilter, STATUSES};

/// The account's sites.
pub(super) const SITES: [&str; 2] = ["s0", "s1"];

/// What a row shows of its contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Whole,
    /// Without its creation.
    Undated,
    /// Without any date.
    Dateless,
    /// Without an id.
    Nameless,
    /// Null in its place.
    Null,
}

/// A contact in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Contact {
    pub(super) number: u64,
    pub(super) shape: Shape,
    /// Milliseconds, as it is told and as the list is ordered by.
    pub(super) created: i64,
    pub(super) updated: i64,
    /// Different in each state but those that differ in their dates alone.
    pub(super) content: u64,
    pub(super) status: usize,
    pub(super) site: usize,
    /// Found by a query for "vip".
    pub(super) vip: bool,
}

impl Contact {
    pub(super) fn id(&self) -> String {
        format!("c{:06}", self.number)
    }

    pub(super) fn row(&self) -> Row {
        let json = self.json();
        let (id, created, updated) = match self.shape {
            Shape::Null => return Row { id: "null".into(), json: "null".into(), ..Row::default() },
            Shape::Nameless => (json.clone(), instant(self.created), instant(self.updated)),
            Shape::Dateless => (self.id(), None, None),
            Shape::Undated => (self.id(), None, instant(self.updated)),
            Shape::Whole => (self.id(), instant(self.created), instant(self.updated)),
        };
        Row { id, created, updated, json: json.into() }
    }

    pub(super) fn json(&self) -> String {
        let Self { created, updated, content, .. } = self;
        let vip = if self.vip { " vip" } else { "" };
        let id = match self.shape {
            Shape::Nameless => String::new(),
            _ => format!(r#""id":"{}","#, self.id()),
        };
        let dates = match self.shape {
            Shape::Dateless => String::new(),
            Shape::Undated => format!(r#","lastUpdateDate":{updated}"#),
            _ => format!(r#","creationDate":{created},"lastUpdateDate":{updated}"#),
        };
        let (status, site) = (STATUSES[self.status], SITES[self.site]);
        format!(
            r#"{{{id}"name":"n{content}{vip}","status":"{status}","websiteId":"{site}"{dates}}}"#
        )
    }

    /// True where the filter's exact parameters select it.
    pub(super) fn matches(&self, filter: &ContactFilter) -> bool {
        let is = |wanted: &Option<String>, word: &str| wanted.as_deref().is_none_or(|w| w == word);
        is(&filter.status, STATUSES[self.status])
            && is(&filter.website_id, SITES[self.site])
            && is(&filter.assigned_to, "UNASSIGNED")
            && (filter.query.is_none() || self.vip)
    }

    /// True for one that a watch can tell from others and place in time.
    pub(super) fn is_sound(&self) -> bool {
        matches!(self.shape, Shape::Whole | Shape::Undated)
    }
}

pub(super) fn instant(milliseconds: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(milliseconds).ok()
}
