//! What others do to the account, and a server that does not tell the time.

use serde_json::{Value, json};

use crate::harness::{NOW, Service};

fn contact(id: &str) -> Value {
    json!({ "id": id, "name": id, "creationDate": NOW })
}

#[tokio::test]
async fn others_change_the_account_just_before_a_request_is_done() {
    let service = Service::holding(json!([contact("a"), contact("b")])).await;
    let change =
        json!({ "kind": "change", "put": [contact("c")], "delete": ["a"], "advance": "15m" });
    let rule = json!({ "route": "GET /contacts", "nth": [2], "fault": change });
    assert_eq!(service.admin("POST", "/faults", rule).await.status, 201);
    assert_eq!(service.get("/contacts").await.ids(), ["b", "a"]);
    let changed = service.get("/contacts").await;
    assert_eq!((changed.status, changed.ids()), (200, vec!["c".into(), "b".into()]));
    assert_eq!(changed.header("date"), "Thu, 07 May 2026 12:15:00 GMT");
    assert_eq!(service.get("/contacts").await.ids(), ["c", "b"]);
}

#[tokio::test]
async fn a_change_that_cannot_be_made_is_refused_with_its_rule() {
    let service = Service::empty();
    for change in [
        json!({ "kind": "change", "put": [{ "name": "no id" }] }),
        json!({ "kind": "change", "advance": "soon" }),
        json!({ "kind": "change", "remove": ["a"] }),
    ] {
        let rule = json!({ "route": "*", "fault": change });
        assert_eq!(service.admin("POST", "/faults", rule.clone()).await.status, 400, "{rule}");
    }
}

#[tokio::test]
async fn contacts_are_taken_out() {
    let service = Service::holding(json!([contact("a"), contact("b")])).await;
    let removed = service.admin("DELETE", "/contacts", json!(["a", "none"])).await;
    assert_eq!(removed.json(), json!({ "removed": 1 }));
    assert_eq!(service.get("/contacts").await.ids(), ["b"]);
}

#[tokio::test]
async fn answers_tell_no_time_where_the_knob_says_so() {
    let service = Service::empty();
    service.knobs(json!({ "tells_date": false })).await;
    assert_eq!(service.get("/account").await.header("date"), "");
}
