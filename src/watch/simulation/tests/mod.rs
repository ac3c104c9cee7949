//! Promises of watches, one by one, over the model server.

mod begins;
mod edits;
mod measures;
mod moves;
mod years;

use fastrand::Rng;
use serde_json::Value;

use super::contact::{Contact, Shape};
use super::feed::Model;
use super::rules::{Hint, Rules};
use super::world::{DAY, MINUTE, World};
use crate::Result;
use crate::schema::ContactFilter;
use crate::store::{EventQuery, MemoryStore, Store};
use crate::watch::cycle::{Cycled, run};
use crate::watch::{Cursor, WatchDefinition, WatchKind};

/// The API at its plainest.
const PLAIN: Rules = Rules {
    since_inclusive: true,
    until_inclusive: false,
    granule: 1,
    page_cap: 50,
    undated_in_windows: false,
    hint: Hint::SinceDay(0),
    tells_date: true,
    stamp: 1,
    futures: false,
    ties_ascend: false,
};

const NOTHING: [u64; 0] = [];

/// An account with one watch.
struct Bench {
    model: Model,
    store: MemoryStore,
    definition: WatchDefinition,
    told: usize,
}

impl Bench {
    fn new(kind: WatchKind, contacts: usize) -> Self {
        Self::with(PLAIN, WatchDefinition::new(kind, "w"), contacts)
    }

    fn with(rules: Rules, definition: WatchDefinition, contacts: usize) -> Self {
        let mut world = World::new(Rng::with_seed(7), rules, 0);
        for age in (1..=contacts).rev() {
            let created = world.now - i64::try_from(age).unwrap() * DAY / 10;
            world.add(created);
        }
        let bench =
            Self { model: Model::new(world), store: MemoryStore::new(), definition, told: 0 };
        bench.open();
        bench
    }

    fn open(&self) {
        let (id, kind) = (&self.definition.id, self.definition.kind.as_str());
        self.store.open_watch(id, kind, "a.lua", &self.definition.identity()).unwrap();
    }

    /// What happens, some minutes after what happened before.
    fn then(&mut self, happens: impl FnOnce(&mut World)) -> &mut Self {
        let mut world = self.model.world();
        world.pass(10 * MINUTE);
        happens(&mut world);
        world.pass(MINUTE);
        drop(world);
        self
    }

    fn try_cycle(&self) -> Result<Cycled> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let every = self.definition.every;
        runtime.block_on(run(&self.model, &self.store, &self.definition, every))
    }

    fn cycle(&mut self) -> Cycled {
        self.try_cycle().unwrap()
    }

    /// The numbers of the contacts that fired since the last look, in the order of their events.
    fn fired(&mut self) -> Vec<u64> {
        let events = self.store.events(&EventQuery::default()).unwrap();
        let fresh = events[..events.len() - self.told].iter().rev();
        let numbers = fresh.map(|event| event.contact[1..].parse().unwrap()).collect();
        self.told = events.len();
        numbers
    }

    /// What the next cycle makes fire.
    fn next(&mut self) -> Vec<u64> {
        self.cycle();
        self.fired()
    }

    fn cursor(&self) -> Cursor {
        let kept: Value = self.store.watch("w").unwrap().unwrap().cursor.unwrap();
        serde_json::from_value(kept).unwrap()
    }

    fn sweep_is_due(&mut self) -> &mut Self {
        self.model.world().pass(2 * DAY);
        self
    }
}

impl World {
    /// A sound contact; its number. Contacts are of the status NEW, until they are changed.
    fn add(&mut self, created: i64) -> u64 {
        let plain =
            Contact { shape: Shape::Whole, status: 0, site: 0, vip: false, ..self.invent(created) };
        let number = plain.number;
        self.show(plain);
        number
    }

    fn create(&mut self) {
        self.add(self.stamp());
    }

    /// Changes a contact now, so that something of it is other than before.
    fn change(&mut self, number: u64, change: impl Fn(&mut Contact)) {
        let place = self.list.iter().position(|contact| contact.number == number).unwrap();
        let mut contact = self.list.remove(place);
        contact.updated = self.now;
        contact.content += 100_000;
        change(&mut contact);
        self.list.insert(place, contact);
    }

    fn touch(&mut self, number: u64) {
        self.change(number, |_| {});
    }
}

fn status(status: &str) -> ContactFilter {
    ContactFilter { status: Some(status.to_owned()), ..ContactFilter::default() }
}
