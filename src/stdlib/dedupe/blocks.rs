//! Which people are compared at all: those who have something in common. All with all would be five thousand
//! million pairs for a hundred thousand contacts.

use std::collections::HashMap;

use super::options::Options;
use super::person::Person;
use super::score::{SAME_NAME, SIMILAR_NAME};

/// The most neighbours that each is compared with under one key: of thousands under one key, which is a wrong
/// number or a name such as "Web Visitor", nobody is compared with all the others.
const NEIGHBOURS: usize = 20;

/// The pairs to compare, each once, by their places.
pub(super) fn pairs(people: &[Person], options: &Options) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for block in blocks(people, options) {
        for (at, one) in block.iter().enumerate() {
            let others = block[at + 1..].iter().take(NEIGHBOURS);
            pairs.extend(others.map(|other| (*one.min(other), *one.max(other))));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The people under each key, those with similar names beside each other.
fn blocks(people: &[Person], options: &Options) -> Vec<Vec<usize>> {
    let mut blocks = HashMap::<String, Vec<usize>>::new();
    for (place, person) in people.iter().enumerate() {
        let phone = person.phone.as_ref().map(|phone| format!("phone {phone}"));
        let email = person.email.as_ref().map(|email| format!("email {email}"));
        for key in phone.into_iter().chain(email).chain(names(person, options)) {
            blocks.entry(key).or_default().push(place);
        }
    }
    let shared = blocks.into_values().filter(|block| block.len() > 1);
    let in_order = |mut block: Vec<usize>| {
        block.sort_by_key(|place| (&people[*place].name.whole, *place));
        block
    };
    shared.map(in_order).collect()
}

/// The keys of the name. Where a name can link nobody by itself, it is no key: it is compared all the same where
/// a number or an address is shared.
fn names(person: &Person, options: &Options) -> Vec<String> {
    let name = &person.name;
    match options.least {
        least if options.is_name_alone() || least <= SIMILAR_NAME => name.keys(),
        least if least <= SAME_NAME && name.is_full() => vec![format!("name {}", name.whole)],
        _ => Vec::new(),
    }
}
