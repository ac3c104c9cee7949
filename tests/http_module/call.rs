//! `cliengo.call` has the key on board, and so it goes to the API and nowhere else.

use serde_json::{Value, json};

use crate::server::{Server, answer, redirect};
use crate::support::{KEY, Program};

const LUA: &str = "local ok, given = pcall(cliengo.call, require(\"json\").decode(cliengo.args[1]))\n\
                   if ok then return given.body end\n\
                   return { kind = given.kind, message = given.message }";
const RHAI: &str = "import \"json\" as json;\n\
                    try { return cliengo.call(json::decode(cliengo.args[0])).body; }\n\
                    catch (error) { return #{ kind: error.kind, message: error.message }; }";

/// What both languages give of a call of this API.
#[track_caller]
fn given(api: &Server, request: &Value) -> Value {
    let [lua, rhai] = [("a.lua", LUA), ("a.rhai", RHAI)].map(|(name, code)| {
        let program = Program::new(&["run", "-o", "json", name, &request.to_string()]);
        let program = program.file(name, code).variable("CLIENGO_API_KEY", KEY);
        let ran = program.variable("CLIENGO_BASE_URL", &api.url("/1.0")).run();
        assert_eq!(ran.code, Some(0), "{ran:?}");
        serde_json::from_str::<Value>(&ran.stdout).unwrap()
    });
    assert_eq!(lua, rhai);
    lua
}

#[test]
fn no_path_leaves_the_api() {
    let (api, other) = (Server::echo(), Server::echo());
    let there = other.address;
    for path in [
        format!("http://{there}/"),
        format!("HTTP://{there}/"),
        format!("//{there}/"),
        format!("/\\{there}/"),
        format!("\\\\{there}\\"),
        format!("@{there}/"),
        format!(":80@{there}/"),
        format!(".{there}/"),
        "/../admin".to_owned(),
        "/contacts/../../admin".to_owned(),
        "/%2e%2e/admin".to_owned(),
        "/.%2E/admin".to_owned(),
        "/%2e%2e%2fadmin".to_owned(),
        "/..%5cadmin".to_owned(),
        "/%252e%252e/admin".to_owned(),
        "/..;/admin".to_owned(),
        "/a%3f/%2e%2e/%2e%2e/admin".to_owned(),
        "/a%23/..%2f..%2fadmin".to_owned(),
        "/account HTTP/1.1\r\nx-evil: 1".to_owned(),
        "/account\r\n\r\nGET /evil HTTP/1.1".to_owned(),
        "/account\u{0}".to_owned(),
    ] {
        given(&api, &json!({ "path": path }));
    }
    assert!(other.heard().is_empty());
    let base = |path: &str| path.starts_with("/1.0/") && !path.contains("admin");
    for heard in api.heard() {
        assert!(base(&heard.path) && heard.header("x-evil").is_none(), "{heard:?}");
    }
}

#[test]
fn no_header_moves_the_key_or_adds_a_call() {
    let api = Server::echo();
    let evil = "a\r\nx-evil: 1\r\n\r\nGET /evil HTTP/1.1";
    for headers in [
        json!({ "host": "evil.example" }),
        json!({ "Host": "evil.example" }),
        json!({ "authorization": "Bearer mine" }),
        json!({ "transfer-encoding": "chunked" }),
        json!({ "x-a": evil }),
        json!({ evil: "a" }),
        json!({ "host ": "evil.example" }),
        json!({ "X-HTTP-Method-Override": "DELETE" }),
    ] {
        let error = given(&api, &json!({ "path": "/account", "headers": headers }));
        let kind = error["kind"].as_str().unwrap_or_default();
        assert!(["denied", "invalid"].contains(&kind), "{headers}: {error}");
    }
    // Many a server takes an underscore for a hyphen.
    let error = given(
        &api,
        &json!({ "path": "/account", "headers": { "X_HTTP_Method_Override": "DELETE" } }),
    );
    assert_eq!(error["kind"], "denied", "{error}");
    assert!(api.heard().is_empty());
    let query = json!({ "path": "/account", "query": { evil: evil } });
    assert_eq!(given(&api, &query)["headers"]["x-evil"], Value::Null);
}

#[test]
fn a_redirect_of_the_api_takes_the_key_nowhere() {
    let other = Server::echo();
    let climbing = ["/2.0/x", "/1.0/../admin", "/1.0/%2e%2e/admin", "/1.0/a%3f/%2e%2e/%2e%2e/x"];
    let climbing = climbing.map(str::to_owned);
    let hosts = [other.url("/1.0/account"), format!("//{}/", other.address)];
    for to in hosts.into_iter().chain(climbing) {
        let api = Server::start(move |_| redirect("302 Found", &to));
        let error = given(&api, &json!({ "path": "/account" }));
        assert_eq!(error["kind"], "denied", "{error}");
    }
    assert!(other.heard().is_empty());
}

#[test]
fn a_query_of_the_path_and_one_beside_it_are_one() {
    let api = Server::echo();
    given(&api, &json!({ "path": "/contacts?limit=1", "query": { "query": "x y" } }));
    assert_eq!(api.heard()[0].path, "/1.0/contacts?limit=1&query=x%20y");
    let error = given(&api, &json!({ "path": "/contacts#x", "query": { "query": "x" } }));
    assert_eq!(error["kind"], "invalid", "{error}");
    assert!(error["message"].as_str().unwrap().contains("is not sent"), "{error}");
}

#[test]
fn a_dry_run_knows_a_contact_behind_slashes_too() {
    let code = "local id = cliengo.contacts.find().id \
                cliengo.call{ method = 'PATCH', path = '/contacts/' .. id .. '/', body = { name = 'Eva' } } \
                return cliengo.contacts.get(id).name";
    let ran = Program::new(&["eval", "--emulator", "--dry-run", code]).run().code(0);
    assert!(ran.stdout.contains("Eva") && ran.stdout.contains("1 to update"), "{ran:#?}");
}

#[test]
fn an_answer_with_a_number_that_no_language_knows_is_a_text() {
    let api = Server::start(|_| answer("200 OK", "content-type: application/json", b"[1e400]"));
    assert_eq!(given(&api, &json!({ "path": "/account" })), "[1e400]");
}

#[test]
fn an_answer_that_is_nested_without_end_is_a_text() {
    let deep = [vec![b'['; 200_000], vec![b']'; 200_000]].concat();
    let length = deep.len();
    let api = Server::start(move |_| answer("200 OK", "", &deep));
    let body = given(&api, &json!({ "path": "/account" }));
    assert_eq!(body.as_str().map(str::len), Some(length));
}

#[test]
fn a_path_that_ends_where_a_query_begins_is_no_two_queries() {
    let api = Server::echo();
    for (path, sent) in [
        ("/contacts?limit=1", "/1.0/contacts?limit=1&query=x"),
        ("/contacts?", "/1.0/contacts?query=x"),
        ("/contacts?a&", "/1.0/contacts?a&query=x"),
    ] {
        let body = given(&api, &json!({ "path": path, "query": { "query": "x" } }));
        assert_eq!(body["path"], sent, "{body}");
    }
}
