//! What must hold after each cycle that went well: it found all that it had to find, and handed over what
//! it may.

use super::watched::Watched;
use super::world::{DAY, LATEST, Life, MINUTE, World};
use super::{Failure, Tally, failed};
use crate::store::{EventQuery, EventState, Store};
use crate::watch::cycle::Cycled;
use crate::watch::version::version;
use crate::watch::{WatchDefinition, WatchKind};

impl Watched {
    /// What was visible before a cycle began at `from`, and is as it was when the cycle is over, is known
    /// then.
    pub(super) fn found_all(
        &mut self,
        done: &Cycled,
        world: &World,
        store: &dyn Store,
        from: i64,
    ) -> Result<(), Failure> {
        let fresh = world.lives.iter().filter(|(_, life)| life.states[0].0 > self.until);
        self.unproven.extend(fresh.map(|(number, _)| *number));
        self.until = world.now;
        match self.definition.kind {
            WatchKind::New => self.found_created(done, world, store, from),
            WatchKind::Updated => {
                self.found_created(done, world, store, from)?;
                self.found_updated(done, world, store, from)
            }
            WatchKind::Deleted => Ok(()),
        }
    }

    fn found_created(
        &mut self,
        done: &Cycled,
        world: &World,
        store: &dyn Store,
        from: i64,
    ) -> Result<(), Failure> {
        let rules = &world.rules;
        // How coarsely `since` is read is measured by sweeps; and where nothing tells what time it is
        // there, a date of the future may take the mark along until the next one.
        let coarse = !rules.since_inclusive && rules.granule > 1;
        if !done.swept && (coarse || rules.futures && !rules.tells_date) {
            return Ok(());
        }
        let unproven = std::mem::take(&mut self.unproven);
        for number in unproven {
            let Some(life) = world.lives.get(&number) else { continue };
            if life.states[0].0 >= from {
                self.unproven.push(number);
            } else if self.had_to_find(life, done.swept) {
                let id = life.states[0].1.id();
                if store.known(&self.definition.id, &[&id])? == [None] {
                    return self.missed(&id, life, world, store, from);
                }
            }
        }
        Ok(())
    }

    /// True for a contact that a sweep had to find, or a poll.
    fn had_to_find(&self, life: &Life, swept: bool) -> bool {
        let (visible, first) = &life.states[0];
        let prompt = first.created >= visible - LATEST && first.row().created.is_some();
        let selected =
            |(_, state): &(i64, super::contact::Contact)| state.matches(&self.definition.filter);
        life.gone.is_none()
            && first.is_sound()
            && (prompt || swept)
            && life.states.iter().all(selected)
    }

    /// After a sweep each contact is known as it is; after a poll each that was updated lately, where the
    /// watch believes that `lastUpdateDate` finds it.
    fn found_updated(
        &self,
        done: &Cycled,
        world: &World,
        store: &dyn Store,
        from: i64,
    ) -> Result<(), Failure> {
        let finds = self.cursor(store)?.is_some_and(|cursor| cursor.reading.finds());
        let finds = finds && world.rules.tells_date && world.told.is_some();
        let sound = world.list.iter().filter(|contact| contact.is_sound());
        for contact in sound.filter(|contact| contact.matches(&self.definition.filter)) {
            let Some(life) = world.lives.get(&contact.number) else { continue };
            let since = life.states.last().map_or(i64::MAX, |(since, _)| *since);
            let told = ((since - LATEST).max(from - DAY)..=since).contains(&contact.updated);
            let polled = finds && told && since >= from - 30 * MINUTE;
            if since >= from || !(done.swept || polled) {
                continue;
            }
            let version = version(&self.definition, &contact.row());
            if store.known(&self.definition.id, &[&contact.id()])? != [Some(version)] {
                return self.missed(&contact.id(), life, world, store, from);
            }
        }
        Ok(())
    }

    fn missed(
        &self,
        id: &str,
        life: &Life,
        world: &World,
        store: &dyn Store,
        from: i64,
    ) -> Result<(), Failure> {
        let (rules, definition, cursor) = (&world.rules, &self.definition, self.cursor(store)?);
        failed(format!(
            "{} did not find {id} in the cycle from {from} to {}\n{life:#?}\n{rules:?}\n{definition:?}\n{cursor:?}",
            definition.id, world.now
        ))
    }

    /// Hands over at most the limit, oldest first.
    pub(super) fn release(&self, store: &dyn Store, tally: &mut Tally) -> Result<(), Failure> {
        let WatchDefinition { id, limit, .. } = &self.definition;
        let states = |states: &[EventState]| {
            let query = EventQuery {
                watch: Some(id.clone()),
                states: states.to_vec(),
                ..EventQuery::default()
            };
            store.events(&query)
        };
        let ready = states(&[EventState::Ready])?;
        let released = store.release(id, *limit)?;
        tally.released += released;
        if released == 0 {
            return Ok(());
        }
        let mut fresh = states(&[EventState::Ready])?;
        fresh.retain(|event| ready.iter().all(|other| other.id != event.id));
        let newest = fresh.iter().map(|event| (event.order, event.id)).max();
        let left = states(&[EventState::Pending])?;
        let oldest = left.iter().map(|event| (event.order, event.id)).min();
        if released > *limit || fresh.len() as u64 != released {
            return failed(format!("{id} handed over {released} events, its limit is {limit}"));
        }
        match oldest.is_none_or(|oldest| newest <= Some(oldest)) {
            true => Ok(()),
            false => failed(format!("{id} handed over a newer event before an older one")),
        }
    }
}
