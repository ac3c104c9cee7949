//! The complete list, whatever the API's cap and however it reads dates.

use std::collections::HashSet;

use cliengo::ErrorKind;
use cliengo::emulator::{Granularity, Knobs, LastUpdateReading, RowsUnder};
use cliengo::schema::ContactFilter;
use futures_util::{StreamExt, TryStreamExt};
use serde_json::{Value, json};

use crate::support::Service;

fn ids(contacts: &[cliengo::client::Contact]) -> Vec<String> {
    contacts.iter().map(|contact| contact.id.clone().unwrap()).collect()
}

fn ids_of(snapshot: &[Value]) -> Vec<String> {
    snapshot.iter().map(|contact| contact["id"].as_str().unwrap().to_owned()).collect()
}

async fn holds(contacts: usize, knobs: Knobs) {
    let service = Service::with(contacts, knobs.clone());
    let listed = service.client().contacts().list(ContactFilter::default()).await.unwrap();
    assert_eq!(ids(&listed), ids_of(&service.snapshot().await), "{contacts} {knobs:?}");
}

#[tokio::test]
async fn every_contact_comes_once_at_every_size_around_the_caps() {
    for contacts in
        [0, 1, 2, 49, 50, 51, 99, 100, 999, 1_000, 1_001, 1_030, 1_049, 1_050, 1_051, 5_000]
    {
        holds(contacts, Knobs::default()).await;
    }
}

#[tokio::test]
async fn every_contact_comes_once_under_every_reading_of_the_api() {
    for until_inclusive in [true, false] {
        for granularity in [Granularity::Millisecond, Granularity::Second, Granularity::Day] {
            for page_cap in [10, 50] {
                let rows_under =
                    if until_inclusive { RowsUnder::Contacts } else { RowsUnder::Results };
                let knobs = Knobs {
                    until_inclusive,
                    granularity,
                    page_cap,
                    rows_under,
                    ..Knobs::default()
                };
                holds(2_500, knobs).await;
            }
        }
    }
}

#[tokio::test]
async fn contacts_that_share_an_instant_across_a_window_come_once() {
    let service = Service::start(0);
    let contact = |index: usize| {
        let second = index / 700;
        json!({ "id": format!("{index:024x}"), "creationDate": format!("2026-01-01T00:00:{second:02}.000Z") })
    };
    let contacts: Vec<_> = (0..3_000).map(contact).collect();
    service.post("contacts", json!(contacts)).await;
    let listed = service.client().contacts().list(ContactFilter::default()).await.unwrap();
    assert_eq!(ids(&listed), ids_of(&service.snapshot().await));
}

fn at_one_instant(count: usize, status: impl Fn(usize) -> &'static str) -> Value {
    let contact = |index: usize| {
        json!({
            "id": format!("{index:024x}"),
            "creationDate": "2020-01-01T00:00:00.000Z",
            "status": status(index),
            "websiteId": "5e8f0a1b2c3d4e5f60718301",
        })
    };
    (0..count).map(contact).collect()
}

#[tokio::test]
async fn an_instant_with_more_contacts_than_the_api_gives_is_read_in_parts() {
    for granularity in [Granularity::Millisecond, Granularity::Second, Granularity::Day] {
        let service = Service::with(200, Knobs { granularity, ..Knobs::default() });
        let crowd = at_one_instant(1_500, |index| ["NEW", "ACTIVE", "CLIENT"][index % 3]);
        service.post("contacts", crowd).await;
        let listed = service.client().contacts().list(ContactFilter::default()).await.unwrap();
        assert_eq!(ids(&listed), ids_of(&service.snapshot().await), "{granularity:?}");
    }
}

#[tokio::test]
async fn a_part_that_no_filter_divides_further_is_incomplete_and_not_short() {
    let service = Service::start(10);
    service.post("contacts", at_one_instant(1_500, |_| "NEW")).await;
    let listed = service.client().contacts().list(ContactFilter::default()).await;
    let error = listed.map(|contacts| contacts.len()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Incomplete, "{error}");
    assert!(error.message.contains("1500 contacts about 2020-01-01T00:00:00.000Z"), "{error}");
}

