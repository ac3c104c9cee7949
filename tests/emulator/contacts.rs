//! One contact and what hangs on it; the account's other routes.

use serde_json::{Value, json};

use crate::harness::{NOW, Service, options};

const LATER: &str = "2026-05-07T12:15:00.000Z";

#[tokio::test]
async fn a_created_contact_is_the_newest_and_has_what_the_api_adds() {
    let service = Service::start(options());
    let site = "5e8f0a1b2c3d4e5f60718301";
    let given = json!({ "websiteId": site, "name": "Zoé", "status": "client", "age": 30 });
    let created = service.call("POST", "/contacts", given).await;
    assert_eq!(created.status, 201);
    let contact = created.json();
    for (name, value) in [
        ("status", "CLIENT"),
        ("assignedTo", "UNASSIGNED"),
        ("entryMethod", "API"),
        ("creationDate", NOW),
        ("lastUpdateDate", NOW),
        ("websiteName", "Inmobiliaria del Río"),
    ] {
        assert_eq!(contact[name], value, "{name}");
    }
    let id = contact["id"].as_str().unwrap();
    let seconds = NOW.parse::<jiff::Timestamp>().unwrap().as_second();
    assert_eq!((id.len(), i64::from_str_radix(&id[..8], 16).unwrap()), (24, seconds));
    assert_eq!(service.get("/contacts?limit=1").await.json()["results"][0], contact);
    assert_eq!(service.get(&format!("/contacts/{id}")).await.json(), contact);
}

#[tokio::test]
async fn what_the_api_does_not_know_is_refused_with_a_message() {
    let service = Service::start(options());
    let id = service.get("/contacts?limit=1").await.ids().remove(0);
    let one = format!("/contacts/{id}");
    let before = service.get(&one).await.text;
    for (method, path, body, status) in [
        ("POST", "/contacts", json!({ "name": "no site" }), 400),
        ("POST", "/contacts", json!({ "websiteId": "w", "nmae": "typo" }), 400),
        ("POST", "/contacts", json!({ "website_id": "w" }), 400),
        ("POST", "/contacts", json!([]), 400),
        ("PATCH", one.as_str(), json!({ "rating": 6 }), 400),
        ("PATCH", one.as_str(), json!({ "dueDate": "7d" }), 400),
        ("PATCH", one.as_str(), json!({}), 400),
        ("PATCH", "/contacts/000000000000000000000000", json!({ "rating": 1 }), 404),
        ("GET", "/contacts/000000000000000000000000/notes", Value::Null, 404),
        ("GET", "/nowhere", Value::Null, 404),
        ("PUT", "/contacts", json!({}), 405),
    ] {
        let refused = service.call(method, path, body.clone()).await;
        assert_eq!(refused.status, status, "{method} {path} {body}");
        assert!(refused.json()["message"].is_string());
    }
    let broken = service.request("PATCH", &one).body("{\"name\":").send().await.unwrap();
    assert_eq!(broken.status(), 400);
    assert_eq!(service.get(&one).await.text, before);
}

#[tokio::test]
async fn an_update_answers_the_whole_contact_and_dates_it() {
    let service = Service::start(options());
    let contact = service.get("/contacts?limit=1").await.json()["results"][0].clone();
    let path = format!("/contacts/{}", contact["id"].as_str().unwrap());
    service.admin("POST", "/clock/advance", json!({ "by": "15m" })).await;
    let changes = json!({ "phone": null, "rating": 5, "note": "llamar\nmañana" });
    let updated = service.call("PATCH", &path, changes).await.json();
    assert_eq!((&updated["phone"], &updated["rating"]), (&Value::Null, &json!(5)));
    assert_eq!(updated["lastUpdateDate"], LATER);
    assert_eq!(updated["creationDate"], contact["creationDate"]);
    assert_eq!(updated["websiteId"], contact["websiteId"]);
    assert!(updated.get("note").is_none());
    let notes = service.get(&format!("{path}/notes")).await.json()["results"].clone();
    assert_eq!(notes.as_array().unwrap().last().unwrap()["message"], "llamar\nmañana");
}

