//! Nothing of the registry is missing in the files, and no type is left open.

use cliengo::api::{OwnFunction, OwnValue, ParamType, Registry, ReturnType};
use serde_json::Value;

use crate::file;

#[test]
fn every_function_stands_in_every_file_under_each_of_its_names() {
    let (lua, luau, rhai) = (file("cliengo.d.lua"), file("cliengo.d.luau"), file("cliengo.d.rhai"));
    let api: Value = serde_json::from_str(&file("api.json")).unwrap();
    for function in Registry::builtin().functions() {
        let (namespace, name) = function.namespace_and_name();
        for name in std::iter::once(name).chain(function.alias) {
            let dot = if namespace.is_empty() { "" } else { "." };
            let head = format!("\nfunction cliengo.{namespace}{dot}{name}(");
            assert!(lua.contains(&head), "{head}");
            assert!(luau.contains(&format!("{name}: (")) || luau.contains(&format!("{name}: <")));
            assert!(rhai.contains(&format!("\nfn {name}({}", first(namespace))), "{name} in Rhai");
        }
        let all = api["functions"].as_array().unwrap();
        let found = all.iter().find(|it| it["path"] == *function.full_path()).unwrap();
        assert_eq!(found["parameters"].as_array().unwrap().len(), function.params.len());
        assert_eq!(found["errors"].as_array().unwrap().len(), function.errors.len());
        let expect: Value = serde_json::from_str(function.example.expect).unwrap();
        assert_eq!(found["example"]["gives"], expect);
    }
}

/// What a function of a table takes first in Rhai.
fn first(namespace: &str) -> &str {
    if namespace.is_empty() { "cliengo: Cliengo" } else { namespace }
}

#[test]
fn no_type_is_left_open() {
    for name in ["cliengo.d.lua", "cliengo.list.d.lua", "cliengo.text.d.lua"] {
        for line in file(name).lines().filter(|line| line.starts_with("---@")) {
            let mut words = line.split(' ');
            let kind = match words.next().unwrap() {
                "---@param" | "---@field" => words.nth(1),
                "---@return" | "---@type" => words.next(),
                _ => continue,
            };
            assert!(kind.is_some_and(|kind| !kind.is_empty() && kind != "unknown"), "{line}");
        }
    }
    for name in ["cliengo.d.luau", "cliengo.d.rhai"] {
        for line in file(name).lines().filter(|line| !line.trim_start().starts_with(['-', '/'])) {
            for open in [": ?", "-> ?", ": ,", ": ;", ":,", "unknown", "[]", "{  }"] {
                assert!(!line.contains(open), "{name}: {line}");
            }
        }
    }
}

#[test]
fn every_name_that_a_type_uses_is_declared() {
    let api: Value = serde_json::from_str(&file("api.json")).unwrap();
    let (lua, luau, rhai) = (file("cliengo.d.lua"), file("cliengo.d.luau"), file("cliengo.d.rhai"));
    for class in api["types"].as_array().unwrap() {
        let name = class["name"].as_str().unwrap();
        assert!(
            lua.contains(&format!("---@class {name}\n")) || lua.contains(&format!(") {name}\n"))
        );
        assert!(luau.contains(&format!("export type {name} = ")), "{name}");
        assert!(rhai.contains(&format!("type {name} = ")), "{name}");
        for field in class["fields"].as_array().unwrap() {
            assert!(field["doc"].as_str().is_some_and(|doc| doc.ends_with('.')), "{name}: {field}");
        }
    }
}

#[test]
fn what_the_scripts_call_is_declared() {
    let lua = file("cliengo.d.lua");
    let mut called = 0;
    for folder in ["scripts", "stdlib"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "lua") {
                continue;
            }
            for rest in std::fs::read_to_string(&path).unwrap().split("cliengo.").skip(1) {
                let end =
                    rest.find(|letter: char| !letter.is_alphanumeric() && !"_.".contains(letter));
                let name = rest[..end.unwrap_or(rest.len())].trim_end_matches('.');
                let declared =
                    [format!("function cliengo.{name}("), format!("\ncliengo.{name} = ")];
                assert!(declared.iter().any(|it| lua.contains(it)), "{}: {name}", path.display());
                called += 1;
            }
        }
    }
    assert!(called > 30, "{called} calls");
}

#[test]
fn an_embedders_own_functions_and_values_are_declared_beside_ours() {
    let score = OwnFunction::new("crm.score", |(_,): (String,), _| async { Ok(1) })
        .param("name", ParamType::Text, "The contact's name.")
        .gives(ReturnType::Integer)
        .doc("Says how good a lead is.");
    let ping = OwnFunction::new("ping", |(): (), _| async { Ok(()) }).gives(ReturnType::Nothing);
    let registry = Registry::builtin().with(score).unwrap().with(ping.doc("Pings.")).unwrap();
    let value = |path, value: serde_json::Value| OwnValue::new(path, value).unwrap();
    let team = value("crm.team", "north".into()).with_doc("Who we are.");
    let registry = registry.with_value(team).unwrap();
    let registry = registry.with_value(value("sizes", [1, 2].as_slice().into())).unwrap();
    let files = cliengo::types::files(&registry);
    for (name, words) in [
        (
            "cliengo.d.lua",
            ["function crm.score(name) end", "function ping() end", "crm.team = {}", "sizes = {}"],
        ),
        (
            "cliengo.d.luau",
            [
                "    score: (name: string) -> number,",
                "declare ping: () -> ()",
                "    team: string,",
                "declare sizes: { any }",
            ],
        ),
        (
            "cliengo.d.rhai",
            [
                "fn score(crm: Crm, name: String) -> int;",
                "fn ping() -> ();",
                "    team: String,",
                "let sizes: [",
            ],
        ),
        ("api.json", ["\"crm.score\"", "\"ping\"", "\"crm.team\"", "\"sizes\""]),
    ] {
        let (_, text) = files.iter().find(|(known, _)| known == name).unwrap();
        assert!(words.iter().all(|words| text.contains(words)), "{name}");
    }
}
