//! Every documented operation, typed.

use cliengo::ErrorKind;
use cliengo::client::{ContactChanges, KeyPlace, Method, NewContact, Patch, Request};
use cliengo::schema::ContactFilter;
use serde_json::json;

use crate::support::Service;

#[tokio::test]
async fn a_contact_lives_from_its_creation_to_its_end() {
    let service = Service::start(5);
    let client = service.client();
    let site = client.sites().list().await.unwrap()[0]["id"].as_str().unwrap().to_owned();
    let new = NewContact {
        website_id: site.into(),
        name: "Ana Peña 🌵".into(),
        phone: "+54 9 11 5555".into(),
        ..NewContact::default()
    };
    let created = client.contacts().create(&new).await.unwrap();
    let id = created.id.clone().unwrap();
    assert_eq!(created.name.as_deref(), Some("Ana Peña 🌵"));

    let changes = ContactChanges { rating: 4.into(), phone: Patch::Null, ..Default::default() };
    let updated = client.contacts().update(&id, &changes).await.unwrap();
    assert_eq!((updated.rating, updated.phone), (Some(4.0), None));

    client.contacts().set_status(&id, "CLIENT").await.unwrap();
    client.contacts().add_tag(&id, "vip").await.unwrap();
    client.contacts().add_note(&id, "called").await.unwrap();
    client.contacts().add_message(&id, "¡Hola!").await.unwrap();
    let read = client.contacts().get(&id).await.unwrap();
    assert_eq!((read.status.as_deref(), read.tags), (Some("CLIENT"), Some(json!(["vip"]))));
    assert_eq!(client.contacts().notes(&id).await.unwrap().last().unwrap()["message"], "called");
    assert_eq!(client.contacts().messages(&id).await.unwrap().last().unwrap()["message"], "¡Hola!");
    assert!(!client.contacts().history(&id).await.unwrap().is_empty());

    client.contacts().delete(&id).await.unwrap();
    let error = client.contacts().get(&id).await.unwrap_err();
    assert_eq!((error.kind, error.status), (ErrorKind::NotFound, Some(404)));
    assert_eq!((error.method, error.path.clone()), (Some("GET"), Some(format!("/contacts/{id}"))));
}

#[tokio::test]
async fn accounts_sites_users_and_conversations_are_read() {
    let service = Service::start(5);
    let client = service.client();
    assert!(client.account().await.unwrap()["id"].is_string());
    let sites = client.sites().list().await.unwrap();
    let site = sites[0]["id"].as_str().unwrap();
    assert_eq!(client.sites().get(site).await.unwrap()["id"], site);
    assert!(client.sites().chatbot(site).await.unwrap().is_object());
    assert_eq!(client.sites().chatbots().await.unwrap().len(), sites.len());
    let users = client.users().list().await.unwrap();
    let user = users[0]["id"].as_str().unwrap();
    assert_eq!(client.users().get(user).await.unwrap()["id"], user);
    let conversations = client.conversations().list().await.unwrap();
    let conversation = conversations[0]["id"].as_str().unwrap();
    assert_eq!(client.conversations().get(conversation).await.unwrap()["id"], conversation);
    assert!(!client.conversations().messages(conversation).await.unwrap().is_empty());
    assert!(client.conversations().count(site).await.unwrap()["count"].is_number());
}

#[tokio::test]
async fn a_field_that_cannot_be_right_is_refused_before_anything_is_sent() {
    let service = Service::start(1);
    let client = service.client();
    let wrong = ContactChanges { rating: 6.into(), ..Default::default() };
    let error = client.contacts().update("5e8f0a1b2c3d4e5f60718301", &wrong).await.unwrap_err();
    assert_eq!((error.kind, error.status), (ErrorKind::Invalid, None));
    assert!(client.contacts().create(&NewContact::default()).await.is_err());
    assert_eq!(service.journal().await.len(), 0);
}

#[tokio::test]
async fn the_key_goes_into_the_header_and_into_the_query_only_on_demand() {
    let service = Service::start(1);
    service.client().account().await.unwrap();
    service.builder().key_place(KeyPlace::Query).build().unwrap().account().await.unwrap();
    let journal = service.journal().await;
    let queries: Vec<_> =
        journal.iter().map(|entry| entry["query"].as_str().unwrap_or("")).collect();
    assert_eq!(queries, ["", "api_key=hidden"]);
}

#[tokio::test]
async fn a_wrong_key_is_unauthorized_at_once_and_is_not_repeated() {
    let service = Service::start(1);
    let client = service.builder().api_key("11111111-0000-4000-8000-000000000000").build().unwrap();
    let error = client.account().await.unwrap_err();
    assert_eq!((error.kind, error.status), (ErrorKind::Unauthorized, Some(401)));
    assert!(error.hint.as_deref().unwrap().contains("CLIENGO_API_KEY"));
    assert_eq!(service.calls("GET").await, 1);
}

#[tokio::test]
async fn any_other_call_can_be_sent() {
    let service = Service::start(1);
    let request = Request::new(Method::Get, &["jwt"]).unwrap();
    let answer = service.client().send(&request).await.unwrap();
    assert_eq!(answer.status, 200);
    assert!(answer.json::<serde_json::Value>().unwrap()["jwt"].is_string());
}

#[tokio::test]
async fn finding_asks_for_one_row_and_counting_for_one_page() {
    let service = Service::start(500);
    let client = service.client();
    assert!(client.contacts().find(ContactFilter::default()).await.unwrap().is_some());
    assert_eq!(client.contacts().count(ContactFilter::default()).await.unwrap(), 500);
    let journal = service.journal().await;
    let queries: Vec<_> = journal.iter().map(|entry| entry["query"].as_str().unwrap()).collect();
    assert_eq!(queries, ["limit=1", "limit=1"]);
}
