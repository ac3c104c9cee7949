//! How far a walk is, so that another one can go on from there.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How far a walk is: what [`ContactWalk::checkpoint`](super::ContactWalk::checkpoint) tells and
/// [`ListContacts::resume`](crate::client::ListContacts::resume) takes. It is kept as JSON; what stands in
/// it is the walk's own affair.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The oldest instant that was given, and the ids of the contacts given at it.
    pub(super) seam: Option<Timestamp>,
    pub(super) at_seam: HashSet<String>,
    /// Contacts given whose date does not place them, or not yet.
    pub(super) unplaced: HashSet<String>,
    pub(super) pending: HashSet<String>,
    /// The newest date that was given.
    pub(super) newest: Option<Timestamp>,
    /// Contacts that the API gave, and those of them that the filter wanted.
    pub(super) given: u64,
    pub(super) sent: u64,
}

impl Checkpoint {
    /// How many contacts the walk had given.
    pub fn contacts(&self) -> u64 {
        self.sent
    }
}
