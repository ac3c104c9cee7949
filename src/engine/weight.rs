//! What the plain values weigh that are made of a script's own. A table that stands in a thousand places takes the
//! script no memory, and a thousand times its own as plain values.

use std::cell::Cell;
use std::fmt::Display;

use serde_json::Value;

use crate::api::memory;
use crate::{Error, ErrorKind, Result};

const VALUE: usize = size_of::<Value>();
const ENTRY: usize = size_of::<String>() + VALUE;
/// An object with anything in it has room for so many entries.
const NODE: usize = 11 * ENTRY;

/// What is left for the values that are being made, in bytes.
#[derive(Debug)]
pub(super) struct Weight(Cell<usize>);

impl Weight {
    /// As much as the script has left.
    pub(super) fn left() -> Self {
        Self(Cell::new(memory::left()))
    }

    /// A text of so many bytes.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] where no room is left, as of the others.
    pub(super) fn text(&self, length: usize) -> Result<()> {
        self.take(length)
    }

    /// A list of so many values, besides their texts.
    pub(super) fn list(&self, length: usize) -> Result<()> {
        self.take(length.saturating_mul(VALUE))
    }

    /// An entry of an object, besides the text of its value; the first brings the object's node.
    pub(super) fn entry(&self, place: usize, name: &str) -> Result<()> {
        let node = if place == 0 { NODE } else { 0 };
        self.take(node.saturating_add(ENTRY + name.len()))
    }

    fn take(&self, bytes: usize) -> Result<()> {
        let left = self.0.get().checked_sub(bytes).ok_or_else(memory::too_little)?;
        self.0.set(left);
        Ok(())
    }
}

/// The error, with the place of the value that it is about. That all are too much is about none of them.
pub(super) fn at(error: Error, place: impl Display) -> Error {
    if error.kind == ErrorKind::Limit { error } else { error.within(place) }
}
