//! How far a walk is, so that another one can go on from there.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::seen::Seen;

/// How far a walk is: what [`ContactWalk::checkpoint`](super::ContactWalk::checkpoint) tells and
/// [`ListContacts::resume`](crate::client::ListContacts::resume) takes. It is kept as JSON; what stands in
/// it is the walk's own affair.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    pub(super) seen: Seen,
    /// The newest date that was given.
    pub(super) newest: Option<Timestamp>,
    /// Contacts that the API gave, those of them without a date, and those that the filter wanted.
    pub(super) given: u64,
    pub(super) undated: u64,
    pub(super) sent: u64,
}

impl Checkpoint {
    /// How many contacts the walk had given.
    pub fn contacts(&self) -> u64 {
        self.sent
    }
}
