//! The names of objects' fields as Lua strings that are made once: rows have the same names again and
//! again, mostly in the same order.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use mlua::{Lua, Table};

/// The most names that are kept. What the API calls its fields is far less; a map with names of a
/// person's own could fill any memory.
const MOST: usize = 512;
/// How many names that are left out of a row are looked past.
const LOOK_AHEAD: usize = 4;

/// The names that were met, in the order they were first met.
pub(super) struct Names {
    /// The strings, at the positions that [`find`](Self::find) gives.
    pub(super) strings: Table,
    known: RefCell<Known>,
    /// The name that is likely to come next.
    next: Cell<usize>,
}

#[derive(Default)]
struct Known {
    in_order: Vec<Box<str>>,
    places: HashMap<Box<str>, usize>,
}

impl Names {
    pub(super) fn new(lua: &Lua) -> mlua::Result<Self> {
        let (known, next) = (RefCell::default(), Cell::new(0));
        Ok(Self { strings: lua.create_table()?, known, next })
    }

    /// The position of a name's string, from 1.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let known = self.known.borrow();
        let next = self.next.get();
        let ahead = known.in_order.iter().skip(next).take(LOOK_AHEAD);
        let place = match ahead.clone().position(|other| **other == *name) {
            Some(further) => next + further,
            None => *known.places.get(name)?,
        };
        self.next.set(place + 1);
        Some(place + 1)
    }

    /// The position at which a new name's string belongs; none where enough are kept.
    pub(super) fn free(&self) -> Option<usize> {
        Some(self.known.borrow().in_order.len() + 1).filter(|place| *place <= MOST)
    }

    /// Notes that the name's string stands at the position that [`free`](Self::free) gave.
    pub(super) fn add(&self, name: &str) {
        let mut known = self.known.borrow_mut();
        let place = known.in_order.len();
        known.in_order.push(name.into());
        known.places.insert(name.into(), place);
        self.next.set(place + 1);
    }
}
