//! From wherever in a script.

use cliengo::ErrorKind;
use cliengo::api::{Call, Callback};
use cliengo::engine::load;
use serde_json::json;

use super::*;

#[test]
fn both_languages_call_it_with_what_is_optional_or_without() {
    let host = with(score()).build();
    let lua = "return { crm.score({ name = 'Ana' }, 2), crm.score{ name = 'Ana' } }";
    let rhai = r#"[crm.score(#{ name: "Ana" }, 2), crm.score(#{ name: "Ana" })]"#;
    assert_eq!(both(&host, lua, rhai), json!([6, 3]));
}

#[test]
fn functions_and_closures_and_coroutines_of_the_script_see_it() {
    let host = with(score()).build();
    let lua = "local function inner(c) return crm.score(c) end
               local wrapped = coroutine.wrap(function() return inner{ name = 'Ana' } end)
               return wrapped()";
    let rhai = r#"fn inner(c) { crm.score(c) }
                  let closure = |name| inner(#{ name: name }) + crm.score(#{ name: name });
                  closure.call("Ana") / 2"#;
    assert_eq!(both(&host, lua, rhai), 3);
}

#[test]
fn the_modules_that_a_script_imports_see_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("rate.lua"),
        "return { of = function(c) return crm.score(c) + shout('x') end }",
    )
    .unwrap();
    std::fs::write(folder.path().join("rate.rhai"), "fn of(c) { crm.score(c) + shout(\"x\") }")
        .unwrap();
    let shout = OwnFunction::new("shout", |(text,): (String,), _| async move { Ok(text.len()) })
        .param("text", ParamType::Text, "What to shout.");
    let host = with(score()).register(shout).unwrap().build();
    for (language, code) in [
        (Language::Lua, "return require('rate').of{ name = 'Ana' }"),
        (Language::Rhai, r#"import "rate" as rate; rate::of(#{ name: "Ana" })"#),
    ] {
        let name = format!("main.{}", language.extension());
        let source = Source::from_text(name, code.to_owned(), language, folder.path().into());
        let context = host.context().build();
        let result = run(&source, &context, Limits::default(), Executor::own());
        assert_eq!(result.unwrap(), 4, "{language:?}");
    }
}

#[test]
fn a_name_without_a_namespace_is_a_global_function() {
    let greet = OwnFunction::new("greet", |(name,): (Option<String>,), _| async move {
        Ok(format!("Hola {}", name.unwrap_or("mundo".into())))
    })
    .optional_param("name", ParamType::Text, "Whom.");
    let nothing = OwnFunction::new("beat", |(): (), _| async { Ok(()) });
    let host = with(greet).register(nothing).unwrap().build();
    let lua = "local function f() return greet('Ana') end return { f(), greet(), beat() == nil }";
    let rhai = r#"fn f() { greet("Ana") } [f(), greet(), beat() == ()]"#;
    assert_eq!(both(&host, lua, rhai), json!(["Hola Ana", "Hola mundo", true]));
}

#[test]
fn it_reaches_the_account_and_gives_what_serde_can_write() {
    let emulator = cliengo::emulator::Emulator::start(Default::default()).unwrap();
    let client = cliengo::client::Client::builder()
        .base_url(emulator.base_url())
        .api_key(emulator.api_key())
        .build();
    let newest = OwnFunction::new("crm.newest", |(): (), call: Call| async move {
        let client = call.context.client()?;
        let mut contacts = client.contacts().list(Default::default()).walk();
        let page = contacts.next_page().await?.unwrap_or_default();
        let first: Value = serde_json::from_slice(&page[0].json).unwrap();
        Ok((first, call.context.arguments().len(), Option::<u8>::None, Vec::<u8>::new()))
    });
    let host = with(newest).client(client.unwrap()).build();
    let lua = "local r = crm.newest() return { r[1].id == cliengo.contacts.find{}.id, r[2], r[4] }";
    let rhai = "let r = crm.newest(); [r[0].id == cliengo.contacts.find(#{}).id, r[1], r[3]]";
    assert_eq!(both(&host, lua, rhai), json!([true, 0, []]));
}

#[test]
fn two_hosts_of_one_program_do_not_share_their_functions() {
    let (one, other) = (with(score()).build(), Host::builder().build());
    assert!(one.registry().find("crm.score").is_some());
    assert!(other.registry().find("crm.score").is_none());
    for (language, code) in [
        (Language::Lua, "return crm.score{ name = 'Ana' }"),
        (Language::Rhai, r#"crm.score(#{ name: "Ana" })"#),
    ] {
        assert!(evaluate(&other, language, code).is_err());
    }
}

#[test]
fn a_function_of_the_script_that_it_is_given_can_be_called_later() {
    let given: Arc<Mutex<Option<Callback>>> = Arc::default();
    let keep = Arc::clone(&given);
    let on_lead = OwnFunction::new("crm.on_lead", move |((),): ((),), call: Call| {
        *keep.lock().unwrap() = call.function(0).cloned();
        async { Ok(()) }
    })
    .param("handler", ParamType::Function, "What to do with a lead.");
    let host = with(on_lead).build();
    for (language, code) in [
        (Language::Lua, "crm.on_lead(function(name) return 'Hola ' .. name end)"),
        (Language::Rhai, r#"crm.on_lead(|name| "Hola " + name)"#),
    ] {
        let source = Source { expression: false, ..Source::from_code(code, language) };
        let context = host.context().build();
        let loaded = load(&source, &context, Limits::default(), Executor::own());
        let mut script = loaded.unwrap().0;
        let handler = given.lock().unwrap().take().unwrap();
        let result = script.call(&handler, &["\"Ana\"".into()], &host.context().build());
        assert_eq!(result.unwrap(), "Hola Ana");
    }
}

#[test]
fn the_end_of_a_run_ends_a_call_that_waits_for_ever() {
    let wait = OwnFunction::new("wait", |(): (), call: Call| async move {
        call.context.cancel().cancel(cliengo::Error::new(ErrorKind::Cancelled, "enough"));
        std::future::pending::<()>().await;
        Ok(())
    });
    let host = with(wait).build();
    for (language, code) in [(Language::Lua, "pcall(wait)"), (Language::Rhai, "wait()")] {
        let failure = evaluate(&host, language, code).unwrap_err();
        assert_eq!(failure.error.kind, ErrorKind::Cancelled);
    }
}
