//! The account behind the model server: contacts that come, change and go, and the clocks.

use std::collections::BTreeMap;

use fastrand::Rng;

use super::contact::{Contact, Shape};
use super::rules::Rules;

pub(super) const SECOND: i64 = 1_000;
pub(super) const MINUTE: i64 = 60 * SECOND;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;
/// When every simulation begins.
const START: i64 = 1_700_000_000_000;
/// What happens is visible so much later at most.
pub(super) const LATEST: i64 = 4 * MINUTE;

/// All that was ever true of a contact, by the server's clock.
#[derive(Debug)]
pub(super) struct Life {
    /// Its states, and since when each was visible.
    pub(super) states: Vec<(i64, Contact)>,
    pub(super) gone: Option<i64>,
}

/// Something that happened and is not visible yet.
#[derive(Debug)]
enum Late {
    Created(Contact),
    Updated(u64, i64),
}

/// What the answers' `Date` told last: the date, when, and how far it was ahead of the local clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) date: i64,
    pub(super) at: i64,
    pub(super) skew: i64,
}

#[derive(Debug)]
pub(super) struct World {
    pub(super) rng: Rng,
    pub(super) rules: Rules,
    /// The server's clock. It never jumps.
    pub(super) now: i64,
    /// How far the local clock is ahead of it.
    pub(super) local_ahead: i64,
    pub(super) told: Option<Told>,
    /// What is visible, newest creation first.
    pub(super) list: Vec<Contact>,
    late: Vec<(i64, Late)>,
    pub(super) lives: BTreeMap<u64, Life>,
    next: u64,
    content: u64,
    /// What happens at the coming requests, in a test that says so.
    #[cfg(test)]
    pub(super) deeds: std::collections::VecDeque<fn(&mut Self)>,
    /// How likely something happens between two requests, and how likely a request fails.
    pub(super) unrest: f64,
    pub(super) faults: f64,
    /// After so many requests one never comes back: the program ends there.
    pub(super) ends_after: Option<u64>,
    pub(super) ended: bool,
    pub(super) requests: u64,
}

impl World {
    /// An account with so many contacts, created over the two years before.
    pub(super) fn new(mut rng: Rng, rules: Rules, contacts: usize) -> Self {
        let ages: Vec<i64> = (0..contacts).map(|_| rng.i64(0..730 * DAY)).collect();
        let mut world = Self {
            rng,
            rules,
            now: START,
            local_ahead: 0,
            told: None,
            list: Vec::new(),
            late: Vec::new(),
            lives: BTreeMap::new(),
            next: 0,
            content: 0,
            #[cfg(test)]
            deeds: std::collections::VecDeque::new(),
            unrest: 0.0,
            faults: 0.0,
            ends_after: None,
            ended: false,
            requests: 0,
        };
        for age in ages {
            let mut contact = world.invent(START - age);
            contact.updated += world.rng.i64(0..=age);
            world.show(contact);
        }
        world
    }

    /// Lets time pass, and what was late become visible.
    pub(super) fn pass(&mut self, milliseconds: i64) {
        self.now += milliseconds;
        let (due, late) = std::mem::take(&mut self.late).into_iter().partition(|l| l.0 <= self.now);
        self.late = late;
        let due: Vec<(i64, Late)> = due;
        for (_, late) in due {
            match late {
                Late::Created(contact) => self.show(contact),
                Late::Updated(number, stamp) => self.update(number, stamp),
            }
        }
    }

    /// Something happens.
    pub(super) fn happen(&mut self) {
        match self.rng.u8(0..20) {
            0..7 => self.create_some(),
            7..16 => self.update_some(),
            16..18 => self.delete_one(),
            _ => {}
        }
    }

    /// What a clock that tells only so much shows.
    pub(super) fn stamp(&self) -> i64 {
        self.now - self.now.rem_euclid(self.rules.stamp)
    }

    fn create_some(&mut self) {
        let many = match self.rng.u8(0..100) {
            0 => 60,
            1..20 => self.rng.usize(2..6),
            _ => 1,
        };
        for _ in 0..many {
            let created = match self.rng.u8(0..100) {
                0..4 => self.stamp() - self.rng.i64(0..400 * DAY),
                4..6 if self.rules.futures => self.stamp() + self.rng.i64(0..30 * DAY),
                _ => self.stamp(),
            };
            let contact = self.invent(created);
            if created == self.stamp() && self.rng.u8(0..10) == 0 {
                let visible = self.now + self.rng.i64(0..LATEST);
                self.late.push((visible, Late::Created(contact)));
            } else {
                self.show(contact);
            }
        }
    }

    pub(super) fn invent(&mut self, created: i64) -> Contact {
        let shape = match self.rng.u8(0..100) {
            0 => Shape::Undated,
            1 => Shape::Dateless,
            2 => Shape::Nameless,
            3 => Shape::Null,
            _ => Shape::Whole,
        };
        (self.next, self.content) = (self.next + 1, self.content + 1);
        Contact {
            number: self.next,
            shape,
            created,
            updated: created,
            content: self.content,
            status: self.rng.usize(0..2),
            site: self.rng.usize(0..2),
            vip: self.rng.bool(),
        }
    }

    /// Updates a contact, now and then twice within one instant.
    fn update_some(&mut self) {
        if self.list.is_empty() {
            return;
        }
        let number = self.list[self.rng.usize(0..self.list.len())].number;
        let stamp = self.stamp();
        if self.rng.u8(0..15) == 0 {
            let visible = self.now + self.rng.i64(0..LATEST);
            self.late.push((visible, Late::Updated(number, stamp)));
            return;
        }
        for _ in 0..1 + usize::from(self.rng.u8(0..8) == 0) {
            self.update(number, stamp);
        }
    }

    pub(super) fn update(&mut self, number: u64, stamp: i64) {
        let Some(place) = self.list.iter().position(|contact| contact.number == number) else {
            return;
        };
        let contact = &mut self.list[place];
        // Now and then no date tells of it, and now and then nothing else does.
        if self.rng.u8(0..100) > 0 {
            contact.updated = contact.updated.max(stamp);
        }
        if self.rng.u8(0..6) > 0 {
            self.content += 1;
            contact.content = self.content;
            match self.rng.u8(0..20) {
                0 => contact.status = 1 - contact.status,
                1 => contact.site = 1 - contact.site,
                2 => contact.vip = !contact.vip,
                _ => {}
            }
        }
        let state = (self.now, contact.clone());
        if let Some(life) = self.lives.get_mut(&number) {
            life.states.push(state);
        }
    }

    fn delete_one(&mut self) {
        if !self.list.is_empty() {
            let gone = self.list.remove(self.rng.usize(0..self.list.len()));
            if let Some(life) = self.lives.get_mut(&gone.number) {
                life.gone = Some(self.now);
            }
        }
    }

    /// Makes a new contact visible, in its place.
    pub(super) fn show(&mut self, contact: Contact) {
        let ascend = self.rules.ties_ascend;
        let place = self.list.partition_point(|other| match ascend {
            true => other.created >= contact.created,
            false => other.created > contact.created,
        });
        let states = vec![(self.now, contact.clone())];
        self.lives.insert(contact.number, Life { states, gone: None });
        self.list.insert(place, contact);
    }
}
