//! Each example does what its first lines promise, seen in the data that it leaves behind.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::pair::{find, last_note, run_both, text};

#[tokio::test]
async fn lead_triage_creates_updates_and_deletes() {
    let ran = run_both("lead_triage", &["40"], 400).await;
    let (updated, mut deleted) = (ran.ids("PATCH"), ran.ids("DELETE"));
    let probe = deleted.remove(0);
    assert!(find(&ran.before, probe).is_none() && find(&ran.after, probe).is_none());
    let counts = json!({ "created": 2, "updated": updated.len(), "deleted": deleted.len() });
    assert_eq!(ran.result, counts);
    assert_eq!(updated.len() + deleted.len(), 40);
    assert!(!deleted.is_empty());
    for id in deleted {
        assert!(text(ran.before(id), "email").to_lowercase().ends_with(".test"), "{id}");
        assert!(find(&ran.after, id).is_none(), "{id}");
    }
    for id in updated {
        let lead = ran.after(id);
        assert_eq!(lead["status"], "ACTIVE");
        assert_ne!(lead["assignedTo"], "UNASSIGNED");
        assert!((1..=5).contains(&lead["rating"].as_u64().unwrap()));
        assert!(last_note(lead).starts_with("Triage: rating"));
    }
    let visitor = ran.after.iter().find(|lead| lead["email"] == "lucia.visita@example.com");
    assert_eq!(visitor.unwrap()["status"], "ACTIVE", "sorted with the rest");
    ran.assert_others_untouched();
}

#[tokio::test]
async fn merge_duplicates_leaves_everyone_once_and_loses_nothing() {
    let ran = run_both("merge_duplicates", &[], 400).await;
    assert_eq!(ran.result["deleted"], ran.ids("DELETE").len());
    assert_eq!(ran.result["left"], ran.after.len());
    assert!(ran.after.len() < ran.before.len());
    let (mut phones, mut emails) = (HashSet::new(), HashSet::new());
    for contact in &ran.after {
        let (phone, email) = (digits(contact), text(contact, "email").to_lowercase());
        assert!(phone.is_empty() || phones.insert(phone), "{contact}");
        assert!(email.is_empty() || emails.insert(email), "{contact}");
    }
    let notes: Vec<_> = ran.after.iter().map(last_note).collect();
    for id in ran.ids("DELETE") {
        let phone = text(ran.before(id), "phone");
        assert!(notes.iter().any(|note| note.contains(id) && note.contains(phone)), "{id}");
    }
    ran.assert_others_untouched();
}

#[tokio::test]
async fn share_leads_gives_each_user_as_many() {
    let ran = run_both("share_leads", &[], 250).await;
    let mut shares: HashMap<&str, usize> = HashMap::new();
    for id in ran.ids("PATCH") {
        assert_eq!(ran.before(id)["assignedTo"], "UNASSIGNED");
        *shares.entry(text(ran.after(id), "assignedTo")).or_default() += 1;
    }
    assert!(shares.len() > 1 && !shares.contains_key("UNASSIGNED"));
    assert!(shares.values().max().unwrap() - shares.values().min().unwrap() <= 1);
    let is_left = |lead: &&Value| lead["status"] == "NEW" && lead["assignedTo"] == "UNASSIGNED";
    assert_eq!(ran.after.iter().find(is_left), None);
    ran.assert_others_untouched();
}

#[tokio::test]
async fn reactivate_stale_touches_nobody_updated_within_30_days() {
    let ran = run_both("reactivate_stale", &[], 400).await;
    assert_eq!(ran.result, json!({ "reactivated": 20 }));
    let line = ran.now - SignedDuration::from_hours(30 * 24);
    for id in ran.ids("PATCH") {
        let (before, after) = (ran.before(id), ran.after(id));
        assert!(instant(before, "lastUpdateDate") <= line, "{id}");
        assert_eq!((&before["status"], &after["status"]), (&json!("ACTIVE"), &json!("NEW")));
        assert!(last_note(after).starts_with("No news for 30d"));
    }
    ran.assert_others_untouched();
}

#[tokio::test]
async fn nightly_report_counts_what_is_there() {
    let ran = run_both("nightly_report", &[], 1_000).await;
    let day = (ran.now - SignedDuration::from_hours(7 * 24)).to_string()[..10].to_owned();
    let since_then = |contact: &&Value| text(contact, "creationDate") >= day.as_str();
    let recent: Vec<_> = ran.after.iter().filter(since_then).collect();
    assert!(!recent.is_empty());
    let rows = ran.result.as_array().unwrap();
    for (by, field) in [("status", "status"), ("site", "websiteName"), ("user", "assignedTo")] {
        let rows: Vec<_> = rows.iter().filter(|row| row["by"] == by).collect();
        let mut counted: Vec<_> =
            rows.iter().map(|row| row["contacts"].as_u64().unwrap()).collect();
        counted.sort_unstable();
        assert_eq!(counted, counts(&recent, field), "{by}");
    }
    let status = |row: &&Value| row["by"] == "status" && row["value"] == "NEW";
    let new = recent.iter().filter(|contact| contact["status"] == "NEW").count();
    assert_eq!(rows.iter().find(status).unwrap()["contacts"], new);
}

/// How often each value of the field comes, in order of size.
fn counts(contacts: &[&Value], field: &str) -> Vec<u64> {
    let mut counts: HashMap<&str, u64> = HashMap::new();
    for contact in contacts {
        *counts.entry(text(contact, field)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_values().collect();
    counts.sort_unstable();
    counts
}

fn digits(contact: &Value) -> String {
    text(contact, "phone").chars().filter(char::is_ascii_digit).collect()
}

fn instant(contact: &Value, field: &str) -> Timestamp {
    text(contact, field).parse().unwrap()
}
