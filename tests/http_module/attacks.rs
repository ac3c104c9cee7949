//! What an attacker does not get: hosts that were not granted, headers, another call.

use serde_json::json;

use crate::server::{Server, redirect};
use crate::{given, refused};

#[test]
fn a_host_that_was_not_granted_is_refused_with_the_flag_that_grants_it() {
    let server = Server::echo();
    let (port, url) = (server.port(), server.url("/"));
    let said = refused(&[], &url);
    assert!(said.contains(&format!("this run may not call 127.0.0.1:{port}")), "{said}");
    assert!(said.contains(&format!("allow it with --allow-net 127.0.0.1:{port}")), "{said}");
    let said = refused(&["--allow-net example.com"], "https://hooks.example.com/T0");
    assert!(said.contains("allow it with --allow-net hooks.example.com"), "{said}");
    assert!(server.heard().is_empty());
}

#[test]
fn a_grant_opens_its_host_and_port_and_no_other() {
    let server = Server::echo();
    let port = server.port();
    let here = |host: &str| format!("http://{host}:{port}/");
    let grant = |text: &str| format!("--allow-net {}", text.replace("PORT", &port.to_string()));
    for (granted, host) in [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1:PORT", "127.0.0.1"),
        ("127.0.0.0/8", "127.0.0.1"),
        ("127.0.0.1", "2130706433"),
        ("127.0.0.1", "0x7f.1"),
        ("127.0.0.1", "[::ffff:127.0.0.1]"),
        ("localhost", "LOCALHOST"),
        ("localhost", "LOCALHOST."),
        ("localhost:PORT", "localhost"),
        ("a.example,127.0.0.1", "127.0.0.1"),
    ] {
        let answer = given(&[&grant(granted)], ("get", &here(host), json!({})));
        assert_eq!(answer["status"], 200, "{granted} {host}: {answer}");
    }
    let before = server.heard().len();
    for (granted, host) in [
        ("127.0.0.1:1", "127.0.0.1"),
        ("127.0.0.2", "127.0.0.1"),
        ("10.0.0.0/8", "127.0.0.1"),
        ("localhost", "127.0.0.1"),
        ("127.0.0.1", "localhost"),
        ("localhost", "localhost.example"),
        ("localhost", "a.localhost"),
        ("example.com", "127.0.0.1"),
        ("example.com", "2130706433"),
        ("example.com", "0x7f.1"),
        ("example.com", "0177.0.0.01"),
        ("example.com", "[::ffff:127.0.0.1]"),
        ("example.com", "0.0.0.0"),
        ("example.com", "example.com@127.0.0.1"),
        ("example.com", "example.com:80@127.0.0.1"),
        ("*.example.com", "example.com"),
        ("*.example.com", "badexample.com"),
    ] {
        let error = given(&[&grant(granted)], ("get", &here(host), json!({})));
        assert_eq!(error["kind"], "denied", "{granted} {host}: {error}");
    }
    assert_eq!(server.heard().len(), before);
}

#[test]
fn a_name_that_leads_into_this_machine_leads_nowhere() {
    // Such a name is made in the tests of the connections; where this machine has one, here too.
    let hosts = std::fs::read_to_string("/etc/hosts").unwrap_or_default();
    let names = hosts
        .lines()
        .filter(|line| line.starts_with("127."))
        .flat_map(|line| line.split('#').next().unwrap_or_default().split_whitespace().skip(1));
    let server = Server::echo();
    for name in names.filter(|name| !name.contains("localhost")) {
        let url = format!("http://{name}:{}/", server.port());
        let said = refused(&[&format!("--allow-net {name}")], &url);
        assert!(said.contains(&format!("{name} leads to 127.")), "{said}");
        assert!(said.contains("allow it with --allow-net 127."), "{said}");
        assert!(server.heard().is_empty());
    }
}

#[test]
fn all_hosts_are_open_where_everything_is() {
    let server = Server::echo();
    for host in ["127.0.0.1", "localhost"] {
        let url = format!("http://{host}:{}/", server.port());
        let answer = given(&["--allow-all"], ("get", &url, json!({})));
        assert_eq!(answer["status"], 200, "{answer}");
    }
}

#[test]
fn a_redirect_leads_no_further_than_the_run_may_go() {
    let secret = Server::echo();
    let target = format!("http://localhost:{}/admin", secret.port());
    let elsewhere = [
        target.clone(),
        format!("//localhost:{}/", secret.port()),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://[::ffff:169.254.169.254]/".to_owned(),
        "http://2852039166/".to_owned(),
        "https://hooks.example.com/".to_owned(),
        "file:///etc/passwd".to_owned(),
        format!("http://user@localhost:{}/", secret.port()),
    ];
    for location in elsewhere {
        let to = location.clone();
        let server = Server::start(move |_| redirect("302 Found", &to));
        for function in ["get", "post"] {
            let error = given(&[&server.grant()], (function, &server.url("/"), json!({})));
            let message = error["message"].as_str().unwrap_or_default();
            let refused = format!("a redirect of {} was refused", server.address);
            assert!(message.contains(&refused), "{function} {location}: {error}");
        }
    }
    assert!(secret.heard().is_empty());
}

