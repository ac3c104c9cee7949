//! Which names it may have.

use cliengo::ErrorKind;
use cliengo::api::Registry;
use cliengo::engine::stdlib_modules;

use super::*;

fn named(path: &str) -> OwnFunction {
    OwnFunction::new(path, |(): (), _| async { Ok(()) })
}

/// Why the name is refused.
fn refusal(path: &str) -> String {
    let error = Registry::builtin().with(named(path)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Invalid);
    assert!(error.hint.is_some());
    error.message.clone()
}

#[test]
fn what_is_no_name_is_refused() {
    for path in ["", ".", "a.", ".a", "a.b.c", "a b", "1a", "a-b", "ñandú", "a.b()"] {
        assert!(refusal(path).contains("it is to be a name"), "{path}");
    }
}

#[test]
fn what_the_crate_and_the_languages_have_is_refused() {
    assert!(refusal("cliengo.mine").contains("own"));
    assert!(refusal("cliengo").contains("own"));
    for path in ["string.upper", "table", "math.mine", "print", "require", "len", "_"] {
        assert!(refusal(path).contains("scripts have another"), "{path}");
    }
    for module in stdlib_modules() {
        assert!(refusal(module).contains("scripts have another"), "{module}");
    }
    for path in ["end", "crm.end", "fn", "crm.call", "switch.it", "crm.local", "this"] {
        assert!(refusal(path).contains("is a reserved word"), "{path}");
    }
}

#[test]
fn every_global_of_lua_is_refused() {
    let context = Context::builder().build();
    let code = "local names = {}
                for name in pairs(_G) do table.insert(names, name) end
                return names";
    let names = in_context(&context, Language::Lua, code).unwrap();
    let names: Vec<&str> = names.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(names.contains(&"pcall"), "{names:?}");
    for name in names.into_iter().filter(|name| *name != "cliengo") {
        refusal(name);
        refusal(&format!("{name}.mine"));
    }
}

#[test]
fn a_name_is_taken_once() {
    let registry = Registry::builtin().with(named("crm.score")).unwrap();
    for path in ["crm.score", "crm"] {
        let error = registry.clone().with(named(path)).unwrap_err();
        assert!(error.message.contains("there is crm.score already"), "{error}");
    }
    let registry = registry.with(named("crm.rank")).unwrap().with(named("score")).unwrap();
    assert!(registry.clone().with(named("score.it")).is_err());
    let own: Vec<_> =
        registry.functions().filter(|it| it.is_own()).map(|it| it.full_path()).collect();
    assert_eq!(own, ["crm.score", "crm.rank", "score"]);
    assert_eq!(registry.find("crm.rank").unwrap().usage(), "crm.rank()");
}

#[test]
fn a_name_of_the_crates_may_stand_in_another_namespace() {
    let registry = Registry::builtin().with(named("contacts.list")).unwrap();
    assert!(registry.find("contacts.list").unwrap().is_own());
    assert!(!registry.find("cliengo.contacts.list").unwrap().is_own());
    let host = Host::builder().register(named("contacts.list")).unwrap().build();
    let (lua, rhai) = ("return contacts.list() == nil", "contacts.list() == ()");
    assert_eq!(both(&host, lua, rhai), true);
}
