//! What must have come of a year: nothing lost, nothing that should not be, nothing twice.
//!
//! Left to chance, because no poll can tell, is only this:
//! - contacts that did not match the watch's filters all along;
//! - contacts that were gone again before a sweep had come by;
//! - what became visible during the watch's first cycle with a date from before it: it looks like what
//!   was there already; and changes within the first two seconds, as the server tells whole seconds (where
//!   it tells none: within the whole first cycle, and as long before it as the local clock is behind);
//! - what only a sweep can find, where the watch makes none: back-dated contacts, and those without a date;
//!   and those that came between the last sweep and an edit of the watch: they look like what the filter
//!   before did not select (where the server tells no date, and gives dates of the future: all of them);
//! - where somebody moved the watch back, what fired or was there before fires again; where somebody moved it
//!   on, what was not handled yet is skipped;
//! - after an edit, what the filter before did not select and was touched just before the watch began: a new
//!   generation reaches back behind the mark as far as a poll does.

use std::collections::{BTreeMap, HashMap};

use super::contact::{Contact, Shape, instant};
use super::watched::{Begun, Watched};
use super::world::{DAY, HOUR, LATEST, Life, SECOND, World};
use super::{Failure, Tally, failed};
use crate::store::{EventQuery, EventRecord, EventState, Store};
use crate::watch::{From, Sweep, WatchKind};

/// What should come of a contact.
#[derive(Debug, PartialEq, Eq)]
enum Fires {
    Must,
    May,
    MustNot,
}

impl Watched {
    /// Judges the year.
    pub(super) fn judge(
        &self,
        world: &World,
        store: &dyn Store,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let Some(begun) = self.begun else { return failed("a watch never began") };
        let query = EventQuery { watch: Some(self.definition.id.clone()), ..EventQuery::default() };
        let mut events: BTreeMap<String, Vec<EventRecord>> = BTreeMap::new();
        for event in store.events(&query)?.into_iter().rev() {
            self.accounted_for(&event)?;
            events.entry(event.contact.clone()).or_default().push(event);
        }
        tally.repeats += self.repeats()?;
        for (number, life) in &world.lives {
            let Some((_, first)) = life.states.first() else { continue };
            let events = events.remove(&first.id()).unwrap_or_default();
            let judged = match self.definition.kind {
                WatchKind::New => self.judge_new(life, &events, begun),
                WatchKind::Updated => self.judge_updated(life, &events, begun, world),
                WatchKind::Deleted => self.judge_deleted(life, &events, begun),
            };
            judged.map_err(|failure| {
                let id = &self.definition.id;
                Failure(format!("{id}, contact {number}: {}\n{life:#?}\n{begun:?}\n{:?}\n{:?}\nedits {:?}\n{events:#?}",
                    failure.0, world.rules, self.definition, self.edits))
            })?;
        }
        match events.is_empty() {
            true => Ok(()),
            false => failed("an event is about no contact that ever was"),
        }
    }

    fn accounted_for(&self, event: &EventRecord) -> Result<(), Failure> {
        let handled =
            self.last_handled.get(&event.contact).is_some_and(|last| *last >= (event.id, 1));
        match event.state {
            EventState::Done if handled => Ok(()),
            EventState::Dead | EventState::Dropped => Ok(()),
            state => failed(format!("event {} is {} at the end", event.id, state.as_str())),
        }
    }

    /// How often an event came again; each time as a further attempt.
    fn repeats(&self) -> Result<u64, Failure> {
        let (mut last, mut repeats) = (HashMap::new(), 0);
        for (event, attempt) in &self.handled {
            if let Some(before) = last.insert(event, attempt) {
                repeats += 1;
                if attempt <= before {
                    return failed(format!("event {event} was handled twice"));
                }
            }
        }
        Ok(repeats)
    }

    fn matches(&self, life: &Life) -> Fires {
        let all = |contact: &Contact| self.filters.iter().all(|filter| contact.matches(filter));
        let any = |contact: &Contact| self.filters.iter().any(|filter| contact.matches(filter));
        let states = || life.states.iter().map(|(_, state)| state);
        match (states().all(all), states().any(any)) {
            (true, _) => Fires::Must,
            (_, true) => Fires::May,
            _ => Fires::MustNot,
        }
    }

