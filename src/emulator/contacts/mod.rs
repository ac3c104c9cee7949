//! All contacts: a small row each, the order of the list, and bodies.
//!
//! A seeded contact's JSON is made when it is asked for; only what was written to is stored. So a
//! million contacts cost what their rows cost.

mod change;
mod fields;
mod row;
mod search;
mod select;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::clock::Millis;
use super::id::ContactId;
use super::seed::Seed;
use crate::Result;
use row::{Row, Symbols};
use search::SearchIndex;

pub(crate) use change::{Change, add_note, add_tag, created, log, said, set_status, updated};
pub(crate) use fields::to_raw;
pub(crate) use select::Selection;

/// Where a contact's row is; it stays there for good.
pub(crate) type Slot = u32;

/// All contacts.
#[derive(Debug)]
pub(crate) struct Contacts {
    seed: Seed,
    rows: Vec<Row>,
    /// Every slot that is not deleted, oldest creation first, ties by id: the list is its reverse,
    /// and a new contact goes to the cheap end.
    order: Vec<Slot>,
    by_id: HashMap<ContactId, Slot>,
    /// The bodies of contacts that were written to or put in; the rest are made from the seed.
    written: HashMap<Slot, Box<RawValue>>,
    deleted: HashSet<Slot>,
    symbols: Symbols,
    /// Made at the first search.
    search: Option<SearchIndex>,
}

impl Contacts {
    /// The seed's contacts, all as they were made.
    pub(crate) fn new(seed: Seed) -> Self {
        let mut symbols = Symbols::default();
        let rows: Vec<_> = seed.rows().map(|row| Row::seeded(row, &mut symbols)).collect();
        let order: Vec<_> = (0..).take(rows.len()).collect();
        let by_id = rows.iter().map(|row| row.id.clone()).zip(0..).collect();
        let (written, deleted) = (HashMap::new(), HashSet::new());
        Self { seed, rows, order, by_id, written, deleted, symbols, search: None }
    }

    pub(crate) fn seed(&self) -> Seed {
        self.seed
    }

    pub(crate) fn find(&self, id: &str) -> Option<Slot> {
        self.by_id.get(&ContactId::parse(id)).copied()
    }

    /// The contact's JSON.
    pub(crate) fn body(&self, slot: Slot) -> Cow<'_, str> {
        match self.written.get(&slot) {
            Some(raw) => Cow::Borrowed(raw.get()),
            None => Cow::Owned(self.seeded_body(slot)),
        }
    }

    /// The contact's fields.
    pub(crate) fn fields(&self, slot: Slot) -> Map<String, Value> {
        serde_json::from_str(&self.body(slot)).unwrap_or_default()
    }

    /// All contacts in the order of the list.
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = Slot> + '_ {
        self.order.iter().rev().copied()
    }

    /// Puts a contact in exactly as given, in place of the one with its id if there is one.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where it is no object or has no id.
    pub(crate) fn put(&mut self, raw: Box<RawValue>) -> Result<()> {
        let (row, text) = Row::read(&raw, &mut self.symbols)?;
        let slot = match self.by_id.get(&row.id) {
            Some(&slot) => {
                self.leave_order(slot);
                slot
            }
            None => self.rows.len() as Slot,
        };
        self.by_id.insert(row.id.clone(), slot);
        match self.rows.get_mut(slot as usize) {
            Some(old) => *old = row,
            None => self.rows.push(row),
        }
        if let Some(search) = &mut self.search {
            search.set(slot, &text);
        }
        self.written.insert(slot, raw);
        self.enter_order(slot);
        Ok(())
    }

    /// Deletes the contact; false where there is none.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        let Some(slot) = self.by_id.remove(&ContactId::parse(id)) else { return false };
        self.leave_order(slot);
        self.written.remove(&slot);
        self.deleted.insert(slot);
        true
    }

    /// Ids of seeded contacts that are deleted, for the data file.
    pub(crate) fn deleted_ids(&self) -> impl Iterator<Item = String> + '_ {
        let seeded = self.deleted.iter().filter(|slot| self.is_seeded(**slot));
        seeded.map(|slot| self.rows[*slot as usize].id.to_string())
    }

    /// The bodies of all contacts that are not as the seed made them, for the data file.
    pub(crate) fn written(&self) -> impl Iterator<Item = &RawValue> {
        self.written.values().map(|raw| &**raw)
    }

    /// When the contact of a seeded slot was created, deleted or not.
    pub(crate) fn seeded_creation(&self, index: usize) -> Option<Millis> {
        self.rows.get(index).filter(|_| index < self.seed.count).map(|row| row.created)
    }

    fn is_seeded(&self, slot: Slot) -> bool {
        (slot as usize) < self.seed.count
    }

    fn seeded_body(&self, slot: Slot) -> String {
        let created = self.rows[slot as usize].created;
        fields::write_pairs(&self.seed.contact(slot as usize, created))
    }

    /// Where the slot stands, or would stand, in the order.
    fn place(&self, slot: Slot) -> usize {
        let key = self.rows[slot as usize].key();
        self.order.partition_point(|other| self.rows[*other as usize].key() < key)
    }

    fn enter_order(&mut self, slot: Slot) {
        self.order.insert(self.place(slot), slot);
    }

    fn leave_order(&mut self, slot: Slot) {
        let place = self.place(slot);
        if self.order.get(place) == Some(&slot) {
            self.order.remove(place);
        }
    }
}
