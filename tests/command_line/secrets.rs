//! The key is in no output, whatever fails and whatever the server says.

use serde_json::json;

use crate::support::Account;

const SECRET: &str = "5ec2e700-c0de-4bad-8bad-5e5a3e5e5a3e";

fn account() -> Account {
    Account::with_key(SECRET)
}

#[track_caller]
fn hides_the_key(account: &Account, code: &str) {
    for options in [&["-o", "json"][..], &["-v", "--log-format", "json"], &["--lang", "rhai"]] {
        let ran = account.program(&[&["eval"], options, &[code]].concat()).run();
        for part in [SECRET, "5ec2e700", "c0de-4bad"] {
            let shown = ran.stdout.contains(part) || ran.stderr.contains(part);
            assert!(!shown, "{code}: {ran:#?}");
        }
    }
}

#[test]
fn a_server_that_echoes_the_key_does_not_bring_it_out() {
    let echo = format!("You sent Bearer {SECRET} and that is wrong");
    let long = format!("{}{SECRET}", "x".repeat(280));
    for body in [
        json!({ "message": echo }),
        json!({ "error": { "message": echo } }),
        json!({ "errors": [{ "message": echo }] }),
        json!({ "message": long }),
        json!({ "message": SECRET.to_uppercase(), "error": SECRET }),
    ] {
        for status in [400, 401, 403, 404, 422, 501] {
            let account = account();
            let fault = json!({ "kind": "status", "code": status, "body": body });
            account.fault(json!({ "route": "*", "fault": fault }));
            hides_the_key(&account, "cliengo.account.get()");
        }
    }
}

#[test]
fn an_answer_that_holds_the_key_is_masked() {
    let account = account();
    let fault = json!({ "kind": "wrong_shape", "body": { "id": SECRET, "note": [SECRET] } });
    account.fault(json!({ "route": "GET /account", "fault": fault }));
    hides_the_key(&account, "cliengo.account.get()");
    let ran = account.program(&["eval", "-o", "json", "cliengo.call{ path = '/account' }"]).run();
    assert!(!ran.code(0).stdout.contains(SECRET));
}

#[test]
fn a_redirect_that_holds_the_key_does_not_bring_it_out() {
    let account = account();
    let fault = json!({ "kind": "redirect", "location": format!("http://evil.test/{SECRET}") });
    account.fault(json!({ "route": "*", "fault": fault }));
    hides_the_key(&account, "cliengo.account.get()");
}

#[test]
fn no_failing_command_shows_the_key() {
    let account = account();
    for code in [
        "error('x')",
        "syntax error",
        "cliengo.env('CLIENGO_API_KEY')",
        "cliengo.contacts.get('x')",
        "cliengo.call{ path = 'https://evil.test' }",
        "cliengo.call{ path = '/account', headers = { authorization = 'x' } }",
        "cliengo.call{ path = '/contacts', query = { offset = 9999 } }",
        "cliengo.log.info(tostring(cliengo), { a = cliengo.args }) error(cliengo)",
        "cliengo",
    ] {
        hides_the_key(&account, code);
    }
    for route in ["drop_before", "truncated_json"] {
        let account = self::account();
        account.fault(json!({ "route": "*", "fault": { "kind": route } }));
        hides_the_key(&account, "cliengo.account.get()");
    }
}

#[test]
fn a_key_that_no_header_can_hold_is_not_quoted() {
    let program = account().program(&["eval", "1"]);
    let ran = program.variable("CLIENGO_API_KEY", "5ec2e700 spaced").run().code(3);
    assert!(!ran.stderr.contains("5ec2e700"), "{ran:?}");
}