    /// True where a sweep went by while the contact was there.
    fn was_swept(&self, life: &Life) -> bool {
        let visible = life.states[0].0;
        let gone = life.gone.unwrap_or(i64::MAX);
        self.sweeps.iter().any(|(from, to)| visible < *from && *to < gone)
    }

    /// True for one that only a sweep finds and that no sweep had found before the watch was edited.
    fn is_hidden_by_edit(&self, life: &Life, begun: Begun) -> bool {
        let (visible, first) = &life.states[0];
        let back_dated = first.created < visible - LATEST || first.shape != Shape::Whole;
        let late = back_dated || begun.future_hides;
        late && self.edits.iter().any(|(edit, end)| {
            visible < end && !self.sweeps.iter().any(|(from, to)| visible < from && to <= edit)
        })
    }

    /// True for one that an edit may bring although it was there at the start.
    fn is_shown_by_edit(&self, life: &Life, begun: Begun) -> bool {
        let state = life.states.iter().rev().find(|(at, _)| *at <= begun.first_page);
        let reach = begun.first_page - 2 * DAY - HOUR;
        !self.edits.is_empty()
            && self.matches(life) == Fires::May
            && state.is_some_and(|(_, state)| state.updated.max(state.created) >= reach)
    }

    fn new_fires(&self, life: &Life, begun: Begun) -> Fires {
        let (visible, first) = &life.states[0];
        let matches = self.matches(life);
        if !first.is_sound() || matches == Fires::MustNot {
            return Fires::MustNot;
        }
        let dated = first.shape == Shape::Whole;
        let must = match self.definition.from {
            From::Beginning => matches,
            _ if self.is_shown_by_edit(life, begun) => Fires::May,
            From::Now if *visible <= begun.surely_before => return Fires::MustNot,
            From::Now if *visible <= begun.first_page => return Fires::May,
            From::Instant(from) if *visible <= begun.first_page => {
                match dated && instant(first.created) >= Some(from) {
                    true => matches,
                    false => return Fires::MustNot,
                }
            }
            _ if *visible <= begun.end && (first.created <= begun.first_page || !dated) => {
                Fires::May
            }
            _ => matches,
        };
        let late = first.created < visible - LATEST || !dated;
        let unswept = self.definition.sweep == Sweep::Never && late && *visible > begun.first_page;
        let seen = self.was_swept(life) || life.gone.is_none();
        let hidden = *visible > begun.first_page && self.is_hidden_by_edit(life, begun);
        if must == Fires::Must && (unswept || hidden || !seen) { Fires::May } else { must }
    }

    fn judge_new(&self, life: &Life, events: &[EventRecord], begun: Begun) -> Result<(), Failure> {
        let again = self.moves.iter().filter(|to| **to != From::Now).count();
        match (self.moved(life, self.new_fires(life, begun)), events.len()) {
            (Fires::MustNot, 0) | (Fires::May, 0) => Ok(()),
            (Fires::Must | Fires::May, count) if (1..=1 + again).contains(&count) => Ok(()),
            (fires, count) => failed(format!("{fires:?} fire, and fired {count} times")),
        }
    }

    /// What a move on purpose makes of it.
    fn moved(&self, life: &Life, fires: Fires) -> Fires {
        let selected = self.matches(life) != Fires::MustNot && life.states[0].1.is_sound();
        match fires {
            Fires::Must if self.moves.contains(&From::Now) => Fires::May,
            Fires::MustNot if selected && !self.moves.is_empty() => Fires::May,
            other => other,
        }
    }

