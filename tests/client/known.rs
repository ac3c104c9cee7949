//! What a client knows of where contacts are found stays true, whoever writes them and however it ends.

use cliengo::ErrorKind;
use cliengo::client::{Client, Contact, ContactChanges, NewContact, Upserted};
use serde_json::{Value, json};

use crate::support::Service;

const SITE: &str = "5e8f0a1b2c3d4e5f60718301";

async fn upsert(client: &Client, email: &str) -> cliengo::Result<Upserted> {
    client.contacts().upsert("email", &json!({ "email": email, "websiteId": SITE })).await
}

fn new(email: &str) -> NewContact {
    NewContact { website_id: SITE.into(), email: email.into(), ..Default::default() }
}

fn id(contact: &Contact) -> &str {
    contact.id.as_deref().unwrap()
}

/// Contacts that are looked for in an index of all, and so many that they are searched for.
const SIZES: [usize; 2] = [3, 2_500];

#[tokio::test]
async fn a_contact_that_was_created_otherwise_is_found() {
    for contacts in SIZES {
        let service = Service::start(contacts);
        let client = service.client();
        upsert(&client, "ana@example.com").await.unwrap();
        let leo = client.contacts().create(&new("leo@example.com")).await.unwrap();
        let zoe = client.contacts().create_many(&[new("zoe@example.com")]).await.remove(0).unwrap();
        for known in [leo, zoe] {
            let email = known.email.clone().unwrap();
            let found = upsert(&client, &email.to_uppercase()).await.unwrap();
            assert!(matches!(found, Upserted::Unchanged(_)), "{contacts} {email}");
            assert_eq!(found.into_contact().id, known.id);
        }
    }
}

#[tokio::test]
async fn a_contact_that_was_changed_otherwise_is_not_taken_for_what_it_was() {
    for contacts in SIZES {
        let service = Service::start(contacts);
        let client = service.client();
        let ana = upsert(&client, "ana@example.com").await.unwrap().into_contact();
        let changes = ContactChanges { email: "new@example.com".into(), ..Default::default() };
        client.contacts().update(id(&ana), &changes).await.unwrap();
        let found = upsert(&client, "new@example.com").await.unwrap().into_contact();
        assert_eq!(found.id, ana.id, "{contacts}");
        let other = upsert(&client, "ana@example.com").await.unwrap();
        assert!(matches!(other, Upserted::Created(_)), "{contacts}");
    }
}

#[tokio::test]
async fn of_two_contacts_that_match_one_can_be_deleted() {
    for contacts in SIZES {
        let service = Service::start(contacts);
        let client = service.client();
        let ana = upsert(&client, "ana@example.com").await.unwrap().into_contact();
        let twin = client.contacts().create(&new("ana@example.com")).await.unwrap();
        let third = client.contacts().create(&new("ana@example.com")).await.unwrap();
        let error = upsert(&client, "ana@example.com").await.unwrap_err();
        assert!(error.message.starts_with("3 contacts have"), "{error}");
        client.contacts().delete(id(&twin)).await.unwrap();
        client.contacts().delete_many([id(&third)]).await.remove(0).unwrap();
        let found = upsert(&client, "ana@example.com").await.unwrap();
        assert_eq!(found.into_contact().id, ana.id, "{contacts}");
    }
}

#[tokio::test]
async fn a_change_whose_answer_was_lost_is_asked_for_anew() {
    let service = Service::start(3);
    let client = service.client();
    let ana = upsert(&client, "ana@example.com").await.unwrap().into_contact();
    let lost = json!({ "kind": "status", "code": 500, "processed": true });
    service.fault(json!({ "route": "PATCH /contacts/:id", "fault": lost })).await;
    let changes = ContactChanges { email: "new@example.com".into(), ..Default::default() };
    let error = client.contacts().update(id(&ana), &changes).await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error}");
    let found = upsert(&client, "new@example.com").await.unwrap();
    assert_eq!(found.into_contact().id, ana.id);
}

#[tokio::test]
async fn a_create_that_ended_with_408_is_looked_for_before_another() {
    let service = Service::start(0);
    let client = service.client();
    upsert(&client, "leo@example.com").await.unwrap();
    let lost = json!({ "kind": "status", "code": 408, "processed": true });
    service.fault(json!({ "route": "POST /contacts", "first": 1, "fault": lost })).await;
    let error = upsert(&client, "ana@example.com").await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error}");
    let found = upsert(&client, "ana@example.com").await.unwrap();
    assert!(matches!(found, Upserted::Unchanged(_)));
    assert_eq!(service.snapshot().await.len(), 2);
}

#[tokio::test]
async fn a_phone_number_is_found_in_any_form_where_new_contacts_hold_another() {
    let service = Service::start(2_500);
    let old = json!([{
        "id": "5a0000000000000000000001", "websiteId": SITE, "phone": "+54 9 (11) 5555-0001",
        "creationDate": "2018-01-01T00:00:00.000Z",
    }]);
    service.post("contacts", old).await;
    for number in 0..5 {
        let phone = format!("+549115555777{number}");
        let contact = NewContact { phone: phone.into(), ..new("") };
        let contact = NewContact { email: Default::default(), ..contact };
        service.client().contacts().create(&contact).await.unwrap();
    }
    let matching = json!({ "phone": "5491155550001" });
    let found = service.client().contacts().upsert(&matching, &json!({ "rating": 4 })).await;
    assert_eq!(id(&found.unwrap().into_contact()), "5a0000000000000000000001");
}

/// Lets the answer to a write hold nothing but this, and the contact not be read after it.
async fn unread(service: &Service, write: &str, answer: Value, code: u16) {
    let short = json!({ "kind": "wrong_shape", "body": answer });
    service.fault(json!({ "route": write, "fault": short })).await;
    let no = json!({ "kind": "status", "code": code });
    service.fault(json!({ "route": "GET /contacts/:id", "fault": no })).await;
}

#[tokio::test]
async fn a_create_that_could_not_be_read_is_not_to_be_repeated() {
    let service = Service::start(0);
    let made = "6a00000000000000000000ff";
    unread(&service, "POST /contacts", json!({ "id": made }), 500).await;
    let error = service.client().contacts().create(&new("ana@example.com")).await.unwrap_err();
    let expected = format!("the contact {made} was written, but could not be read: ");
    assert!(error.message.starts_with(&expected), "{error}");
    assert_eq!((error.retryable, error.method), (false, Some("POST")));
    assert!(error.hint.as_deref().unwrap().contains("do not repeat"), "{error}");
}

#[tokio::test]
async fn a_change_that_is_read_too_early_creates_no_second_contact() {
    let service = Service::start(3);
    let client = service.client();
    upsert(&client, "ana@example.com").await.unwrap();
    unread(&service, "PATCH /contacts/:id", json!({}), 404).await;
    let rated = json!({ "email": "ana@example.com", "websiteId": SITE, "rating": 5 });
    let error = client.contacts().upsert("email", &rated).await.unwrap_err();
    assert!(error.message.contains("was written, but could not be read"), "{error}");
    assert_eq!((error.kind, error.retryable), (ErrorKind::Decode, false));
    assert_eq!(service.calls("POST").await, 1);
}