#[tokio::test]
async fn contacts_without_a_date_come_from_beyond_the_first_window_too() {
    let service = Service::start(2_000);
    let undated = |index: usize| json!({ "id": format!("{index:024x}"), "creationDate": null, "status": "NEW" });
    service.post("contacts", (0..30).map(undated).collect()).await;
    let client = service.client();
    let listed = client.contacts().list(ContactFilter::default()).await.unwrap();
    assert_eq!(ids(&listed), ids_of(&service.snapshot().await));
    let filter = ContactFilter { status: Some("NEW".into()), ..ContactFilter::default() };
    let new = client.contacts().list(filter).await.unwrap();
    assert_eq!(new.iter().filter(|contact| contact.creation_date.is_none()).count(), 30);
}

#[tokio::test]
async fn contacts_without_a_date_that_no_part_reaches_are_not_silently_missing() {
    let service = Service::start(0);
    let contact = |index: usize| json!({ "id": format!("{index:024x}"), "creationDate": format!("2026-01-{:02}T00:00:00.000Z", 1 + index / 60), "status": "NEW" });
    service.post("contacts", (0..1_800).map(contact).collect()).await;
    service
        .post("contacts", json!([{ "id": "f".repeat(24), "creationDate": null, "status": "NEW" }]))
        .await;
    let error = service.client().contacts().list(ContactFilter::default()).await.map(|c| c.len());
    assert_eq!(error.unwrap_err().kind, ErrorKind::Incomplete);
}

#[tokio::test]
async fn a_time_filter_means_the_same_under_every_reading_of_the_api() {
    for until_inclusive in [true, false] {
        for granularity in [Granularity::Millisecond, Granularity::Second, Granularity::Day] {
            let service =
                Service::with(1_500, Knobs { until_inclusive, granularity, ..Knobs::default() });
            let all = service.snapshot().await;
            let date = |index: usize| all[index]["creationDate"].as_str().unwrap().to_owned();
            let (until, since) = (date(300), date(1_400));
            let within: Vec<_> = all
                .iter()
                .filter(|contact| {
                    let created = contact["creationDate"].as_str().unwrap();
                    since.as_str() <= created && created <= until.as_str()
                })
                .cloned()
                .collect();
            let filter = ContactFilter {
                since: Some(since.parse().unwrap()),
                until: Some(until.parse().unwrap()),
                ..ContactFilter::default()
            };
            let client = service.client();
            let listed = client.contacts().list(filter.clone()).await.unwrap();
            assert_eq!(ids(&listed), ids_of(&within), "{until_inclusive} {granularity:?}");
            assert_eq!(client.contacts().count(filter).await.unwrap(), within.len() as u64);
        }
    }
}

#[tokio::test]
async fn last_updated_means_that_day_however_the_api_reads_it() {
    for last_update_date in
        [LastUpdateReading::Since, LastUpdateReading::ThatDay, LastUpdateReading::Ignored]
    {
        let service = Service::with(300, Knobs { last_update_date, ..Knobs::default() });
        let all = service.snapshot().await;
        let day = &all[40]["lastUpdateDate"].as_str().unwrap()[..10];
        let that_day = |contact: &&Value| {
            contact["lastUpdateDate"].as_str().is_some_and(|date| date.starts_with(day))
        };
        let expected: Vec<_> = all.iter().filter(that_day).cloned().collect();
        let filter =
            ContactFilter { last_updated: Some(day.parse().unwrap()), ..Default::default() };
        let listed = service.client().contacts().list(filter).await.unwrap();
        assert_eq!(ids(&listed), ids_of(&expected), "{last_update_date:?}");
    }
}

#[tokio::test]
async fn a_limit_stops_early() {
    let service = Service::start(3_000);
    let filter = ContactFilter { limit: Some(120), ..ContactFilter::default() };
    let listed = service.client().contacts().list(filter).await.unwrap();
    assert_eq!(ids(&listed), ids_of(&service.snapshot().await)[..120]);
    assert_eq!(service.calls("GET").await, 3);
}

