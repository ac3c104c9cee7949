//! Who is found to be the same person.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::stdlib::testing::call;

fn score(one: Value, other: Value) -> (f64, Vec<String>) {
    let options = json!({ "region": "AR" });
    let found = call("dedupe.score", json!([one, other, options])).unwrap();
    (found["score"].as_f64().unwrap(), serde_json::from_value(found["reasons"].clone()).unwrap())
}

fn find(contacts: &[Value], options: Value) -> Vec<Value> {
    let groups = call("dedupe.find", json!([contacts, options])).unwrap();
    groups.as_array().unwrap().clone()
}

/// The ids of each group.
fn ids(groups: &[Value]) -> Vec<Vec<&str>> {
    let id = |contact: &'_ Value| contact["id"].as_str().map(str::to_owned);
    let of = |group: &Value| group["contacts"].as_array().unwrap().iter().filter_map(id).collect();
    let all: Vec<Vec<String>> = groups.iter().map(of).collect();
    all.into_iter().map(|group| group.into_iter().map(|id| &*id.leak()).collect()).collect()
}

#[test]
fn what_is_written_in_two_ways_is_the_same() {
    for (one, other, reason) in [
        (
            json!({ "phone": "011 15 5555-0199" }),
            json!({ "phone": "+54 9 11 5555 0199" }),
            "same phone",
        ),
        (json!({ "phone": "11 5555-0199" }), json!({ "phone": "+5491155550199" }), "same phone"),
        (
            json!({ "email": "Ana.Diaz@Gmail.com" }),
            json!({ "email": "anadiaz+x@gmail.com" }),
            "same e-mail",
        ),
        (
            json!({ "name": "José Núñez" }),
            json!({ "name": "NUÑEZ", "lastName": "jose" }),
            "same name",
        ),
    ] {
        let (score, reasons) = score(one.clone(), other);
        assert!(score >= 0.85 && reasons == [reason], "{one}: {score} {reasons:?}");
    }
}

#[test]
fn what_agrees_raises_the_score_and_what_differs_lowers_it() {
    let ana = json!({ "name": "Ana Díaz", "phone": "011 4123-4567", "email": "ana@example.com" });
    let with = |changes: Value| {
        let mut other = ana.clone();
        other.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        score(ana.clone(), other).0
    };
    let all = with(json!({}));
    let other_email = with(json!({ "email": "ana.diaz@example.org" }));
    let family = with(json!({ "name": "Luis Díaz", "email": "luis@example.com" }));
    let namesake = with(json!({ "phone": "011 4123-9999", "email": "other@example.com" }));
    assert!(all > 0.99 && all > other_email && other_email >= 0.85, "{all} {other_email}");
    assert!(family < 0.85 && namesake < 0.85, "{family} {namesake}");
    assert_eq!(score(json!({}), json!({})), (0.0, Vec::new()));
    assert_eq!(score(json!({ "phone": "1" }), json!({ "phone": "1" })), (0.0, Vec::new()));
    let made_up = json!({ "phone": "00000000000" });
    assert_eq!(score(made_up.clone(), made_up), (0.0, Vec::new()));
}

#[test]
fn groups_are_transitive_the_surest_first_and_the_oldest_contact_in_front() {
    let contacts = [
        json!({ "id": "1", "name": "Eva Ríos", "creationDate": "2026-03-01T00:00:00.000Z" }),
        json!({ "id": "2", "email": "ana@example.com", "phone": "011 15 5555-0199" }),
        json!({ "id": "3", "email": "ANA@example.com", "creationDate": 1_700_000_000_000_i64 }),
        json!({ "id": "4", "phone": "+54 9 11 5555-0199", "creationDate": "2026-01-01T00:00:00.000Z" }),
        json!({ "id": "5", "name": "Ríos, Eva", "creationDate": "2026-02-01T00:00:00.000Z" }),
        json!({ "id": "6", "name": "Leo" }),
        json!({ "id": "7", "name": "Leo" }),
    ];
    let groups = find(&contacts, json!({ "region": "AR" }));
    assert_eq!(ids(&groups), [vec!["3", "4", "2"], vec!["5", "1"]]);
    assert_eq!(groups[0]["reasons"], json!(["same phone", "same e-mail"]));
    assert_eq!((&groups[0]["score"], &groups[1]["score"]), (&json!(0.95), &json!(0.85)));
    // The country of the number with a code is taken for the others.
    assert_eq!(ids(&find(&contacts, json!({}))), ids(&groups));
}

