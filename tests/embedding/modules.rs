//! Modules of the program's own.

use cliengo::api::OwnModule;
use cliengo::engine::Language;
use cliengo::{ErrorKind, Host};

fn with(module: OwnModule) -> Host {
    Host::builder().module(module).unwrap().build()
}

#[tokio::test]
async fn a_module_takes_the_place_of_the_standard_librarys() {
    let list = OwnModule::new("list").lua("return 'mine'").rhai("fn whose() { \"mine\" }");
    let host = with(list);
    assert_eq!(host.lua().eval::<String>("require 'list'").await.unwrap(), "mine");
    let rhai = "import \"list\" as list; list::whose()";
    assert_eq!(host.rhai().eval::<String>(rhai).await.unwrap(), "mine");
    let other = Host::builder().build();
    assert!(other.lua().eval::<bool>("require('list') ~= 'mine'").await.unwrap());
}

#[tokio::test]
async fn a_module_calls_what_scripts_call_and_its_errors_name_it() {
    let module = OwnModule::new("rules").lua("return { f = function()\n error('bad') end }");
    let host = with(module.rhai("fn f() {\n throw \"bad\" }"));
    for (language, code) in [
        (Language::Lua, "require('rules').f()"),
        (Language::Rhai, "import \"rules\" as rules; rules::f()"),
    ] {
        let failure = host.scripting(language).eval::<()>(code).await.unwrap_err();
        let file = format!("own/rules.{}", language.extension());
        assert_eq!((&failure.frames[0].file, failure.frames[0].line), (&file, 2), "{failure:?}");
    }
}

#[tokio::test]
async fn a_misspelt_module_is_an_error_that_knows_which_was_meant() {
    let host = with(OwnModule::new("prices").lua("return 1"));
    let failure = host.lua().eval::<u8>("require 'price'").await.unwrap_err();
    assert_eq!(failure.error.kind, ErrorKind::NotFound);
    assert_eq!(failure.error.hint.as_deref(), Some("did you mean \"prices\"?"));
    let failure = host.rhai().eval::<u8>("import \"prices\" as p; 1").await.unwrap_err();
    assert_eq!(failure.error.kind, ErrorKind::NotFound, "{failure}");
    assert!(
        failure.error.hint.as_deref().unwrap().contains("in another language only"),
        "{failure}"
    );
}

#[test]
fn what_cannot_be_a_module_is_refused() {
    let code = |name: &str| OwnModule::new(name).lua("return 1");
    for module in [code("../up"), code("a.b"), code(""), OwnModule::new("empty")] {
        let refused = Host::builder().module(module).unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Invalid);
    }
    let taken = Host::builder().module(code("a")).unwrap().module(code("a")).unwrap_err();
    assert!(taken.message.contains("there is one already"), "{taken}");
}
