//! Loaded scripts: their functions, what they registered, and what they remember.

use std::sync::{Arc, Mutex};

use cliengo::api::{Call, Callback, OwnFunction, ParamType, Registration};
use cliengo::engine::Language;
use cliengo::{ErrorKind, Host};
use serde_json::json;

#[tokio::test]
async fn a_script_tells_its_functions_and_nobody_elses() {
    let host = Host::builder().build();
    for (language, code) in [
        (
            Language::Lua,
            "function on_lead(lead) end function on_end() end
             local function inner() end greeting = 'Hola'",
        ),
        (
            Language::Rhai,
            "fn on_lead(lead) {} fn on_lead(lead, event) {} fn on_end() {} let closure = |x| x;",
        ),
    ] {
        let script = host.scripting(language).load(code).await.unwrap();
        assert_eq!(script.functions(), ["on_end", "on_lead"], "{language:?}");
    }
}

#[tokio::test]
async fn a_misspelt_function_is_an_error_that_knows_which_was_meant() {
    let host = Host::builder().build();
    for (language, code) in
        [(Language::Lua, "function on_lead() end"), (Language::Rhai, "fn on_lead() {}")]
    {
        let script = host.scripting(language).load(code).await.unwrap();
        let failure = script.call::<()>("on_laed", ()).await.unwrap_err();
        assert_eq!(failure.error.kind, ErrorKind::NotFound);
        assert_eq!(failure.error.hint.as_deref(), Some("did you mean \"on_lead\"?"));
        script.call::<()>("on_lead", ()).await.unwrap();
    }
}

#[tokio::test]
async fn a_script_remembers_from_call_to_call_and_clones_are_one() {
    let host = Host::builder().build();
    let script = host.lua().load("local n = 0 function f() n = n + 1 return n end").await.unwrap();
    let clone = script.clone();
    assert_eq!(script.call::<u8>("f", ()).await.unwrap(), 1);
    drop(script);
    assert_eq!(clone.call::<u8>("f", ()).await.unwrap(), 2);
}

#[tokio::test]
async fn a_failed_call_leaves_the_script_usable() {
    let host = Host::builder().build();
    for (language, code) in [
        (Language::Lua, "function f(n) if n == 0 then error('no') end return n end"),
        (Language::Rhai, "fn f(n) { if n == 0 { throw \"no\" } n }"),
    ] {
        let script = host.scripting(language).name("rules").load(code).await.unwrap();
        let failure = script.call::<u8>("f", (0,)).await.unwrap_err();
        assert_eq!((failure.frames[0].file.as_str(), failure.frames[0].line), ("rules", 1));
        assert_eq!(script.call::<u8>("f", (7,)).await.unwrap(), 7);
        assert!(script.is_usable());
    }
}

#[tokio::test]
async fn a_script_that_does_not_load_says_why() {
    let host = Host::builder().build();
    for (language, code) in [(Language::Lua, "function f("), (Language::Rhai, "fn f( {")] {
        let failure = host.scripting(language).load(code).await.unwrap_err();
        assert_eq!(failure.frames[0].line, 1, "{failure:?}");
    }
}

#[tokio::test]
async fn the_handlers_that_a_script_registered_can_be_called() {
    let host = Host::builder().build();
    for (language, code) in [
        (
            Language::Lua,
            "cliengo.watch.new_contacts({ id = 'leads' }, function(c) return 'Hola ' .. c.name end)",
        ),
        (Language::Rhai, r#"cliengo.watch.new_contacts(#{ id: "leads" }, |c| "Hola " + c.name)"#),
    ] {
        let script = host.scripting(language).load(code).await.unwrap();
        let [Registration::Watch(watch)] = script.registrations() else {
            panic!("{:?}", script.registrations());
        };
        assert_eq!(watch.definition.id, "leads");
        let arguments = (json!({ "name": "Ana" }), json!({ "kind": "new" }));
        let said: String = script.call(&watch.handler, arguments).await.unwrap();
        assert_eq!(said, "Hola Ana");
    }
}

#[tokio::test]
async fn a_function_that_a_script_gave_to_the_programs_own_can_be_called() {
    let given: Arc<Mutex<Option<Callback>>> = Arc::default();
    let keep = Arc::clone(&given);
    let on_lead = OwnFunction::new("crm.on_lead", move |((),): ((),), call: Call| {
        *keep.lock().unwrap() = call.function(0).cloned();
        async { Ok(()) }
    })
    .param("handler", ParamType::Function, "What to do with a lead.");
    let host = Host::builder().register(on_lead).unwrap().build();
    for (language, code) in [
        (Language::Lua, "crm.on_lead(function(name) return 'Hola ' .. name end)"),
        (Language::Rhai, r#"crm.on_lead(|name| "Hola " + name)"#),
    ] {
        let script = host.scripting(language).load(code).await.unwrap();
        let handler = given.lock().unwrap().take().unwrap();
        assert_eq!(script.call::<String>(&handler, ("Ana",)).await.unwrap(), "Hola Ana");
    }
}
