//! Which contacts a list names, and one page of them.

use std::ops::Range;

use super::row::{NO_DATE, Row, Symbol};
use super::{Contacts, Slot};
use crate::emulator::clock::Millis;

/// What a list asks for; nothing selects all.
#[derive(Debug, Clone, Default)]
pub(crate) struct Selection {
    pub(crate) created: Option<Range<Millis>>,
    pub(crate) updated: Option<Range<Millis>>,
    pub(crate) status: Option<String>,
    pub(crate) website: Option<String>,
    pub(crate) assignee: Option<String>,
    pub(crate) query: Option<String>,
    /// True where the query looks at nothing but names.
    pub(crate) only_names: bool,
}

/// One page, and how many match in all.
#[derive(Debug)]
pub(crate) struct Selected {
    pub(crate) total: usize,
    pub(crate) slots: Vec<Slot>,
}

/// The filters that look at each row.
struct RowFilter {
    updated: Option<Range<Millis>>,
    status: Option<Symbol>,
    website: Option<Symbol>,
    assignee: Option<Symbol>,
}

impl RowFilter {
    fn selects_all(&self) -> bool {
        self.updated.is_none()
            && self.status.is_none()
            && self.website.is_none()
            && self.assignee.is_none()
    }

    fn holds(&self, row: &Row) -> bool {
        self.status.is_none_or(|status| status == row.status)
            && self.website.is_none_or(|website| website == row.website)
            && self.assignee.is_none_or(|assignee| assignee == row.assignee)
            && self.updated.as_ref().is_none_or(|range| range.contains(&row.updated))
    }
}

impl Contacts {
    /// A page of the contacts selected, newest first.
    pub(crate) fn select(
        &mut self,
        selection: &Selection,
        offset: usize,
        limit: usize,
    ) -> Selected {
        let window = self.window(selection.created.as_ref());
        let Some(filter) = self.row_filter(selection) else {
            return Selected { total: 0, slots: Vec::new() };
        };
        if let Some(query) = &selection.query {
            let mut holding = self.holding(query).to_vec();
            if selection.only_names {
                let holds =
                    (0..).zip(&holding).map(|(slot, holds)| *holds && self.is_named(slot, query));
                holding = holds.collect();
            }
            let holds = |slot: Slot| holding.get(slot as usize).copied().unwrap_or_default();
            return self.scan(window, |slot, row| holds(slot) && filter.holds(row), offset, limit);
        }
        if filter.selects_all() {
            let newest_first = self.order[window.clone()].iter().rev().copied();
            let slots = newest_first.skip(offset).take(limit).collect();
            return Selected { total: window.len(), slots };
        }
        self.scan(window, |_, row| filter.holds(row), offset, limit)
    }

    /// The part of the order that was created within `range`.
    fn window(&self, range: Option<&Range<Millis>>) -> Range<usize> {
        let Some(range) = range else { return 0..self.order.len() };
        let before = |instant: Millis| {
            self.order.partition_point(|slot| self.rows[*slot as usize].created < instant)
        };
        // A contact without a date is in no window.
        let start = before(range.start.max(NO_DATE + 1));
        start..before(range.end).max(start)
    }

    /// None where a word is asked for that no contact ever had.
    fn row_filter(&self, selection: &Selection) -> Option<RowFilter> {
        let symbol = |word: &Option<String>| match word {
            Some(word) => self.symbols.get(word).map(Some),
            None => Some(None),
        };
        Some(RowFilter {
            updated: selection.updated.clone(),
            status: symbol(&selection.status)?,
            website: symbol(&selection.website)?,
            assignee: symbol(&selection.assignee)?,
        })
    }

    /// Looks at every row of the window, for the total is exact.
    fn scan(
        &self,
        window: Range<usize>,
        holds: impl Fn(Slot, &Row) -> bool,
        offset: usize,
        limit: usize,
    ) -> Selected {
        let mut selected = Selected { total: 0, slots: Vec::with_capacity(limit) };
        for slot in self.order[window].iter().rev().copied() {
            if holds(slot, &self.rows[slot as usize]) {
                if selected.total >= offset && selected.slots.len() < limit {
                    selected.slots.push(slot);
                }
                selected.total += 1;
            }
        }
        selected
    }
}
