//! The module `http`: what is sent, what comes back, and what an attacker does not get; in both languages.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test may panic; that is how it fails")]

mod support;

#[path = "http_module/answers.rs"]
mod answers;
#[path = "http_module/attacks.rs"]
mod attacks;
#[path = "http_module/call.rs"]
mod call;
#[path = "http_module/files.rs"]
mod files;
#[path = "http_module/rehearsed.rs"]
mod rehearsed;
#[path = "http_module/sent.rs"]
mod sent;
#[path = "http_module/server.rs"]
mod server;

use serde_json::{Value, json};
use support::{Program, Ran};

/// Calls `http.FUNCTION(URL, OPTIONS)`, the arguments of the script, and gives the answer or the error.
const LUA: &str = r#"
local http, json = require "http", require "json"
local args = cliengo.args
local ok, given = pcall(http[args[1]], args[2], json.decode(args[3]))
if ok then return given end
return { kind = given.kind, message = given.message, hint = given.hint, retryable = given.retryable }
"#;
const RHAI: &str = r#"
import "http" as http;
import "json" as json;
let args = cliengo.args;
let options = json::decode(args[2]);
try {
    return switch args[0] {
        "get" => http::get(args[1], options),
        "post" => http::post(args[1], options),
        "put" => http::put(args[1], options),
        "patch" => http::patch(args[1], options),
        "delete" => http::delete(args[1], options),
    };
} catch (error) {
    return #{ kind: error.kind, message: error.message, hint: error.hint, retryable: error.retryable };
}
"#;

/// A call that a script in one of the languages will make.
fn script(language: &str, grants: &[&str], call: (&str, &str, Value)) -> Program {
    let (function, url, options) = call;
    let name = format!("script.{language}");
    let grants: Vec<_> = grants.iter().flat_map(|grant| grant.split(' ')).collect();
    Program::new(&["run", "-o", "json"])
        .arguments(&grants)
        .arguments(&[name.as_str(), function, url, options.to_string().as_str()])
        .file(&name, if language == "lua" { LUA } else { RHAI })
}

/// What both languages give, which is the same.
#[track_caller]
fn given(grants: &[&str], call: (&str, &str, Value)) -> Value {
    let [lua, rhai] = ["lua", "rhai"].map(|language| {
        let ran = script(language, grants, call.clone()).run();
        assert_eq!(ran.code, Some(0), "{language}: {ran:?}");
        let mut given = serde_json::from_str::<Value>(&ran.stdout).unwrap();
        // Lua's tables have no null.
        given.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        given
    });
    let same = |value: &Value| match value["headers"].as_object() {
        Some(_) => json!([value["status"], value["body"]]),
        None => value.clone(),
    };
    assert_eq!(same(&lua), same(&rhai));
    lua
}

/// What is said where the script does not catch the error.
#[track_caller]
fn refused(grants: &[&str], url: &str) -> String {
    let code = [
        ("lua", format!("return require(\"http\").get(\"{url}\")")),
        ("rhai", format!("import \"http\" as http; http::get(\"{url}\")")),
    ];
    let [lua, rhai] = code.map(|(language, code)| {
        let grants: Vec<_> = grants.iter().flat_map(|grant| grant.split(' ')).collect();
        let program = Program::new(&["eval", "--lang", language]).arguments(&grants);
        let Ran { code, stderr, .. } = program.argument(code).run();
        assert_eq!(code, Some(1), "{language}: {stderr}");
        let said = stderr.lines().filter(|it| it.contains("error:") || it.contains("hint:"));
        said.collect::<Vec<_>>().join("\n")
    });
    assert_eq!(lua, rhai);
    lua
}
