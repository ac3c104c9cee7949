//! Many contacts in one call: an outcome for each, in order.

use cliengo::ErrorKind;
use cliengo::client::{ContactChanges, NewContact};
use serde_json::json;

use crate::support::Service;

const NOBODY: &str = "000000000000000000000000";

/// The ids of all contacts, newest first.
async fn ids(service: &Service) -> Vec<String> {
    let contacts = service.snapshot().await;
    contacts.iter().map(|contact| contact["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn each_item_has_its_outcome_in_order_and_a_failure_stops_no_other() {
    let service = Service::start(30);
    let client = service.client();
    let mut ids = ids(&service).await;
    ids.insert(10, NOBODY.to_owned());

    let got = client.contacts().get_many(&ids).concurrency(4).await;
    for (result, id) in got.iter().zip(&ids) {
        match result {
            Ok(contact) => assert_eq!(contact.id.as_ref(), Some(id)),
            Err(error) => assert_eq!((id.as_str(), error.kind), (NOBODY, ErrorKind::NotFound)),
        }
    }
    assert_eq!((got.len(), got.iter().filter(|result| result.is_err()).count()), (31, 1));

    let rating =
        |index: usize| ContactChanges { rating: ((index % 7) as u8).into(), ..Default::default() };
    let changes: Vec<_> =
        ids.iter().enumerate().map(|(index, id)| (id.clone(), rating(index))).collect();
    let changed = client.contacts().update_many(&changes).await;
    for (index, result) in changed.iter().enumerate() {
        match result {
            Ok(contact) => assert_eq!(contact.rating, Some((index % 7) as f64)),
            // A rating of 6 is refused here, before it is sent.
            Err(error) => {
                assert!(index == 10 || index % 7 == 6 && error.status.is_none(), "{error}")
            }
        }
    }

    let gone = client.contacts().delete_many(&ids).await;
    assert_eq!(gone.iter().filter(|result| result.is_ok()).count(), 30);
    assert!(service.snapshot().await.is_empty());
}

#[tokio::test]
async fn created_contacts_come_in_the_order_they_were_given() {
    let service = Service::start(0);
    let client = service.client();
    let site = client.sites().list().await.unwrap()[0]["id"].as_str().unwrap().to_owned();
    let named = |number: u32| NewContact {
        website_id: site.clone().into(),
        name: number.to_string().into(),
        ..NewContact::default()
    };
    let new: Vec<_> = (0..25).map(named).collect();
    let created = client.contacts().create_many(&new).await;
    let names: Vec<_> = created.into_iter().map(|contact| contact.unwrap().name.unwrap()).collect();
    assert_eq!(names, (0..25).map(|number| number.to_string()).collect::<Vec<_>>());
    assert_eq!(service.snapshot().await.len(), 25);
}

#[tokio::test]
async fn changes_of_one_contact_are_made_in_order_whatever_the_concurrency() {
    let service = Service::start(1);
    let id = ids(&service).await.remove(0);
    // The first change takes the longest.
    service.fault(json!({ "route": "PATCH /contacts/:id", "nth": [1], "fault": { "kind": "delay", "ms": 50 } })).await;
    let rated =
        |rating: u8| (id.clone(), ContactChanges { rating: rating.into(), ..Default::default() });
    let outcomes = service.client().contacts().update_many(&[rated(1), rated(2), rated(3)]).await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(service.snapshot().await[0]["rating"], 3);
}

#[tokio::test]
async fn the_first_failure_stops_what_is_not_begun_where_that_is_wanted() {
    let service = Service::start(5);
    let mut ids = ids(&service).await;
    ids.insert(2, NOBODY.to_owned());
    let outcomes =
        service.client().contacts().delete_many(&ids).concurrency(1).stop_on_error().await;
    let kinds: Vec<_> =
        outcomes.iter().map(|result| result.as_ref().err().map(|e| e.kind)).collect();
    let (gone, none) = (Some(ErrorKind::NotFound), Some(ErrorKind::Cancelled));
    assert_eq!(kinds, [None, None, gone, none, none, none]);
    assert_eq!((service.calls("DELETE").await, service.snapshot().await.len()), (3, 3));
}

#[tokio::test]
async fn a_refused_key_begins_no_further_item() {
    let service = Service::start(20);
    let ids = ids(&service).await;
    let client = service.builder().api_key("11111111-0000-4000-8000-000000000000").build().unwrap();
    let outcomes = client.contacts().get_many(&ids).concurrency(3).await;
    assert!(service.calls("GET").await <= 3);
    assert_eq!(outcomes[0].as_ref().unwrap_err().kind, ErrorKind::Unauthorized);
    let last = outcomes[19].as_ref().unwrap_err();
    assert_eq!(last.message, "not attempted: the API refused the key at an earlier item");
}
