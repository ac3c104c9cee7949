//! Values of scripts as Rust's types, and back.

use std::collections::BTreeMap;
use std::path::Path;

use cliengo::client::Contact;
use cliengo::engine::{Language, Source};
use cliengo::{ErrorKind, Host};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{BOTH, account, on};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Lead {
    name: String,
    #[serde(default)]
    tags: Vec<String>,
    rating: Option<u8>,
}

#[tokio::test]
async fn a_script_gives_the_type_that_is_asked_for() {
    let emulator = account(3);
    let host = on(&emulator).build();
    for language in BOTH {
        let scripting = host.scripting(language);
        assert_eq!(scripting.eval::<f64>("1.5 + 1").await.unwrap(), 2.5);
        scripting.eval::<()>("").await.unwrap();
        let newest: Contact = scripting.eval("cliengo.contacts.list()[1]").await.unwrap();
        assert!(newest.id.is_some());
    }
    let counts: BTreeMap<String, u64> = host.lua().eval("return { a = 1, b = 2 }").await.unwrap();
    assert_eq!(counts["b"], 2);
    let lead: Lead = host.rhai().eval(r#"#{ name: "Ana", rating: 4 }"#).await.unwrap();
    assert_eq!(lead, Lead { name: "Ana".into(), tags: vec![], rating: Some(4) });
}

#[tokio::test]
async fn another_value_than_was_asked_for_is_an_error_that_says_so() {
    let host = Host::builder().build();
    for (language, code) in [(Language::Lua, "'seven'"), (Language::Rhai, "\"seven\"")] {
        let failure = host.scripting(language).eval::<u8>(code).await.unwrap_err();
        assert_eq!(failure.error.kind, ErrorKind::Decode);
        assert!(failure.error.message.contains("u8"), "{failure}");
        assert!(failure.error.message.contains("seven"), "{failure}");
    }
}

#[tokio::test]
async fn a_call_takes_what_serde_writes_and_gives_what_serde_reads() {
    let host = Host::builder().build();
    let lua = "function twice(lead, more) lead.rating = lead.rating * 2
               lead.tags = { more } return lead end";
    let rhai = "fn twice(lead, more) { lead.rating *= 2; lead.tags = [more]; lead }";
    for (language, code) in [(Language::Lua, lua), (Language::Rhai, rhai)] {
        let script = host.scripting(language).load(code).await.unwrap();
        let lead = Lead { name: "Ana".into(), tags: vec![], rating: Some(2) };
        let twice: Lead = script.call("twice", (lead, "hot")).await.unwrap();
        let expected = Lead { name: "Ana".into(), tags: vec!["hot".into()], rating: Some(4) };
        assert_eq!(twice, expected);
    }
}

#[tokio::test]
async fn arguments_that_are_no_tuple_are_refused() {
    let host = Host::builder().build();
    let script = host.lua().load("function f() end").await.unwrap();
    let failure = script.call::<()>("f", 5).await.unwrap_err();
    assert!(failure.error.message.contains("are no tuple"), "{failure}");
    assert!(failure.error.hint.as_deref().unwrap().contains("(contact,)"));
}

#[tokio::test]
async fn a_path_is_a_file_and_a_text_is_code() {
    let folder = tempfile::tempdir().unwrap();
    let host = Host::builder().build();
    for (language, module, code) in [
        (Language::Lua, "return { n = 20 }", "return require('part').n + #cliengo.args"),
        (
            Language::Rhai,
            "fn n() { 20 }",
            "import \"part\" as part; part::n() + cliengo.args.len()",
        ),
    ] {
        let extension = language.extension();
        std::fs::write(folder.path().join(format!("part.{extension}")), module).unwrap();
        let file = folder.path().join(format!("main.{extension}"));
        std::fs::write(&file, code).unwrap();
        let scripting = host.scripting(language).arguments(["a", "b"]);
        assert_eq!(scripting.eval::<u8>(file.as_path()).await.unwrap(), 22);
        assert_eq!(scripting.run::<u8>(file.clone()).await.result.unwrap(), 22);
        let source = Source::from_file(&file, None).unwrap();
        assert_eq!(scripting.eval::<u8>(source).await.unwrap(), 22);
    }
}

#[tokio::test]
async fn a_file_of_another_language_or_none_at_all_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("main.rhai");
    std::fs::write(&file, "1").unwrap();
    let host = Host::builder().build();
    let failure = host.lua().eval::<Value>(file).await.unwrap_err();
    assert!(failure.error.hint.as_deref().unwrap().contains("Host::rhai"), "{failure}");
    let missing = host.lua().eval::<Value>(Path::new("nowhere.lua")).await.unwrap_err();
    assert!(missing.error.message.contains("nowhere.lua"), "{missing}");
}

#[tokio::test]
async fn a_failure_tells_the_name_that_was_given_and_the_line() {
    let host = Host::builder().build();
    for (language, code) in [
        (Language::Lua, "local a = 1\nerror('bad')"),
        (Language::Rhai, "let a = 1;\nthrow \"bad\""),
    ] {
        let scripting = host.scripting(language).name("tenant 7");
        let failure = scripting.eval::<()>(code).await.unwrap_err();
        assert_eq!((failure.frames[0].file.as_str(), failure.frames[0].line), ("tenant 7", 2));
        let error = cliengo::Error::from(failure);
        assert!(error.message.starts_with("tenant 7:2: "), "{error}");
    }
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_an_error_that_names_the_field() {
    let host = Host::builder().build();
    let code = "return { { name = 'Ana' }, { name = 'Bea', tags = { 'a', 5 } } }";
    let failure = host.lua().eval::<Vec<Lead>>(code).await.unwrap_err();
    assert!(failure.error.message.contains("[1].tags[1]: invalid type"), "{failure}");
}

#[tokio::test]
async fn an_empty_table_of_lua_is_an_empty_list_where_a_list_is_wanted() {
    let host = Host::builder().build();
    assert_eq!(host.lua().eval::<Vec<Lead>>("{}").await.unwrap(), []);
    let leads: Vec<Lead> = host.lua().eval("return { { name = 'Ana', tags = {} } }").await.unwrap();
    assert_eq!(leads[0].tags, Vec::<String>::new());
    assert_eq!(host.lua().eval::<Value>("{}").await.unwrap(), serde_json::json!({}));
    let text = host.lua().eval::<String>("{}").await.unwrap_err();
    assert!(text.error.message.contains("invalid type: map"), "{text}");
}

#[tokio::test]
async fn a_function_is_called_by_a_name_that_is_made_while_the_program_runs() {
    let script = Host::builder().build().lua().load("function on_new() return 1 end").await;
    let (script, name) = (script.unwrap(), format!("on_{}", "new"));
    assert_eq!(script.call::<u8>(&name, ()).await.unwrap(), 1);
    assert_eq!(script.call::<u8>(name, ()).await.unwrap(), 1);
}