#[test]
fn a_redirect_within_the_grants_is_followed_and_secrets_stay_behind() {
    let other = Server::echo();
    let to = other.url("/there");
    let server = Server::start(move |_| redirect("302 Found", &to));
    let headers =
        json!({ "authorization": "Bearer sesame", "cookie": "a=sesame", "x-key": "sesame" });
    let grants = [server.grant(), other.grant()];
    let grants: Vec<&str> = grants.iter().map(String::as_str).collect();
    let options = json!({ "headers": headers });
    let answer = given(&grants, ("get", &server.url("/"), options.clone()));
    assert_eq!(answer["body"]["path"], "/there");
    assert!(!answer.to_string().contains("sesame"), "{answer}");
    assert_eq!(server.heard()[0].header("authorization"), Some("Bearer sesame"));
    let sent = json!({ "headers": headers, "json": { "a": "sesame" } });
    let answer = given(&grants, ("post", &server.url("/"), sent));
    assert_eq!(answer["body"]["method"], "GET");
    assert!(!answer.to_string().contains("sesame"), "{answer}");
}

#[test]
fn what_is_sent_is_not_sent_on_to_another_host() {
    let other = Server::echo();
    let to = other.url("/there");
    let server = Server::start(move |request| match request.path.as_str() {
        "/once" => redirect("307 Temporary Redirect", "/here"),
        "/here" => crate::server::answer("200 OK", "", request.body.as_bytes()),
        _ => redirect("308 Permanent Redirect", &to),
    });
    let grants = [server.grant(), other.grant()];
    let grants: Vec<&str> = grants.iter().map(String::as_str).collect();
    let sent = json!({ "body": "mine" });
    let error = given(&grants, ("post", &server.url("/"), sent.clone()));
    assert_eq!(error["kind"], "denied", "{error}");
    assert!(other.heard().is_empty());
    assert_eq!(given(&grants, ("post", &server.url("/once"), sent))["body"], "mine");
}

#[test]
fn redirects_in_a_circle_end() {
    let server = Server::start(|_| redirect("302 Found", "/again"));
    let error = given(&[&server.grant()], ("get", &server.url("/"), json!({})));
    assert!(error["message"].as_str().unwrap().contains("there is no end to them"), "{error}");
    assert_eq!(server.heard().len(), 2 * 6);
}

#[test]
fn no_text_of_a_script_adds_a_header_or_a_call() {
    let server = Server::echo();
    let (grant, evil) = (server.grant(), "a\r\nx-evil: 1\r\n\r\nGET /evil HTTP/1.1");
    for options in [
        json!({ "headers": { "x-a": evil } }),
        json!({ "headers": { evil: "a" } }),
        json!({ "headers": { "content-type": evil } }),
        json!({ "headers": { "host": "evil.example" } }),
        json!({ "headers": { "Content-Length": "0" } }),
        json!({ "headers": { "TRANSFER-ENCODING": "chunked" } }),
        json!({ "headers": { "connection": "upgrade" } }),
        json!({ "files": [{ "content": "a", "filename": "a", "type": evil }] }),
        json!({ "files": [{ "content": "a", "filename": "a" }], "headers": { "content-type": "text/html" } }),
    ] {
        let error = given(&[&grant], ("post", &server.url("/"), options.clone()));
        assert!(
            ["invalid", "denied"].contains(&error["kind"].as_str().unwrap()),
            "{options}: {error}"
        );
    }
    for path in [" HTTP/1.1\r\nx-evil: 1", "/a\r\nx-evil: 1", "/a\nb", "/\\evil.example", "/a b"] {
        let error = given(&[&grant], ("get", &server.url(path), json!({})));
        assert_eq!(error["kind"], "invalid", "{path:?}: {error}");
    }
    assert!(server.heard().is_empty());
    let escaped = json!({ "query": { evil: evil }, "form": { evil: evil } });
    let answer = given(&[&grant], ("post", &server.url("/"), escaped));
    assert_eq!(answer["body"]["headers"]["x-evil"], json!(null), "{answer}");
    assert!(server.heard().iter().all(|it| it.path.starts_with("/?a%0D%0Ax-evil")), "{answer}");
}

#[test]
fn what_is_no_host_is_no_grant() {
    for host in ["*", "https://example.com", "a@b.example", "example.com:0", "example.com/x", ""] {
        let ran = crate::Program::new(&["eval", "--allow-net", host, "1"]).run();
        assert!(ran.code != Some(0), "{host}: {ran:?}");
        assert!(ran.stderr.contains("is no host") || host.is_empty(), "{host}: {ran:?}");
    }
}

#[test]
fn the_top_level_of_a_script_that_is_served_sends_nothing() {
    let (server, account) = (Server::echo(), crate::support::Account::start());
    let grant = server.grant();
    let (flag, address) = grant.split_once(' ').unwrap();
    let code = format!("require('http').post('{}')", server.url("/"));
    let program = account.program(&["serve", "a.lua", flag, address, "--state-dir", "state"]);
    let ran = program.file("a.lua", code).run();
    let refused = "the top level of a script that is served may not write";
    assert!(ran.stderr.contains(refused), "{ran:?}");
    assert!(server.heard().is_empty());
}
