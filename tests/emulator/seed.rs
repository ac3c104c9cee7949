//! Invented contacts: the same from the same seed, and with everything that makes real ones hard.

use std::collections::HashSet;

use cliengo::emulator::EmulatorOptions;
use serde_json::Value;

use crate::harness::{NOW, Service, options};

async fn contacts(seed: u64, contacts: usize) -> Vec<Value> {
    let service = Service::start(EmulatorOptions { seed, contacts, ..options() });
    serde_json::from_value(service.snapshot().await).unwrap()
}

#[tokio::test]
async fn one_seed_gives_the_same_contacts_and_another_gives_others() {
    assert_eq!(contacts(1, 300).await, contacts(1, 300).await);
    let (one, two) = (contacts(1, 300).await, contacts(2, 300).await);
    assert!(one.iter().zip(&two).filter(|(one, two)| one["name"] == two["name"]).count() < 30);
}

#[tokio::test]
async fn contacts_have_what_makes_real_ones_hard() {
    let all = contacts(1, 3_000).await;
    let text = |name: &'static str| all.iter().filter_map(move |one| one[name].as_str());
    let share = |count: usize| count as f64 / all.len() as f64;
    assert!(
        text("name").any(|name| name.contains('ñ')) && text("lastName").any(|n| n.contains('ç'))
    );
    assert!(text("message").any(|message| message.contains('\n')));
    assert!(text("message").any(|message| message.contains('🙏')));
    assert!(text("email").any(|email| email.chars().all(|c| !c.is_lowercase())));
    for name in ["phone", "email", "rating", "geoip"] {
        assert!(all.iter().any(|one| one.get(name).is_none()), "{name} is never absent");
        assert!(all.iter().any(|one| one.get(name) == Some(&Value::Null)), "{name} is never null");
    }
    let dates: HashSet<_> = text("creationDate").collect();
    assert!((0.01..0.04).contains(&share(all.len() - dates.len())), "ties");
    let unassigned = text("assignedTo").filter(|user| *user == "UNASSIGNED").count();
    assert!((0.25..0.35).contains(&share(unassigned)));
    let statuses: HashSet<_> = text("status").collect();
    let sites: HashSet<_> = text("websiteId").collect();
    assert_eq!((statuses.len(), sites.len()), (4, 4));
    let ids: HashSet<_> = text("id").collect();
    assert_eq!(ids.len(), all.len());
}

#[tokio::test]
async fn some_contacts_are_someone_who_was_there_before() {
    let all = contacts(1, 3_000).await;
    let digits = |text: &str| -> String {
        let digits: Vec<_> = text.chars().filter(char::is_ascii_digit).collect();
        digits[digits.len().saturating_sub(6)..].iter().collect()
    };
    let (mut seen, mut again) = (HashSet::new(), 0);
    for one in all.iter().rev() {
        let email = one["email"].as_str().map(str::to_lowercase);
        let phone = one["phone"].as_str().map(digits);
        let known = [email, phone].into_iter().flatten().filter(|key| !seen.insert(key.clone()));
        again += usize::from(known.count() > 0);
    }
    let share = again as f64 / all.len() as f64;
    assert!((0.04..0.10).contains(&share), "{share}");
}

#[tokio::test]
async fn dates_lie_in_the_two_years_before_the_start_and_get_denser() {
    let all = contacts(1, 1_000).await;
    for one in &all {
        let (created, updated) = (&one["creationDate"], &one["lastUpdateDate"]);
        let (created, updated) = (created.as_str().unwrap(), updated.as_str().unwrap());
        assert!("2024-05-07" <= created && created <= updated && updated <= NOW, "{one}");
        let seconds = i64::from_str_radix(&one["id"].as_str().unwrap()[..8], 16).unwrap();
        assert_eq!(seconds, created.parse::<jiff::Timestamp>().unwrap().as_second());
    }
    let last_year = all.iter().filter(|one| one["creationDate"].as_str() > Some("2025-05-07"));
    assert!(last_year.count() > 600);
}

#[tokio::test]
async fn every_answered_field_is_one_of_the_schema() {
    for one in contacts(1, 500).await {
        for name in one.as_object().unwrap().keys() {
            let field = cliengo::schema::contact_field(name);
            assert!(field.is_some_and(|field| field.answered), "{name}");
        }
    }
}