#[tokio::test]
async fn status_tags_notes_and_messages_are_kept_and_leave_a_trace() {
    let service = Service::start(options());
    let id = service.get("/contacts?limit=1").await.ids().remove(0);
    let path = |part: &str| format!("/contacts/{id}/{part}");
    let trace = service.get(&path("history")).await.total();
    let active = json!({ "externalStatus": "ACTIVE" });
    assert_eq!(service.call("PUT", &path("status"), active).await.json()["status"], "ACTIVE");
    for _ in 0..2 {
        let tagged = service.call("POST", &path("tags"), json!({ "tag": "único" })).await.json();
        let tags = tagged["tags"].as_array().unwrap();
        assert_eq!(tags.iter().filter(|tag| *tag == "único").count(), 1);
    }
    for part in ["notes", "messages"] {
        let before = service.get(&path(part)).await.total();
        let said = service.call("POST", &path(part), json!({ "message": "hola 👋" })).await;
        assert_eq!((said.status, &said.json()["message"]), (201, &json!("hola 👋")));
        assert_eq!(service.get(&path(part)).await.total(), before + 1, "{part}");
    }
    assert_eq!(service.get(&path("history")).await.total(), trace + 4);
    let wrong = json!({ "externalStatus": "SOMETHING" });
    assert_eq!(service.call("PUT", &path("status"), wrong).await.status, 400);
}

#[tokio::test]
async fn a_deleted_contact_is_gone_everywhere() {
    let service = Service::start(options());
    let id = service.get("/contacts?limit=1").await.ids().remove(0);
    let path = format!("/contacts/{id}");
    let deleted = service.call("DELETE", &path, Value::Null).await;
    assert_eq!(deleted.json(), json!({ "id": id, "deleted": true }));
    assert_eq!(service.get(&path).await.status, 404);
    assert_eq!(service.call("DELETE", &path, Value::Null).await.status, 404);
    let page = service.get("/contacts").await;
    assert_eq!(page.total(), 59);
    assert!(!page.ids().contains(&id));
}

#[tokio::test]
async fn fields_keep_one_order_whether_seeded_or_written() {
    let service = Service::start(options());
    let seeded = service.get("/contacts?limit=1").await;
    let id = seeded.ids().remove(0);
    let written = service.call("PATCH", &format!("/contacts/{id}"), json!({ "rating": 1 })).await;
    let order = ["\"id\":", "\"status\":", "\"assignedTo\":", "\"websiteId\":", "\"logs\":"];
    for text in [&seeded.text, &written.text] {
        let places: Vec<_> = order.iter().map(|name| text.find(name).unwrap()).collect();
        assert!(places.is_sorted(), "{text}");
    }
}

#[tokio::test]
async fn account_sites_users_and_token_are_there() {
    let service = Service::start(options());
    assert!(service.get("/account").await.json()["id"].is_string());
    assert!(service.get("/jwt").await.json()["jwt"].is_string());
    for (list, count) in [("/sites", 4), ("/users", 5), ("/sites/chatbots", 4)] {
        assert_eq!(service.get(list).await.ids().len(), count, "{list}");
    }
    for list in ["/sites", "/users"] {
        let first = service.get(list).await.json()["results"][0].clone();
        let path = format!("{list}/{}", first["id"].as_str().unwrap());
        assert_eq!(service.get(&path).await.json(), first);
        assert_eq!(service.get(&format!("{list}/nobody")).await.status, 404);
    }
    let site = service.get("/sites").await.ids().remove(0);
    let chatbot = service.get(&format!("/sites/{site}/chatbot")).await.json();
    assert_eq!(chatbot["websiteId"], site.as_str());
}

#[tokio::test]
async fn a_conversation_can_be_created_found_and_counted() {
    let service = Service::start(options());
    let site = "5e8f0a1b2c3d4e5f60718301";
    let count = format!("/conversations/{site}/count");
    let before = service.get(&count).await.json()["count"].as_u64().unwrap();
    let fields = json!({ "companyId": "c", "websiteId": site, "channel": "WEB", "from": "API" });
    let created = service.call("POST", "/conversations", fields).await;
    assert_eq!(created.status, 201);
    let id = created.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(service.get(&format!("/conversations/{id}")).await.json(), created.json());
    assert_eq!(service.get(&count).await.json()["count"], before + 1);
    let list = service.get("/conversations").await;
    assert_eq!((list.total(), &list.ids()[0]), (21, &id));
    for id in list.ids() {
        assert_eq!(service.get(&format!("/conversations/{id}")).await.status, 200, "{id}");
        assert_eq!(service.get(&format!("/conversations/{id}/messages")).await.status, 200);
    }
    let incomplete = service.call("POST", "/conversations", json!({ "from": "API" })).await;
    assert_eq!(incomplete.status, 400);
}