#[tokio::test]
async fn a_walk_costs_little_more_than_its_pages() {
    let service = Service::start(5_000);
    service.client().contacts().list(ContactFilter::default()).await.unwrap();
    let calls = service.calls("GET").await;
    assert!(calls <= 125, "{calls} calls for 100 pages");
}

#[tokio::test]
async fn contacts_that_stay_come_once_while_others_come_and_go() {
    let service = Service::start(2_600);
    let before: HashSet<_> = ids_of(&service.snapshot().await).into_iter().collect();
    let client = service.client();
    let contacts = client.contacts();
    let walk = contacts.list(ContactFilter::default());
    let changes = async {
        let site = "5e8f0a1b2c3d4e5f60718301";
        let mut doomed: Vec<_> = before.iter().cloned().collect();
        doomed.sort();
        for id in doomed.iter().step_by(40) {
            let other = service.client();
            let new = cliengo::client::NewContact { website_id: site.into(), ..Default::default() };
            other.contacts().create(&new).await.unwrap();
            other.contacts().delete(id).await.unwrap();
        }
    };
    let (listed, ()) = tokio::join!(walk, changes);
    let listed = ids(&listed.unwrap());
    let once: HashSet<_> = listed.iter().cloned().collect();
    assert_eq!(once.len(), listed.len(), "a contact came twice");
    let after: HashSet<_> = ids_of(&service.snapshot().await).into_iter().collect();
    let missing: Vec<_> = before.intersection(&after).filter(|id| !once.contains(*id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The most requests that were under way at once while the list was fetched: each answer waits until
/// all that come together are there.
async fn most_at_once(concurrency: usize) -> usize {
    let service = Service::start(3_000);
    let rule = json!({ "route": "GET /contacts", "fault": { "kind": "slow_headers", "ms": 60 } });
    service.fault(rule).await;
    let client = service.client();
    let mut stream =
        client.contacts().list(ContactFilter::default()).concurrency(concurrency).stream();
    // Eight pages: by then as many are under way as may be.
    for _ in 0..400 {
        stream.next().await.unwrap().unwrap();
    }
    let journal = service.journal().await;
    let at = |call: &Value| call["at"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let begun: Vec<_> = journal.iter().map(at).collect();
    let within = |start: &jiff::Timestamp| {
        begun
            .iter()
            .filter(|at| (0..55).contains(&(at.as_millisecond() - start.as_millisecond())))
            .count()
    };
    begun.iter().map(within).max().unwrap()
}

#[tokio::test]
async fn as_many_requests_are_under_way_as_may_be_and_no_more() {
    assert_eq!(most_at_once(1).await, 1);
    assert!((2..=3).contains(&most_at_once(3).await));
    assert!((5..=8).contains(&most_at_once(8).await));
}

#[tokio::test]
async fn a_stream_gives_what_the_list_gives() {
    let service = Service::start(1_200);
    let client = service.client();
    let listed = client.contacts().list(ContactFilter::default()).await.unwrap();
    let streamed: Vec<_> =
        client.contacts().list(ContactFilter::default()).stream().try_collect().await.unwrap();
    assert_eq!(listed, streamed);
}

#[tokio::test]
async fn a_walk_that_is_throttled_slows_down_and_finishes() {
    // Fewer calls in a second than the slowest machine makes.
    for rate_limit in [5.0, 12.0] {
        let service =
            Service::with(1_500, Knobs { rate_limit: Some(rate_limit), ..Knobs::default() });
        let listed = service.client().contacts().list(ContactFilter::default()).await.unwrap();
        assert_eq!(listed.len(), 1_500);
        let refused = service.journal().await.iter().filter(|call| call["status"] == 429).count();
        assert!(refused > 0, "nothing was refused at {rate_limit}");
        assert!(refused < 60, "{refused} refusals at {rate_limit}");
    }
}
