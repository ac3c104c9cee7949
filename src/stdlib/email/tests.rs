//! What the functions of the module give.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::stdlib::testing::call;

fn given(function: &str, text: &str) -> Value {
    call(&format!("email.{function}"), json!([text])).unwrap()
}

#[test]
fn an_address_that_mail_could_be_sent_to_is_valid() {
    for typed in [
        "ana@example.com",
        " Ana.Diaz+web@Example.com.ar ",
        "a@b.co",
        "o'neil@example.com",
        "1@example.com",
        "ana_diaz-@example.com",
        "ana@sub.ejemplo.com.uy",
        "josé@correo.example.es",
        "ana@xn--espaa-rta.com",
    ] {
        assert_eq!(given("valid", typed), true, "{typed}");
    }
    for typed in [
        "",
        "ana",
        "ana@",
        "@example.com",
        "ana@example",
        "ana@@example.com",
        "ana example@example.com",
        "ana..diaz@example.com",
        ".ana@example.com",
        "ana@example..com",
        "ana@-example.com",
        "ana@example.c",
        "ana@1.2.3.4",
        "ana@[1.2.3.4]",
        "Ana <ana@example.com>",
        "ana@example.com, luis@example.com",
        "ana@example.com.",
        "\"ana diaz\"@example.com",
        "ana@exam_ple.com",
        "ana\n@example.com",
        "<script>@example.com",
    ] {
        assert_eq!(given("valid", typed), false, "{typed}");
        assert_eq!(given("normalize", typed), Value::Null, "{typed}");
    }
    for function in ["normalize", "domain", "suggest"] {
        assert_eq!(call(&format!("email.{function}"), json!([null])).unwrap(), Value::Null);
    }
    assert_eq!(call("email.valid", json!([])).unwrap(), false);
}

#[test]
fn spellings_of_one_mailbox_become_the_same_where_that_is_asked_for() {
    let mailbox =
        |typed: &str| call("email.normalize", json!([typed, { "mailbox": true }])).unwrap();
    for typed in ["Ana.Diaz@gmail.com", "anadiaz+web@googlemail.com", "a.n.a.diaz@GMAIL.com"] {
        assert_eq!(mailbox(typed), "anadiaz@gmail.com", "{typed}");
    }
    assert_eq!(mailbox("ana.diaz+web@outlook.es"), "ana.diaz@outlook.es");
    assert_eq!(mailbox("ana.diaz+web@example.com"), "ana.diaz+web@example.com");
    assert_eq!(given("normalize", " Ana.Diaz+Web@Gmail.com"), "ana.diaz+web@gmail.com");
    let misspelt = call("email.normalize", json!(["a@b.co", { "mailbx": true }])).unwrap_err();
    assert_eq!(misspelt.hint.as_deref(), Some("did you mean \"mailbox\"?"));
}

#[test]
fn a_misspelt_domain_has_a_suggestion() {
    for (typed, meant) in [
        ("gmial.com", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmail.com.ar", "gmail.com"),
        ("gmail", "gmail.com"),
        ("gmailcom", "gmail.com"),
        ("gamil.cmo", "gmail.com"),
        ("gmail,com", "gmail.com"),
        ("gmail.com.", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("hotmal.com.ar", "hotmail.com.ar"),
        ("hormail.es", "hotmail.es"),
        ("hotmail.com.at", "hotmail.com.ar"),
        ("outlok.es", "outlook.es"),
        ("otlook.com", "outlook.com"),
        ("yaho.com.ar", "yahoo.com.ar"),
        ("yahoo.con.mx", "yahoo.com.mx"),
        ("yahoo.com.rs", "yahoo.com.ar"),
        ("iclud.com", "icloud.com"),
        ("uol.con.br", "uol.com.br"),
        ("bol.cmo.br", "bol.com.br"),
        ("empresa.con", "empresa.com"),
        ("empresa.con.ar", "empresa.com.ar"),
    ] {
        assert_eq!(given("suggest", &format!("Ana@{typed}")), format!("ana@{meant}"), "{typed}");
    }
}

#[test]
fn a_domain_that_looks_right_has_none() {
    for domain in [
        "gmail.com",
        "hotmail.com",
        "hotmail.com.ar",
        "hotmail.se",
        "outlook.dk",
        "yahoo.com.ar",
        "uol.com.br",
        "bol.com.br",
        "sol.com.br",
        "mail.com",
        "email.com",
        "ymail.com",
        "gmx.net",
        "live.com.mx",
        "msn.com",
        "terra.com.br",
        "tierra.com",
        "example.com",
        "example.co",
        "empresa.com.py",
        "me.com",
        "gob.ar",
    ] {
        assert_eq!(given("suggest", &format!("ana@{domain}")), Value::Null, "{domain}");
    }
    for typed in ["", "ana", "@gmial.com", "a b@gmial.com", "ana@"] {
        assert_eq!(given("suggest", typed), Value::Null, "{typed}");
    }
}

#[test]
fn providers_are_told_from_companies() {
    for domain in [
        "gmail.com",
        "hotmail.com.ar",
        "outlook.es",
        "yahoo.com.mx",
        "uol.com.br",
        "fibertel.com.ar",
    ] {
        assert_eq!(given("is_free", &format!("Ana@{}", domain.to_uppercase())), true, "{domain}");
    }
    for domain in ["example.com", "gmail.example.com", "cliengo.com", "uol.com"] {
        assert_eq!(given("is_free", &format!("ana@{domain}")), false, "{domain}");
    }
    assert_eq!(given("domain", "ANA@Example.COM.ar"), "example.com.ar");
}

proptest! {
    #[test]
    fn a_suggestion_is_valid_and_needs_none_itself(text in "[a-z.]{1,8}@[a-z.,]{1,14}", wild in ".{0,40}") {
        for typed in [text, wild] {
            if let Value::String(meant) = given("suggest", &typed) {
                prop_assert_eq!(given("valid", &meant), true, "{}", &meant);
                prop_assert_eq!(given("suggest", &meant), Value::Null, "{}", &meant);
            }
        }
    }
}
