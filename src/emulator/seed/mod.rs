//! Invented contacts, each made on demand from the seed and its index.
//!
//! Every draw has a generator of its own, seeded by (seed, index, what is drawn), so that a row, a
//! name or a whole contact can be made alone and comes out the same every time.

mod account;
mod contact;
mod conversation;
mod person;
mod places;
mod words;

use fastrand::Rng;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::clock::{DAY, Millis};
use super::id::ContactId;
use crate::schema::STATUSES;

pub(crate) use account::{ACCOUNT_ID, ACCOUNT_NAME, SITES, Site, UNASSIGNED, USERS, User, account};

/// Contacts were created within this time before the start.
const SPAN: Millis = 730 * DAY;

/// Which invented contacts there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seed {
    pub(crate) seed: u64,
    pub(crate) count: usize,
    /// The instant by which all of them exist.
    pub(crate) start: Millis,
}

/// What orders and filters a seeded contact.
#[derive(Debug, Clone)]
pub(crate) struct SeededRow {
    pub(crate) id: ContactId,
    pub(crate) created: Millis,
    pub(crate) updated: Millis,
    pub(crate) status: &'static str,
    pub(crate) website: &'static str,
    pub(crate) assignee: &'static str,
}

/// What a generator is used for; two uses never share one.
#[derive(Debug, Clone, Copy)]
enum Draw {
    Creation = 1,
    Row = 2,
    Person = 3,
    Spelling = 4,
    Body = 5,
    Repeat = 6,
    Conversation = 7,
}

impl Seed {
    /// The rows of all contacts, oldest first.
    pub(crate) fn rows(self) -> impl Iterator<Item = SeededRow> {
        let mut before = Millis::MIN;
        (0..self.count).map(move |index| {
            before = self.creation(index, before);
            self.row(index, before)
        })
    }

    /// The contact's fields in the schema's order.
    pub(crate) fn contact(self, index: usize, created: Millis) -> Vec<(&'static str, Value)> {
        contact::fields(self, index, &self.row(index, created))
    }

    /// The fields that searches look in: the same that [`Seed::contact`] gives, without the rest.
    pub(crate) fn searched_fields(self, index: usize) -> Vec<(&'static str, Value)> {
        contact::written_by_contact(self, index)
    }

    /// The family of ids of contacts created while the emulator runs.
    pub(crate) fn fresh_ids(self) -> u64 {
        self.family(2)
    }

    /// Times rise with the index, later ones closer together; about 2 % share the one before.
    fn creation(self, index: usize, before: Millis) -> Millis {
        let mut rng = self.rng(index, Draw::Creation);
        let tied = rng.u8(..100) < 2;
        if tied && before != Millis::MIN {
            return before;
        }
        let left = 1.0 - (index as f64 + rng.f64()) / self.count as f64;
        // x^1.5 by a square root: powf may differ in its last digit between platforms.
        self.start - (left * left.sqrt() * SPAN as f64) as Millis - 1
    }

    fn row(self, index: usize, created: Millis) -> SeededRow {
        let mut rng = self.rng(index, Draw::Row);
        let status = STATUSES[pick_weighted(&mut rng, &[40, 30, 18, 12])];
        let site = SITES[pick_weighted(&mut rng, &[45, 25, 20, 10])];
        let assigned = rng.u8(..100) >= 30;
        let user = USERS[rng.usize(..USERS.len())];
        // Most contacts are touched soon after they came, some only lately, some never.
        let waited = (self.start - created) as f64 * rng.f64().powi(3);
        let touched = rng.u8(..100) < 85;
        SeededRow {
            id: ContactId::new(created, self.family(1), index as u64),
            created,
            updated: if touched { created + waited as Millis } else { created },
            status,
            website: site.id,
            assignee: if assigned { user.id } else { UNASSIGNED },
        }
    }

    fn rng(self, index: usize, draw: Draw) -> Rng {
        Rng::with_seed(mix(self.seed ^ mix((index as u64) << 3 | draw as u64)))
    }

    fn family(self, kind: u64) -> u64 {
        mix(self.seed.wrapping_add(kind << 56))
    }
}

/// Spreads near seeds far apart (the finish of splitmix64).
fn mix(seed: u64) -> u64 {
    let seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}

fn pick<T: Copy>(rng: &mut Rng, choices: &[T]) -> T {
    choices[rng.usize(..choices.len())]
}

/// True in this many of a hundred draws.
fn percent(rng: &mut Rng, chance: u8) -> bool {
    rng.u8(..100) < chance
}

fn pick_weighted(rng: &mut Rng, weights: &[u32]) -> usize {
    let mut left = rng.u32(..weights.iter().sum::<u32>());
    for (index, weight) in weights.iter().enumerate() {
        if left < *weight {
            return index;
        }
        left -= weight;
    }
    0
}
