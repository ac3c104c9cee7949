//! Files that are sent, and answers that are saved, within the grants.

use serde_json::json;

use crate::script;
use crate::server::{Server, answer};

#[test]
fn files_are_sent_with_a_form_within_what_may_be_read() {
    let server = Server::echo();
    let options = json!({
        "form": { "channel": "ventas" },
        "files": [
            { "name": "report", "path": "data/leads.csv" },
            { "content": "<h1>", "filename": "a.html", "type": "text/x-own" },
        ],
    });
    for language in ["lua", "rhai"] {
        let grants = [server.grant(), "--allow-read data".to_owned()];
        let grants: Vec<&str> = grants.iter().map(String::as_str).collect();
        let call = ("post", server.url("/"), options.clone());
        let program = script(language, &grants, (call.0, &call.1, call.2));
        let ran = program.file("data/leads.csv", "name\nAna\n").run();
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let heard = server.heard().pop().unwrap();
        let kind = heard.header("content-type").unwrap();
        let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
        let part = |head: &str, body: &str| {
            format!("--{boundary}\r\ncontent-disposition: form-data; {head}\r\n\r\n{body}\r\n")
        };
        let csv = "name=\"report\"; filename=\"leads.csv\"\r\ncontent-type: text/csv";
        let html = "name=\"file\"; filename=\"a.html\"\r\ncontent-type: text/x-own";
        let parts =
            [part("name=\"channel\"", "ventas"), part(csv, "name\nAna\n"), part(html, "<h1>")];
        let expected = parts.concat();
        assert_eq!(heard.body, format!("{expected}--{boundary}--\r\n"));
    }
}

#[test]
fn a_file_that_may_not_be_read_is_not_sent() {
    let server = Server::echo();
    for path in ["/etc/passwd", "data/../secret.txt", "secret.txt"] {
        let options = json!({ "files": [{ "path": path }] });
        for language in ["lua", "rhai"] {
            let grants = [server.grant(), "--allow-read data".to_owned()];
            let grants: Vec<&str> = grants.iter().map(String::as_str).collect();
            let program = script(language, &grants, ("post", &server.url("/"), options.clone()));
            let ran = program.file("data/a", "a").file("secret.txt", "b").run();
            assert!(ran.stdout.contains("\"kind\":\"denied\""), "{path}: {ran:?}");
        }
    }
    assert!(server.heard().is_empty());
}

#[test]
fn a_good_answer_is_saved_as_it_came_and_an_error_is_not() {
    let server = Server::start(|request| match request.path.as_str() {
        "/gone" => answer("404 Not Found", "", b"no such report"),
        _ => answer("200 OK", "", b"\x89PNG\xff\x00"),
    });
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved.png");
    let granted = format!("--allow-write {}", folder.path().display());
    for (path, body, content) in
        [("/", "", &b"\x89PNG\xff\x00"[..]), ("/gone", "no such report", b"before")]
    {
        for language in ["lua", "rhai"] {
            std::fs::write(&saved, "before").unwrap();
            let options = json!({ "save_to": saved });
            let call = ("get", server.url(path), options);
            let program = script(language, &[&server.grant(), &granted], (call.0, &call.1, call.2));
            let ran = program.run();
            assert!(ran.stdout.contains(&format!("\"body\":\"{body}\"")), "{ran:?}");
            assert_eq!(std::fs::read(&saved).unwrap(), content, "{language} {path}");
        }
    }
}

#[test]
fn nothing_is_asked_for_that_may_not_be_saved() {
    let server = Server::echo();
    for (language, path) in [("lua", "elsewhere.png"), ("rhai", "out/../../a.png")] {
        let grants = [server.grant(), "--allow-write out".to_owned()];
        let grants: Vec<&str> = grants.iter().map(String::as_str).collect();
        let program =
            script(language, &grants, ("get", &server.url("/"), json!({ "save_to": path })));
        let ran = program.file("out/a", "").run();
        assert!(ran.stdout.contains("\"kind\":\"denied\""), "{ran:?}");
    }
    assert!(server.heard().is_empty());
}
