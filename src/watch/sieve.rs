//! What a row means to a watch: nothing new, something to know, or an event.

use std::collections::HashSet;

use jiff::Timestamp;
use serde_json::Value;

use super::{From, WatchDefinition, WatchKind};
use crate::client::Row;
use crate::store::{Found, FoundEvent, Version};

/// What is decided of a row that the watch has not seen in this state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Start {
    /// The watch begins: what exists is known and fires nothing, unless `from` says otherwise.
    At {
        /// Where.
        from: From,
        /// The ids of the first page, which all existed at the start.
        head: HashSet<String>,
        /// The newest creation of the first page.
        newest: Option<Timestamp>,
        /// The server's time at the start, to the next whole second.
        time: Timestamp,
    },
    /// A new generation begins: what is not known and was not touched since the mark is known silently.
    Again {
        /// The mark of the generation before.
        mark: Option<Timestamp>,
    },
    /// The watch has begun long ago: whatever is new fires.
    Long,
}

/// Decides row by row.
#[derive(Debug)]
pub(crate) struct Sieve<'a> {
    pub(crate) definition: &'a WatchDefinition,
    pub(crate) start: Start,
    /// When the watch was first started.
    pub(crate) started: Timestamp,
    /// What an event without any date is ordered by.
    pub(crate) now: Timestamp,
    /// The contacts that the API finds for the watch's `query`; none where it has none or every row
    /// matches anyway.
    pub(crate) queried: Option<HashSet<String>>,
    /// True where the rows came without the watch's filter, which is applied here then.
    pub(crate) unfiltered: bool,
}

impl Sieve<'_> {
    /// True for a row that no watch can do anything with.
    pub(crate) fn is_malformed(row: &Row) -> bool {
        !row.is_contact() || !row.has_id() || row.created.is_none() && row.updated.is_none()
    }

    /// What to keep of a row, whose contact is known in the version `known`; none where nothing changed.
    pub(crate) fn sift(
        &self,
        row: &Row,
        version: Version,
        known: Option<Version>,
    ) -> Option<Found> {
        if known == Some(version) {
            return None;
        }
        let fires = self.definition.kind != WatchKind::Deleted
            && self.is_after_start(row, known)
            && self.matches(row);
        let event = fires.then(|| self.event(row, known));
        Some(Found { contact: row.id.clone(), version: Some(version), event })
    }

    fn event(&self, row: &Row, known: Option<Version>) -> FoundEvent {
        let is_new = match self.definition.kind {
            WatchKind::Updated => {
                known.is_none() && row.created.is_some_and(|created| created >= self.started)
            }
            _ => true,
        };
        let order = match self.definition.kind {
            WatchKind::Updated => row.updated.max(row.created),
            _ => row.created,
        };
        FoundEvent {
            kind: if is_new { "new" } else { "updated" }.to_owned(),
            order: order.unwrap_or(self.now),
            payload: row.json.clone(),
        }
    }

    /// The instant at which the row became what it is, as far as the watch cares.
    fn touched(&self, row: &Row) -> Option<Timestamp> {
        match self.definition.kind {
            WatchKind::Updated => row.updated.max(row.created),
            _ => row.created,
        }
    }

    fn is_after_start(&self, row: &Row, known: Option<Version>) -> bool {
        match &self.start {
            Start::Long => true,
            Start::Again { mark } => {
                known.is_some()
                    || mark.is_none_or(|mark| self.touched(row).is_some_and(|at| at > mark))
            }
            Start::At { from: From::Beginning, .. } => true,
            Start::At { from: From::Instant(from), .. } => {
                self.touched(row).is_some_and(|at| at >= *from)
            }
            Start::At { from: From::Now, head, newest, time } => {
                let came = row.created > *newest && row.created.is_some();
                let changed = self.definition.kind == WatchKind::Updated
                    && row.updated.is_some_and(|updated| updated >= *time);
                !head.contains(&row.id) && (came || changed)
            }
        }
    }

    /// True where the row is one that the watch's filter selects, as far as that has not been done.
    fn matches(&self, row: &Row) -> bool {
        if !self.unfiltered {
            return true;
        }
        let filter = &self.definition.filter;
        if self.queried.as_ref().is_some_and(|found| !found.contains(&row.id)) {
            return false;
        }
        let wanted = [
            ("status", &filter.status),
            ("websiteId", &filter.website_id),
            ("assignedTo", &filter.assigned_to),
        ];
        if wanted.iter().all(|(_, word)| word.is_none()) {
            return true;
        }
        let fields: Value = serde_json::from_slice(&row.json).unwrap_or_default();
        let holds = |name: &str, word: &str| {
            let has = fields[name].as_str();
            has.map_or(name == "assignedTo" && word == "UNASSIGNED", |has| {
                has.eq_ignore_ascii_case(word)
            })
        };
        wanted.iter().all(|(name, word)| word.as_ref().is_none_or(|word| holds(name, word)))
    }
}
