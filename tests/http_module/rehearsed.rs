//! In a dry run, what would be sent is noted and not sent; what is read is read.

use std::sync::{Arc, Mutex};

use cliengo::api::{Context, Level, Permissions, Sink};
use cliengo::engine::{Executor, Language, Limits, Source, run};
use serde_json::{Map, Value, json};

use crate::server::Server;

#[derive(Default)]
struct Heard(Mutex<Vec<String>>);

impl Sink for Heard {
    fn print(&self, _: &str) {}
    fn log(&self, _: Level, _: &str, _: &Map<String, Value>) {}
    fn rehearsed(&self, what: &str) {
        self.0.lock().unwrap().push(what.to_owned());
    }
}

/// What the script gives in a dry run, and what was noted.
fn rehearsed(
    code: &str,
    language: Language,
    server: &Server,
) -> (Result<Value, String>, Vec<String>) {
    let heard = Arc::new(Heard::default());
    let permissions = Permissions::none().allow_net(&server.address.to_string()).unwrap();
    let context = Context::builder()
        .permissions(permissions)
        .dry_run(true)
        .sink(Arc::clone(&heard) as _)
        .build();
    let source = Source { expression: false, ..Source::from_code(code, language) };
    let result = run(&source, &context, Limits::default(), Executor::own());
    let noted = heard.0.lock().unwrap().clone();
    (result.map_err(|failure| failure.error.to_string()), noted)
}

#[test]
fn a_dry_run_reads_and_does_not_send() {
    let server = Server::echo();
    let url = server.url("/hook");
    let lua = format!(
        "local http = require \"http\"\n\
         local sent = http.post(\"{url}?key=sesame\", {{ json = {{ a = 1 }}, headers = {{ authorization = \"sesame\" }} }})\n\
         http.delete(\"{url}\")\n\
         return {{ sent, http.get(\"{url}\").body.method }}"
    );
    let rhai = format!(
        "import \"http\" as http;\n\
         let sent = http::post(\"{url}?key=sesame\", #{{ json: #{{ a: 1 }}, headers: #{{ authorization: \"sesame\" }} }});\n\
         http::delete(\"{url}\");\n\
         [sent, http::get(\"{url}\").body.method]"
    );
    for (language, code) in [(Language::Lua, lua), (Language::Rhai, rhai)] {
        let (result, noted) = rehearsed(&code, language, &server);
        let answer = json!({ "status": 200, "headers": {}, "body": "" });
        assert_eq!(result.unwrap(), json!([answer, "GET"]));
        let post = format!("would call http.post(\"{url}\", {{\"json\":{{\"a\":1}}}})");
        assert_eq!(noted, [post, format!("would call http.delete(\"{url}\")")]);
    }
    assert!(server.heard().iter().all(|it| it.method == "GET"));
}

#[test]
fn a_dry_run_tells_of_a_grant_that_would_be_missing() {
    let server = Server::echo();
    let lua = "require(\"http\").post(\"https://hooks.example.com/\")";
    let rhai = "import \"http\" as http; http::post(\"https://hooks.example.com/\")";
    for (language, code) in [(Language::Lua, lua), (Language::Rhai, rhai)] {
        let (result, noted) = rehearsed(code, language, &server);
        assert!(result.unwrap_err().contains("may not call hooks.example.com"));
        assert!(noted.is_empty());
    }
}
