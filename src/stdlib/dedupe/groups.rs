//! The groups of people who are the same.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::blocks::pairs;
use super::options::Options;
use super::person::{Person, created, each_once, with_region};
use super::score::{Reason, Score, compare, words};
use crate::Result;
use crate::api::{Call, memory};

/// So many are looked at between two looks at whether the run was cancelled, or has used up its memory.
const AT_ONCE: usize = 1_000;

/// `dedupe.find(contacts, options?)`
pub(super) fn find(call: &Call) -> Result<Value> {
    let contacts = each_once(call.value(0));
    let options = with_region(Options::read(call, 1)?, contacts.iter().copied());
    let mut people = Vec::with_capacity(contacts.len());
    for some in contacts.chunks(AT_ONCE) {
        still_wanted(call)?;
        people.extend(some.iter().map(|contact| Person::of(contact, &options)));
    }
    let mut groups: Vec<Group> = linked(call, &people, &options)?;
    for group in &mut groups {
        group.places.sort_by_key(|place| (created(contacts[*place]), *place));
    }
    groups.sort_by(|one, other| {
        other
            .score
            .total_cmp(&one.score)
            .then_with(|| one.places.iter().min().cmp(&other.places.iter().min()))
    });
    let group = |group: Group| {
        let contacts: Vec<_> = group.places.iter().map(|place| contacts[*place]).collect();
        json!({ "contacts": contacts, "score": group.score, "reasons": words(&group.reasons) })
    };
    Ok(groups.into_iter().map(group).collect())
}

fn still_wanted(call: &Call) -> Result<()> {
    memory::check()?;
    call.context.cancel().reason().map_or(Ok(()), |reason| Err(reason.clone()))
}

/// People who are the same.
struct Group {
    places: Vec<usize>,
    score: f64,
    reasons: BTreeSet<Reason>,
}

/// The groups that links make, the strongest links first, so that a group's score is that of the weakest link
/// that it needs.
fn linked(call: &Call, people: &[Person], options: &Options) -> Result<Vec<Group>> {
    let mut links = Vec::new();
    for some in pairs(people, options).chunks(AT_ONCE) {
        still_wanted(call)?;
        let compared = some
            .iter()
            .map(|&(one, other)| (compare(&people[one], &people[other], options), one, other));
        // A link needs a reason, though the least score is 0.
        links.extend(
            compared.filter(|(it, _, _)| it.score >= options.least && !it.reasons.is_empty()),
        );
    }
    links.sort_by(|one, other| other.0.score.total_cmp(&one.0.score));
    let mut forest = Forest::new(people.len());
    for (score, one, other) in links {
        forest.join(one, other, score);
    }
    Ok(forest.groups())
}

/// Union–find: every tree is a group.
struct Forest {
    above: Vec<usize>,
    scores: BTreeMap<usize, Score>,
}

impl Forest {
    fn new(count: usize) -> Self {
        Self { above: (0..count).collect(), scores: BTreeMap::new() }
    }

    fn root(&mut self, mut place: usize) -> usize {
        while self.above[place] != place {
            self.above[place] = self.above[self.above[place]];
            place = self.above[place];
        }
        place
    }

    fn join(&mut self, one: usize, other: usize, link: Score) {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            // What holds them together already is not weaker; but it may be for another reason.
            if let Some(joined) = self.scores.get_mut(&one) {
                joined.reasons.extend(link.reasons);
            }
            return;
        }
        let mut joined = link;
        for score in [one, other].iter().filter_map(|root| self.scores.remove(root)) {
            joined.reasons.extend(score.reasons);
        }
        self.above[other.max(one)] = one.min(other);
        self.scores.insert(one.min(other), joined);
    }

    fn groups(mut self) -> Vec<Group> {
        let mut places = BTreeMap::<usize, Vec<usize>>::new();
        for place in 0..self.above.len() {
            let root = self.root(place);
            if self.scores.contains_key(&root) {
                places.entry(root).or_default().push(place);
            }
        }
        let group = |(root, places)| {
            let Score { score, reasons } = self.scores.remove(&root).unwrap_or_default();
            Group { places, score, reasons }
        };
        places.into_iter().map(group).collect()
    }
}
