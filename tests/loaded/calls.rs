//! What a call gives and what is given to it.

use cliengo::engine::Limits;
use serde_json::{Value, json};

use crate::{Pair, call};

#[test]
fn a_function_that_takes_fewer_parameters_gets_the_first_ones() {
    let pair = Pair {
        lua: "function none() return 'none' end
              function one(a) return a end
              function two(a, b) return { a, b } end
              function three(a, b, c) return { a, b, c == nil } end",
        rhai: "fn none() { \"none\" }
               fn one(a) { a }
               fn two(a, b) { [a, b] }
               fn three(a, b, c) { [a, b, c == ()] }",
    };
    pair.each(Limits::default(), |script, _| {
        let mut given = |name| call(script, name, &["1", "2"]).unwrap();
        assert_eq!(given("none"), "none");
        assert_eq!(given("one"), 1);
        assert_eq!(given("two"), json!([1, 2]));
        assert_eq!(given("three"), json!([1, 2, true]));
    });
}

#[test]
fn a_contact_comes_in_with_every_digit_and_is_read_as_a_row() {
    let pair = Pair {
        lua: "function on_lead(contact)
                  return { contact.big, contact.website_id, contact.tags, contact.nothing == nil }
              end",
        rhai: "fn on_lead(contact) {
                   [contact.big, contact.website_id, contact.tags, contact.nothing == ()]
               }",
    };
    let contact =
        r#"{ "big": 2624930455263478640, "websiteId": "w1", "tags": [], "nothing": null }"#;
    pair.each(Limits::default(), |script, _| {
        let result = call(script, "on_lead", &[contact]).unwrap();
        assert_eq!(result.to_string(), r#"[2624930455263478640,"w1",[],true]"#);
    });
}

#[test]
fn what_cannot_be_shown_is_null_and_no_error() {
    let pair = Pair {
        lua: "function on_lead() return function() end end function nothing() end",
        rhai: "fn on_lead() { || 1 } fn nothing() { }",
    };
    pair.each(Limits::default(), |script, _| {
        assert_eq!(call(script, "on_lead", &[]).unwrap(), Value::Null);
        assert_eq!(call(script, "nothing", &[]).unwrap(), Value::Null);
        assert!(script.is_usable());
    });
}

#[test]
fn an_error_tells_its_place_and_the_next_call_works() {
    let pair = Pair {
        lua: "local function check(contact)\n    if contact.bad then\n        error('bad lead')\n    end\n\
              end\nfunction on_lead(contact)\n    check(contact)\n    return 'fine'\nend",
        rhai: "fn check(contact) {\n    if contact.bad {\n        throw \"bad lead\";\n    }\n\
               }\nfn on_lead(contact) {\n    check(contact);\n    \"fine\"\n}",
    };
    pair.each(Limits::default(), |script, language| {
        let failure = call(script, "on_lead", &[r#"{ "bad": true }"#]).unwrap_err();
        assert_eq!(failure.error.message, "bad lead");
        let file = format!("leads.{}", language.extension());
        let places: Vec<_> = failure.frames.iter().map(|it| (it.file.as_str(), it.line)).collect();
        assert_eq!(places, [(file.as_str(), 3), (file.as_str(), 7)], "{failure:?}");
        assert!(script.is_usable());
        assert_eq!(call(script, "on_lead", &[r#"{ "bad": false }"#]).unwrap(), "fine");
    });
}

#[test]
fn a_function_is_found_by_its_name_and_says_where_it_is() {
    let pair = Pair {
        lua: "\nfunction on_lead() end\nlocal function hidden() end\nnumber = 5",
        rhai: "\nfn on_lead() { }\nlet hidden = || 1;\nlet number = 5;",
    };
    pair.each(Limits::default(), |script, language| {
        let found = script.function("on_lead").unwrap();
        assert_eq!(found.place, format!("leads.{}:2", language.extension()));
        assert_eq!(script.function("on_lead").unwrap(), found, "one function, one number");
        for name in ["hidden", "number", "print", "cliengo", "on_leads"] {
            assert_eq!(script.function(name), None, "{name}");
        }
    });
}

#[test]
fn a_function_of_another_script_is_refused() {
    let pair = Pair { lua: "function on_lead() end", rhai: "fn on_lead() { }" };
    pair.each(Limits::default(), |script, _| {
        let mut other = script.function("on_lead").unwrap();
        other.number += 1_000;
        let context = cliengo::api::Context::builder().build();
        let failure = script.call(&other, &[], &context).unwrap_err();
        assert!(failure.error.message.contains("no such function"), "{failure}");
        assert!(script.is_usable());
    });
}