#[test]
fn by_and_least_say_what_counts() {
    let contacts = [
        json!({ "id": "1", "name": "Ana Pérez", "phone": "011 4123-4567" }),
        json!({ "id": "2", "name": "Ana Peres", "phone": "011 4123-9999" }),
        json!({ "id": "3", "name": "Luis Gómez", "phone": "01141234567" }),
    ];
    let by = |options: Value| {
        let groups = find(&contacts, options);
        ids(&groups).into_iter().flatten().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(by(json!({ "by": ["name"], "region": "AR" })), ["1", "2"]);
    assert_eq!(by(json!({ "by": ["phone"], "region": "AR" })), ["1", "3"]);
    assert_eq!(by(json!({ "region": "AR", "least": 0.96 })), Vec::<String>::new());
    assert!(find(&[], json!({})).is_empty());
    for (options, word) in [
        (json!({ "by": ["phne"] }), "did you mean \"phone\"?"),
        (json!({ "by": [] }), "nothing to compare by"),
        (json!({ "least": 85 }), "from 0 to 1"),
        (json!({ "region": "Peru" }), "two letters"),
    ] {
        let error = call("dedupe.find", json!([[], options])).unwrap_err().to_string();
        assert!(error.starts_with("dedupe.find: ") && error.contains(word), "{error}");
    }
}

#[test]
fn merging_keeps_the_oldest_and_fills_it_from_the_next() {
    let merged = call(
        "dedupe.merge",
        json!([[
            { "id": "c", "email": "c@example.com", "phone": "3", "creationDate": "2026-03-01" },
            { "id": "a", "name": "Ana", "email": "", "phone": null, "creationDate": "2026-01-01" },
            { "id": "b", "name": "Anna", "email": "b@example.com", "rating": 4, "creationDate": "2026-02-01" },
        ]]),
    );
    let changes = json!({ "email": "b@example.com", "phone": "3", "rating": 4 });
    let contact = json!({
        "id": "a", "name": "Ana", "email": "b@example.com", "phone": "3", "rating": 4,
        "creationDate": "2026-01-01",
    });
    let expected = json!({ "contact": contact, "changes": changes, "others": ["b", "c"] });
    assert_eq!(merged.unwrap(), expected);
    assert!(call("dedupe.merge", json!([[]])).is_err());
    let alone = call("dedupe.merge", json!([[{ "id": "a" }]])).unwrap();
    assert_eq!((&alone["changes"], &alone["others"]), (&json!({}), &json!([])));
}

/// Contacts of few people, so that many are the same.
fn contact() -> impl Strategy<Value = Value> {
    let name =
        prop::sample::select(vec!["Ana Pérez", "Ana Peres", "perez ana", "Luis Gómez", "Leo", ""]);
    let phone =
        prop::sample::select(vec!["011 4123-4567", "+541141234567", "0223 15-555-0199", "12", ""]);
    let email = prop::sample::select(vec!["a@b.co", "A@b.co", "c@d.co", "none", ""]);
    (name, phone, email)
        .prop_map(|(name, phone, email)| json!({ "name": name, "phone": phone, "email": email }))
}

/// The groups of all pairs that are sure enough, as sets of places.
fn of_all_pairs(contacts: &[Value]) -> BTreeSet<BTreeSet<usize>> {
    let mut groups: Vec<BTreeSet<usize>> = (0..contacts.len()).map(|it| [it].into()).collect();
    for (one, first) in contacts.iter().enumerate() {
        for (other, second) in contacts.iter().enumerate().skip(one + 1) {
            if score(first.clone(), second.clone()).0 >= 0.85 {
                let (linked, rest): (Vec<_>, Vec<_>) = groups
                    .into_iter()
                    .partition(|group| group.contains(&one) || group.contains(&other));
                groups = rest.into_iter().chain([linked.into_iter().flatten().collect()]).collect();
            }
        }
    }
    groups.into_iter().filter(|group| group.len() > 1).collect()
}

#[test]
fn a_contact_that_is_in_the_list_twice_is_no_duplicate_of_itself() {
    let contact = |id: &str| json!({ "id": id, "email": "a@b.co" });
    let contacts = [contact("a"), contact("a"), contact("b"), contact("b")];
    assert!(find(&contacts[..2], json!({})).is_empty());
    assert_eq!(ids(&find(&contacts, json!({}))), [["a", "b"]]);
    let merged = call("dedupe.merge", json!([contacts])).unwrap();
    assert_eq!((&merged["contact"]["id"], &merged["others"]), (&json!("a"), &json!(["b"])));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn nobody_is_missed_that_comparing_all_with_all_would_find(
        mut contacts in prop::collection::vec(contact(), 0..12)
    ) {
        for (place, contact) in contacts.iter_mut().enumerate() {
            contact["id"] = place.to_string().into();
        }
        let groups = find(&contacts, json!({ "region": "AR" }));
        let found: BTreeSet<BTreeSet<usize>> = ids(&groups)
            .into_iter()
            .map(|group| group.into_iter().map(|id| id.parse().unwrap()).collect())
            .collect();
        prop_assert_eq!(found, of_all_pairs(&contacts));
    }
}