    fn judge_deleted(
        &self,
        life: &Life,
        events: &[EventRecord],
        begun: Begun,
    ) -> Result<(), Failure> {
        let fires = match self.matches(life) {
            _ if life.gone.is_none_or(|gone| gone <= begun.first_page) => Fires::MustNot,
            Fires::Must if !life.states[0].1.is_sound() => Fires::May,
            Fires::Must if !self.was_swept(life) => Fires::May,
            other => other,
        };
        let fires = match fires {
            Fires::Must if self.moves.contains(&From::Now) => Fires::May,
            other => other,
        };
        match (fires, events.len()) {
            (Fires::Must, 1) | (Fires::MustNot, 0) | (Fires::May, 0 | 1) => Ok(()),
            (fires, count) => failed(format!("{fires:?} fire, and fired {count} times")),
        }
    }

    fn judge_updated(
        &self,
        life: &Life,
        events: &[EventRecord],
        begun: Begun,
        world: &World,
    ) -> Result<(), Failure> {
        let same = |one: &Contact, other: &Contact| {
            one.content == other.content
                && (self.definition.content_only || self.mixed || one.updated == other.updated)
        };
        let mut states = Vec::new();
        for event in events {
            let state = life.states.iter().find(|(_, state)| state.json() == event.payload);
            let Some((_, state)) = state else {
                return failed(format!("event {} is about no state that ever was", event.id));
            };
            if !self.mixed
                && self.moves.is_empty()
                && states.last().is_some_and(|last: &&Contact| same(last, state))
            {
                return failed(format!("event {} is about the same state again", event.id));
            }
            states.push(state);
        }
        let (since, last) = &life.states[life.states.len() - 1];
        match self.moved(life, self.updated_fires(life, begun, world)) {
            Fires::MustNot if !events.is_empty() => failed("it must not fire"),
            Fires::Must if states.last().is_none_or(|state| !same(state, last)) => {
                failed(format!("its last state, since {since}, was not handled"))
            }
            _ => Ok(()),
        }
    }

    fn updated_fires(&self, life: &Life, begun: Begun, world: &World) -> Fires {
        let (visible, first) = &life.states[0];
        let (touched, last) = &life.states[life.states.len() - 1];
        let matches = self.matches(life);
        if !first.is_sound() || matches == Fires::MustNot {
            return Fires::MustNot;
        }
        let hidden = *visible > begun.first_page && self.is_hidden_by_edit(life, begun);
        let by_content = self.definition.content_only || self.mixed;
        let unchanged = life.states.len() == 1 || by_content && first.content == last.content;
        let left_to_chance = life.gone.is_some()
            || hidden && (unchanged || self.definition.from == From::Beginning)
            || self.is_shown_by_edit(life, begun);
        if left_to_chance {
            return Fires::May;
        }
        match self.definition.from {
            From::Beginning => return matches,
            From::Instant(from) if *touched <= begun.first_page => {
                let fires = instant(last.updated.max(last.created)) >= Some(from);
                return if fires { matches } else { Fires::MustNot };
            }
            _ if *touched <= begun.first_page && *touched > begun.surely_before => {
                return Fires::May;
            }
            _ if *touched <= begun.first_page => {
                // By a clock that is behind, a change just before looks like one since.
                let late = last.updated > begun.first_page - DAY - HOUR;
                return if late && !world.rules.tells_date { Fires::May } else { Fires::MustNot };
            }
            _ => {}
        }
        match self.came_clearly_since(life, begun, world) {
            true => matches,
            false => Fires::May,
        }
    }

    /// True where the contact came to be as it is surely after the start, and not within the first cycle in
    /// a way that looks like what was there before.
    fn came_clearly_since(&self, life: &Life, begun: Begun, world: &World) -> bool {
        let (visible, _) = life.states[0];
        let (_, last) = &life.states[life.states.len() - 1];
        let by_content = self.definition.content_only || self.mixed;
        let as_last =
            |state: &Contact| by_content && state.content == last.content || state == last;
        let Some((since, state)) = life.states.iter().find(|(_, state)| as_last(state)) else {
            return false;
        };
        // A date of the future says nothing of when it was given.
        let dated = state.updated <= *since + 2 * SECOND;
        let told = world.rules.tells_date && dated && state.updated > begun.first_page + 2 * SECOND;
        let came_meanwhile = (begun.first_page + 1..=begun.end).contains(&visible);
        *since > begun.first_page && (*since > begun.end || told) && !came_meanwhile
    }
}
