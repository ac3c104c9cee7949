//! What is sent.

use serde_json::{Value, json};

use crate::given;
use crate::server::Server;

#[track_caller]
fn heard(server: &Server, function: &str, path: &str, options: Value) -> Value {
    let answer = given(&[&server.grant()], (function, &server.url(path), options));
    assert_eq!(answer["status"], 200, "{answer}");
    answer["body"].clone()
}

#[test]
fn each_function_sends_its_method_and_says_who_it_is() {
    let server = Server::echo();
    for method in ["get", "post", "put", "patch", "delete"] {
        let heard = heard(&server, method, "/a", Value::Null);
        assert_eq!(heard["method"], method.to_uppercase());
        assert_eq!(heard["body"], "");
        assert_eq!(heard["headers"]["host"], server.address.to_string());
        let agent = concat!("cliengo/", env!("CARGO_PKG_VERSION"));
        assert_eq!(heard["headers"]["user-agent"], agent);
    }
}

#[test]
fn query_and_headers_are_sent_escaped_and_as_given() {
    let server = Server::echo();
    let options = json!({
        "query": { "q": "á & b", "n": 5, "tag": ["x", "y"], "none": null },
        "headers": { "X-Team": "ventas", "Authorization": "Bearer t" },
    });
    let heard = heard(&server, "get", "/search?a=1", options);
    assert_eq!(heard["path"], "/search?a=1&n=5&q=%C3%A1+%26+b&tag=x&tag=y");
    assert_eq!(heard["headers"]["x-team"], "ventas");
    assert_eq!(heard["headers"]["authorization"], "Bearer t");
}

#[test]
fn json_a_form_and_a_text_are_sent_with_their_types() {
    let server = Server::echo();
    let sent = |options| {
        let heard = heard(&server, "post", "/", options);
        let part = |value: &Value| value.as_str().unwrap().to_owned();
        (part(&heard["headers"]["content-type"]), part(&heard["body"]))
    };
    let pair = |kind: &str, body: &str| (kind.to_owned(), body.to_owned());
    let json_sent = sent(json!({ "json": { "text": "3 leads nuevos ñ", "n": [1, 2.5, true] } }));
    let expected = r#"{"n":[1,2.5,true],"text":"3 leads nuevos ñ"}"#;
    assert_eq!(json_sent, pair("application/json", expected));
    assert_eq!(
        sent(json!({ "form": { "name": "Ana Pérez", "ids": [1, 2] } })),
        pair("application/x-www-form-urlencoded", "ids=1&ids=2&name=Ana+P%C3%A9rez")
    );
    assert_eq!(sent(json!({ "body": "hola" })), pair("text/plain; charset=utf-8", "hola"));
    let own = json!({ "body": "<a/>", "headers": { "content-type": "text/xml" } });
    assert_eq!(sent(own), pair("text/xml", "<a/>"));
}

#[test]
fn a_call_that_cannot_be_meant_is_refused_before_it_is_sent() {
    let server = Server::echo();
    for (function, options, words) in [
        ("post", json!({ "json": 1, "body": "a" }), "each a body of their own"),
        ("post", json!({ "form": {}, "body": "a" }), "each a body of their own"),
        ("get", json!({ "json": 1 }), "GET has no body"),
        ("get", json!({ "qury": {} }), "there is no option \"qury\""),
        ("get", json!({ "timeout": "soon" }), "timeout: \"soon\" is not a length of time"),
        ("get", json!({ "timeout": 0 }), "timeout must be above zero"),
        ("get", json!({ "timeout": 1e300 }), "timeout must be above zero"),
        ("get", json!({ "query": { "a": { "b": 1 } } }), "query: a must be text"),
        ("post", json!({ "body": { "a": 1 } }), "body must be text"),
        ("post", json!({ "files": [{ "content": "a" }] }), "files: item 1: filename is needed"),
        ("post", json!({ "files": [{ "name": "a" }] }), "either path or content"),
        ("post", json!({ "files": [{ "pth": "a" }] }), "there is no \"pth\""),
    ] {
        let error = given(&[&server.grant()], (function, &server.url("/"), options));
        assert_eq!(error["kind"], "invalid", "{error}");
        let message = error["message"].as_str().unwrap();
        assert!(message.starts_with(&format!("http.{function}: ")), "{message}");
        assert!(message.contains(words), "{message}");
    }
    assert!(server.heard().is_empty());
}

#[test]
fn the_api_key_goes_nowhere() {
    let server = Server::echo();
    let program = crate::script("lua", &[&server.grant()], ("get", &server.url("/"), json!({})));
    let ran = program.variable("CLIENGO_API_KEY", crate::support::KEY).run();
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let heard = format!("{:?}", server.heard());
    assert!(!heard.contains(crate::support::KEY) && !heard.contains("authorization"), "{heard}");
}
