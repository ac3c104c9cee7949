//! 5. Page drift: rows that come and go during a walk make it skip nothing and repeat nothing.

use serde_json::{Value, json};

use crate::script::{BOTH, Language, Script, new_contacts, watch};
use crate::watched::{Watched, id};

/// Contact number `number` of those that are there: far enough apart that no query reaches back to them all.
fn old(watched: &Watched, number: u32) -> Value {
    watched.contact(number, -100_000 + 1_000 * i64::from(number))
}

/// 45 contacts in pages of 10.
fn in_pages(language: Language) -> Watched {
    let watched = Watched::in_language(language);
    watched.knobs(json!({ "page_cap": 10 }));
    watched.put((1..=45).map(|number| old(&watched, number)));
    watched
}

/// Contacts that come before the second, third and fourth page, two each.
fn arrivals(watched: &Watched, seconds: i64) {
    for (first, pages) in [(101, 2), (103, 2), (105, 2)] {
        let put = [first, first + 1].map(|n| watched.contact(n, seconds + i64::from(n)));
        watched.meanwhile(&[pages], json!({ "put": put }));
    }
}

/// The names that this cycle and the next handle, in the order of their numbers.
fn two_cycles(watched: &Watched, script: &Script) -> Vec<u32> {
    let names = [watched.names(script), watched.names(script)].concat();
    let mut numbers: Vec<u32> = names.iter().map(|name| name[1..].parse().unwrap()).collect();
    numbers.sort_unstable();
    numbers
}

#[test]
fn point_05_arrivals_during_the_first_walk_are_found_and_nothing_is_found_twice() {
    for language in BOTH {
        for function in ["new_contacts", "updated_contacts"] {
            let watched = in_pages(language);
            arrivals(&watched, -600);
            let script = watch(function, json!({ "from": "beginning", "limit": 1_000 }));
            let expected: Vec<_> = (1..=45).chain(101..=106).collect();
            assert_eq!(two_cycles(&watched, &script), expected, "{function}");
        }
    }
}

#[test]
fn point_05_arrivals_during_the_first_walk_of_a_watch_from_now_on_are_what_fires() {
    let watched = in_pages(Language::Lua);
    arrivals(&watched, -600);
    assert_eq!(two_cycles(&watched, &new_contacts()), (101..=106).collect::<Vec<_>>());
}

#[test]
fn point_05_arrivals_during_a_poll_are_found_and_nothing_is_found_twice() {
    let watched = in_pages(Language::Lua);
    let script = new_contacts().never_sweeps();
    assert!(watched.names(&script).is_empty());
    watched.put((46..=80).map(|number| old(&watched, number)));
    arrivals(&watched, -600);
    let expected: Vec<_> = (46..=80).chain(101..=106).collect();
    assert_eq!(two_cycles(&watched, &script), expected);
}

#[test]
fn point_05_contacts_that_go_during_a_walk_take_none_of_the_others_along() {
    let watched = in_pages(Language::Lua);
    let gone = [44, 43, 42, 33];
    // More at once than the row by which pages overlap.
    watched.meanwhile(&[2], json!({ "delete": [id(44), id(43), id(42)] }));
    watched.meanwhile(&[2], json!({ "delete": [id(33)] }));
    let script = new_contacts().never_sweeps().option("from", "beginning");
    let found = two_cycles(&watched, &script);
    let stayed: Vec<_> = (1..=45).filter(|number| !gone.contains(number)).collect();
    let stayed_of_found: Vec<_> = found.into_iter().filter(|n| !gone.contains(n)).collect();
    assert_eq!(stayed_of_found, stayed);
}
