//! Everything the emulator remembers.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::EmulatorOptions;
use super::clock::Clock;
use super::contacts::{Change, Contacts, to_raw};
use super::faults::{AccountChange, FaultRules};
use super::id::ContactId;
use super::journal::Journal;
use super::knobs::Knobs;
use super::rate::RateLimiter;
use super::seed::Seed;
use crate::Result;
use crate::schema::parse_duration;

/// Everything the emulator remembers. One lock guards it: a request holds it for microseconds.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) options: EmulatorOptions,
    pub(crate) clock: Clock,
    pub(crate) knobs: Knobs,
    pub(crate) contacts: Contacts,
    /// The messages of contacts that were written to, by contact id.
    pub(crate) messages: BTreeMap<String, Vec<Value>>,
    /// Conversations created since the start, oldest first.
    pub(crate) conversations: Vec<Value>,
    /// Counts what was created, so that ids differ.
    pub(crate) sequence: u64,
    pub(crate) faults: FaultRules,
    pub(crate) journal: Journal,
    pub(crate) rate: RateLimiter,
    /// How many changes there were, and how many of them the data file holds.
    pub(crate) changes: u64,
    pub(crate) saved: u64,
}

impl World {
    /// The world as the options describe it, before anything was written.
    pub(crate) fn new(options: EmulatorOptions) -> Self {
        let clock = Clock::new(options.clock);
        let seed = Seed { seed: options.seed, count: options.contacts, start: clock.now() };
        Self {
            clock,
            knobs: options.knobs.clone(),
            contacts: Contacts::new(seed),
            messages: BTreeMap::new(),
            conversations: Vec::new(),
            sequence: 0,
            faults: FaultRules::new(options.seed),
            journal: Journal::default(),
            rate: RateLimiter::default(),
            // The data file is written once at the start, so that a wrong path shows at once.
            changes: 1,
            saved: 0,
            options,
        }
    }

    /// A change that happens now, with an id for what it adds.
    pub(crate) fn change(&mut self) -> Change {
        self.sequence += 1;
        let now = self.clock.now();
        let family = self.contacts.seed().fresh_ids();
        Change { now, id: ContactId::new(now, family, self.sequence) }
    }

    /// Does what others do to the account, once it was checked.
    pub(crate) fn change_by_others(&mut self, change: &AccountChange) -> Result<()> {
        for contact in &change.put {
            self.store(contact)?;
        }
        for id in &change.delete {
            self.contacts.remove(id);
        }
        if let Some(by) = &change.advance {
            let length = parse_duration(by)?.as_millis();
            self.clock.advance(i64::try_from(length).unwrap_or(i64::MAX));
        }
        self.changes += 1;
        Ok(())
    }

    /// Stores a contact's fields, new or changed.
    pub(crate) fn store(&mut self, fields: &Map<String, Value>) -> Result<()> {
        self.contacts.put(to_raw(fields)?)
    }
}
