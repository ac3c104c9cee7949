//! What a walk gave, as far as it must be known so that nothing comes twice: the oldest instant, and the
//! ids that no date can tell apart.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::placed::{Placed, placed};
use crate::client::rows::Row;

/// What a walk gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    /// The oldest instant given, and the ids given at it.
    seam: Option<Timestamp>,
    at_seam: HashSet<String>,
    /// Rows given whose date places them nowhere: there is none, or the list does not stand by it.
    unplaced: HashSet<String>,
    /// The last rows of pages, which were given: only the next page shows whether one stands by its date.
    pending: HashSet<String>,
    /// The oldest instant at which a row of the present window stood, and the ids of its last page.
    #[serde(skip)]
    lowest: Option<Timestamp>,
    #[serde(skip)]
    last_page: HashSet<String>,
}

/// A page's rows beside what was given before.
pub(crate) struct Sorted {
    /// Rows that were not given.
    pub(crate) fresh: Vec<Placed>,
    /// Rows that were given and not placed.
    pub(crate) again: Vec<Placed>,
    /// The newest date of any row.
    pub(crate) newest: Option<Timestamp>,
}

impl Seen {
    /// The oldest instant given.
    pub(crate) fn seam(&self) -> Option<Timestamp> {
        self.seam
    }

    /// Another window begins.
    pub(crate) fn begin_window(&mut self) {
        (self.lowest, self.last_page) = (None, HashSet::new());
    }

    /// Tells new rows from those that were given.
    pub(crate) fn sort(&mut self, mut rows: Vec<Row>) -> Sorted {
        let ids: HashSet<_> = rows.iter().map(|row| row.id.clone()).collect();
        let last_page = std::mem::take(&mut self.last_page);
        // A page that brings nothing new does not make the one before it forgotten.
        self.last_page = if ids.is_subset(&last_page) { last_page.clone() } else { ids };
        rows.retain(|row| !last_page.contains(&row.id) || self.pending.contains(&row.id));
        let placed = placed(rows, self.lowest);
        let newest = placed.iter().filter_map(|placed| placed.at).max();
        // Whether the last row stands by its date shows on the next page.
        let settled = placed.split_last().map_or(&[][..], |(_, settled)| settled);
        self.lowest = settled.iter().filter_map(|placed| placed.at).min().or(self.lowest);
        let mut ids_of_page = HashSet::new();
        let unknown = placed.into_iter().filter(|placed| !self.is_known(placed));
        let once = unknown.filter(|placed| ids_of_page.insert(placed.row.id.clone()));
        let (fresh, again) = once.partition(|placed| !self.pending.contains(&placed.row.id));
        Sorted { fresh, again, newest }
    }

    /// Rows without a date: those that were not given.
    pub(crate) fn sort_undated(&self, rows: Vec<Row>) -> Vec<Placed> {
        let mut once = HashSet::new();
        let fresh = rows.into_iter().filter(|row| {
            let known = self.unplaced.contains(&row.id) || self.pending.contains(&row.id);
            !known && once.insert(row.id.clone())
        });
        fresh.map(|row| Placed { row, at: None }).collect()
    }

    /// True for a row that was given and placed.
    fn is_known(&self, placed: &Placed) -> bool {
        let by_date = match (placed.at, self.seam) {
            (Some(at), Some(seam)) if at == seam => self.at_seam.contains(&placed.row.id),
            (Some(at), Some(seam)) => at > seam,
            _ => false,
        };
        by_date || self.unplaced.contains(&placed.row.id)
    }

    /// The row was given, and the next page will show where it stands.
    pub(crate) fn wait(&mut self, placed: &Placed) {
        self.pending.insert(placed.row.id.clone());
    }

    /// Moves the seam down to the row that was given, or notes that no date places it.
    pub(crate) fn place(&mut self, placed: &Placed) {
        let id = placed.row.id.clone();
        self.pending.remove(&id);
        match placed.at {
            None => drop(self.unplaced.insert(id)),
            Some(created) => {
                if self.seam.is_none_or(|seam| created < seam) {
                    self.seam = Some(created);
                    self.at_seam.clear();
                }
                self.at_seam.insert(id);
            }
        }
    }
}
