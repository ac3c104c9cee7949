//! What comes back.

use std::io::Write;
use std::net::TcpStream;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use crate::server::{Server, answer};
use crate::{given, script};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn a_body_is_decoded_where_it_is_json_and_a_text_otherwise() {
    let server = Server::start(|request| {
        let (head, body): (&str, &[u8]) = match request.path.as_str() {
            "/json" => ("content-type: application/json; charset=utf-8", b"17"),
            "/big" => ("content-type: application/vnd.api+json", br#"{"id":2624930455263478640}"#),
            "/large" => ("content-type: application/json", br#"{"id":123456789012345678901234}"#),
            "/unsaid" => ("", br#" {"a": [1]} "#),
            "/number" => ("content-type: text/plain", b"17"),
            "/broken" => ("content-type: application/json", br#"{"a": "#),
            "/latin" => ("content-type: text/plain", b"caf\xe9"),
            "/bom" => ("", b"\xef\xbb\xbf[]"),
            _ => ("", b""),
        };
        answer("200 OK", head, body)
    });
    for (path, body) in [
        ("/json", json!(17)),
        ("/big", json!({ "id": 2_624_930_455_263_478_640_u64 })),
        ("/large", json!({ "id": "123456789012345678901234" })),
        ("/unsaid", json!({ "a": [1] })),
        ("/number", json!("17")),
        ("/broken", json!("{\"a\": ")),
        ("/latin", json!("caf\u{fffd}")),
        ("/bom", json!([])),
        ("/nothing", json!("")),
    ] {
        let answer = given(&[&server.grant()], ("get", &server.url(path), json!({})));
        assert_eq!(answer["body"], body, "{path}");
    }
}

#[test]
fn an_answer_is_given_whatever_its_status() {
    let server = Server::start(|request| {
        let status = request.path.trim_start_matches('/');
        answer(&format!("{status} Because"), "content-type: application/json", b"{\"why\":\"no\"}")
    });
    for status in [201, 304, 400, 404, 429, 500, 503] {
        let url = server.url(&format!("/{status}"));
        let answer = given(&[&server.grant()], ("get", &url, json!({})));
        assert_eq!(answer["status"], status);
        if status != 304 {
            assert_eq!(answer["body"], json!({ "why": "no" }));
        }
    }
    // None of them is asked for again.
    assert_eq!(server.heard().len(), 14);
}

#[test]
fn headers_have_names_in_lower_case_and_come_together() {
    let server = Server::start(|_| {
        let head = "X-Page: 1\r\nLink: <a>\r\nLINK: <b>\r\nX-Odd: caf\u{e9}";
        answer("200 OK", head, b"")
    });
    let answer = given(&[&server.grant()], ("get", &server.url("/"), json!({})));
    let headers = &answer["headers"];
    assert_eq!((&headers["x-page"], &headers["link"]), (&json!("1"), &json!("<a>, <b>")));
    assert_eq!(headers["x-odd"], "café");
}

#[test]
fn a_packed_answer_is_unpacked() {
    let server = Server::start(|_| answer("200 OK", "content-encoding: gzip", &gzip(b"{\"a\":1}")));
    let answer = given(&[&server.grant()], ("get", &server.url("/"), json!({})));
    assert_eq!(answer["body"], json!({ "a": 1 }));
}

#[test]
fn an_answer_without_end_or_without_measure_is_cut_off() {
    let endless = |socket: &mut TcpStream| {
        let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        let chunk = [b"100000\r\n", &[b'x'; 1 << 20][..], b"\r\n"].concat();
        let mut going_on = socket.write_all(head);
        while going_on.is_ok() {
            going_on = socket.write_all(&chunk);
        }
    };
    let bomb = gzip(&vec![0; 65 << 20]);
    let server = Server::writing(move |request, socket| match request.path.as_str() {
        "/endless" => endless(socket),
        _ => drop(socket.write_all(&answer("200 OK", "content-encoding: gzip", &bomb))),
    });
    for path in ["/endless", "/bomb"] {
        let error = given(&[&server.grant()], ("get", &server.url(path), json!({})));
        assert_eq!(error["kind"], "limit", "{path}: {error}");
        assert!(error["message"].as_str().unwrap().contains("larger than 64 MiB"), "{error}");
    }
}

#[test]
fn an_answer_that_takes_too_long_is_a_timeout_however_it_is_slow() {
    let server = Server::writing(|request, socket| {
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n";
        let mut dripping = match request.path.as_str() {
            "/silent" => Ok(()),
            _ => socket.write_all(head),
        };
        while dripping.is_ok() {
            std::thread::sleep(std::time::Duration::from_millis(20));
            let piece: &[u8] = if request.path == "/silent" { b"" } else { b"x" };
            dripping = socket.write_all(piece);
        }
    });
    for path in ["/silent", "/dripping"] {
        let options = json!({ "timeout": "300ms" });
        let error = given(&[&server.grant()], ("get", &server.url(path), options.clone()));
        assert_eq!((&error["kind"], &error["retryable"]), (&json!("timeout"), &json!(true)));
        let error = given(&[&server.grant()], ("post", &server.url(path), options));
        assert_eq!((&error["kind"], &error["retryable"]), (&json!("timeout"), &json!(false)));
        assert!(error["hint"].as_str().unwrap().contains("the outcome is unknown"), "{error}");
    }
}

#[test]
fn a_server_that_is_not_there_or_hangs_up_is_a_network_error() {
    let server = Server::start(|_| Vec::new());
    let error = given(&[&server.grant()], ("post", &server.url("/"), json!({})));
    assert_eq!((&error["kind"], &error["retryable"]), (&json!("network"), &json!(false)));
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let grant = format!("--allow-net {gone}");
    let error = given(&[&grant], ("post", &format!("http://{gone}/"), json!({})));
    assert_eq!((&error["kind"], &error["retryable"]), (&json!("network"), &json!(true)));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_call_that_waits() {
    let server = Server::writing(|_, socket| {
        // Until the other side is gone.
        drop(std::io::Read::read(socket, &mut [0]));
    });
    for language in ["lua", "rhai"] {
        let (before, url) = (server.heard().len(), server.url("/"));
        let running = script(language, &[&server.grant()], ("get", &url, json!({}))).start();
        while server.heard().len() == before {
            std::thread::yield_now();
        }
        running.signal("INT");
        let ran = running.end();
        assert_eq!(ran.code, Some(130), "{language}: {ran:?}");
    }
}

#[test]
fn a_connection_is_used_again() {
    let server = Server::writing(|_, socket| {
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
        let mut piece = [0; 4096];
        loop {
            let ended = socket.write_all(answer).is_err();
            if ended || !std::io::Read::read(socket, &mut piece).is_ok_and(|length| length > 0) {
                return;
            }
        }
    });
    let code = format!(
        "local http = require \"http\" local said = \"\" for _ = 1, 5 do said = said .. http.get(\"{}\").body end return said",
        server.url("/")
    );
    let grant = server.grant();
    let grants: Vec<_> = grant.split(' ').collect();
    let ran = crate::Program::new(&["eval"]).arguments(&grants).argument(code).run();
    assert_eq!(ran.stdout.trim(), "okokokokok", "{ran:?}");
    // Each connection is heard of once.
    assert_eq!(server.heard().len(), 1);
}
