//! What a row means to a watch: nothing new, something to know, or an event.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::version::{is_known, version};
use super::{From, WatchDefinition, WatchKind};
use crate::client::Row;
use crate::store::{Found, FoundEvent, Version};

/// What is decided of a row that the watch has not seen in this state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Start {
    /// The watch begins: what exists is known and fires nothing, unless `from` says otherwise.
    At(From, Head),
    /// A new generation begins: what is not known and is older than what was read is known silently, for
    /// the filter before may not have selected it. None for nothing read.
    Again {
        /// Up to where creations were read.
        created: Option<Timestamp>,
        /// Up to where changes were, as far as the watch cares.
        touched: Option<Timestamp>,
    },
    /// The watch has begun long ago: whatever is new fires.
    Long,
}

/// The first page of the list at the start: it tells what was there from what came later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// Its contacts, and when each was last changed then.
    ids: HashMap<String, Option<Timestamp>>,
    /// The creation in its middle. What stands behind the page and is newer has come since; dates that are
    /// odd or of the future do not move the middle.
    middle: Option<Timestamp>,
    /// The server's time, to the next whole second.
    time: Timestamp,
    /// True where it was an earlier try's: its own contacts may have changed since.
    #[serde(default)]
    is_earlier: bool,
}

/// The contacts that the API finds for the watch's `query`.
#[derive(Debug)]
pub(crate) struct Queried {
    pub(crate) ids: HashSet<String>,
    /// What was created later, or where there is no such time anything, may not have been there when they
    /// were asked for.
    pub(crate) until: Option<Timestamp>,
    /// Rows that came since, perhaps: to be decided once the contacts have been asked for again.
    pub(crate) undecided: Vec<Row>,
}

/// Decides row by row.
#[derive(Debug)]
pub(crate) struct Sieve<'a> {
    pub(crate) definition: &'a WatchDefinition,
    pub(crate) start: Start,
    /// What fires even if it is known: where somebody moved the watch back on purpose.
    pub(crate) again: Option<From>,
    /// When the watch was first started.
    pub(crate) started: Timestamp,
    /// What an event without any date is ordered by.
    pub(crate) now: Timestamp,
    /// None where the watch has no `query`, or every row matches it anyway.
    pub(crate) queried: Option<Queried>,
    /// True where the rows came without the watch's filter, which is applied here then.
    pub(crate) unfiltered: bool,
}

impl Head {
    pub(crate) fn new(rows: &[Row], now: Timestamp) -> Self {
        let mut created: Vec<_> = rows.iter().filter_map(|row| row.created).collect();
        created.sort_unstable();
        Self {
            ids: rows.iter().map(|row| (row.id.clone(), row.updated)).collect(),
            middle: created.get(created.len() / 2).copied(),
            // The server tells whole seconds: what happened within this one may have been before.
            time: now.checked_add(SignedDuration::from_secs(1)).unwrap_or(now),
            is_earlier: false,
        }
    }

    /// The same, for a later try.
    pub(crate) fn of_earlier_try(&self) -> Self {
        Self { is_earlier: true, ..self.clone() }
    }

    /// All that was created or changed by then, as no page tells.
    pub(crate) fn until(instant: Timestamp) -> Self {
        Self { ids: HashMap::new(), middle: Some(instant), time: instant, is_earlier: true }
    }

    fn is_behind(&self, row: &Row, kind: WatchKind) -> bool {
        let follows_changes = kind == WatchKind::Updated;
        match self.ids.get(&row.id) {
            Some(before) => follows_changes && self.is_earlier && row.updated > *before,
            None => {
                let came = row.created.is_some() && row.created > self.middle;
                let changed = row.updated.is_some_and(|updated| updated >= self.time);
                came || follows_changes && changed
            }
        }
    }
}

impl Sieve<'_> {
    /// True for a row that no watch can do anything with.
    pub(crate) fn is_malformed(row: &Row) -> bool {
        !row.is_contact() || !row.has_id() || row.created.is_none() && row.updated.is_none()
    }

    /// What to keep of a row, whose contact is known in the version `known`; none where nothing changed.
    pub(crate) fn sift(&mut self, row: &Row, known: Option<Version>) -> Option<Found> {
        let found = |event| {
            let version = Some(version(self.definition, row));
            Some(Found { contact: row.id.clone(), version, event })
        };
        if self.definition.kind == WatchKind::Deleted {
            return known.is_none().then(|| found(None)).flatten();
        }
        let same = known.is_some_and(|known| is_known(self.definition, row, known));
        let again = self.fires_again(row);
        if same && !again {
            return (known != Some(version(self.definition, row))).then(|| found(None)).flatten();
        }
        let fires = again || self.is_after_start(row, known);
        if fires && self.leaves_undecided(row) {
            return None;
        }
        let event = || FoundEvent { again, ..self.event(row, known) };
        found((fires && self.matches(row)).then(event))
    }

    fn event(&self, row: &Row, known: Option<Version>) -> FoundEvent {
        let is_new = match self.definition.kind {
            WatchKind::Updated => {
                known.is_none() && row.created.is_some_and(|created| created >= self.started)
            }
            _ => true,
        };
        FoundEvent {
            kind: if is_new { "new" } else { "updated" }.to_owned(),
            order: self.touched(row).unwrap_or(self.now),
            payload: row.json.clone(),
            again: false,
        }
    }

    /// The instant at which the row became what it is, as far as the watch cares.
    fn touched(&self, row: &Row) -> Option<Timestamp> {
        match self.definition.kind {
            WatchKind::Updated => row.updated.max(row.created),
            _ => row.created,
        }
    }

    fn fires_again(&self, row: &Row) -> bool {
        match self.again {
            None | Some(From::Now) => false,
            Some(From::Beginning) => true,
            Some(From::Instant(from)) => self.touched(row) >= Some(from),
        }
    }

    fn is_after_start(&self, row: &Row, known: Option<Version>) -> bool {
        match &self.start {
            Start::Long | Start::At(From::Beginning, _) => true,
            Start::Again { created, touched } => {
                let later = |at: Option<Timestamp>, read: &Option<Timestamp>| {
                    read.is_none_or(|read| at.is_some_and(|at| at >= read))
                };
                known.is_some() || later(row.created, created) || later(self.touched(row), touched)
            }
            Start::At(From::Instant(from), _) => self.touched(row) >= Some(*from),
            Start::At(From::Now, head) => head.is_behind(row, self.definition.kind),
        }
    }

    /// True for a row that may have come after the contacts of the `query` were asked for, and be one of
    /// them. It is kept for later.
    fn leaves_undecided(&mut self, row: &Row) -> bool {
        let Some(queried) = &mut self.queried else { return false };
        let late = queried.until.is_none_or(|until| row.created >= Some(until));
        let undecided = late && !queried.ids.contains(&row.id);
        if undecided {
            queried.undecided.push(row.clone());
        }
        undecided
    }

    /// True where the row is one that the watch's filter selects, as far as that has not been done.
    fn matches(&self, row: &Row) -> bool {
        if !self.unfiltered {
            return true;
        }
        let filter = &self.definition.filter;
        if self.queried.as_ref().is_some_and(|queried| !queried.ids.contains(&row.id)) {
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

#[cfg(test)]
mod tests;
