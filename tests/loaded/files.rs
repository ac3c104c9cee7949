//! A script from a folder, with modules of its own.

use std::path::PathBuf;

use cliengo::api::Context;
use cliengo::engine::{Executor, Limits, LoadedScript, Source, load};
use serde_json::json;

use crate::call;

/// Writes the files and loads the first.
fn loaded(folder: &tempfile::TempDir, files: &[(&str, &str)]) -> LoadedScript {
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let source = Source::from_file(&folder.path().join(files[0].0), None).unwrap();
    load(&source, &Context::builder().build(), Limits::default(), Executor::own()).unwrap().0
}

const LUA: [(&str, &str); 2] = [
    (
        "leads.lua",
        "local text = require 'text'
local counts = require 'counts'
local function own(name) return counts.count(name) end
function on_lead(contact) return { own(contact.name), text ~= nil } end
function fail() counts.fail() end
function late() return require('./later') end",
    ),
    (
        "counts.lua",
        "local seen = {}
return {
    count = function(name) seen[name] = (seen[name] or 0) + 1 return seen[name] end,
    fail = function() error('broken') end,
}",
    ),
];

const RHAI: [(&str, &str); 2] = [
    (
        "leads.rhai",
        "import \"text\" as text;
import \"counts\" as counts;
fn own(name) { counts::count(name) }
fn on_lead(contact) { [own(contact.name), text::trim(\" A \") != ()] }
fn fail() { counts::fail() }
fn late() { import \"./later\" as later; later::VALUE }",
    ),
    (
        "counts.rhai",
        "fn inner(name) { name.len() }\nfn count(name) { inner(name) }\n\nfn fail() { throw \"broken\"; }",
    ),
];

#[test]
fn functions_of_modules_and_the_scripts_own_are_there_in_later_calls() {
    let folder = tempfile::tempdir().unwrap();
    let contact = r#"{ "name": "Ana" }"#;
    let mut script = loaded(&folder, &LUA);
    for count in 1..=3 {
        assert_eq!(call(&mut script, "on_lead", &[contact]).unwrap(), json!([count, true]));
    }
    let mut script = loaded(&folder, &RHAI);
    for _ in 1..=3 {
        assert_eq!(call(&mut script, "on_lead", &[contact]).unwrap(), json!([3, true]));
    }
}

#[test]
fn an_error_in_a_module_tells_the_modules_place() {
    let folder = tempfile::tempdir().unwrap();
    for files in [LUA, RHAI] {
        let mut script = loaded(&folder, &files);
        let failure = call(&mut script, "fail", &[]).unwrap_err();
        let places: Vec<_> =
            failure.frames.iter().map(|it| (PathBuf::from(&it.file), it.line)).collect();
        let file = |index: usize| folder.path().join(files[index].0);
        assert_eq!(places, [(file(1), 4), (file(0), 5)], "{failure:?}");
    }
}

#[test]
fn the_files_are_the_script_and_what_it_has_loaded_so_far() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("later.lua"), "return 5").unwrap();
    std::fs::write(folder.path().join("later.rhai"), "export const VALUE = 5;").unwrap();
    for files in [LUA, RHAI] {
        let mut script = loaded(&folder, &files);
        let mut expected: Vec<_> = files.iter().map(|(name, _)| folder.path().join(name)).collect();
        assert_eq!(script.files(), expected);
        assert_eq!(call(&mut script, "late", &[]).unwrap(), 5);
        let extension = expected[0].extension().unwrap().to_str().unwrap().to_owned();
        expected.push(folder.path().join(format!("later.{extension}")));
        assert_eq!(script.files(), expected);
    }
}

#[test]
fn a_module_sees_a_global_of_the_script_as_it_is_now() {
    let folder = tempfile::tempdir().unwrap();
    let script = "count, config = 1, { level = 'low' }
        function greet() return 'hello' end
        local first = require('first')
        count, config.level = 2, 'high'
        function greet() return 'hola' end
        function now() return { first(), require('second')() } end
        function next_month() count, config, late = 3, { level = 'top' }, 'late' return now() end
        function broken() return require('broken') end";
    let module = "return function() return { count, config.level, greet(), late or 'none' } end";
    let broken = "--!optimize 2\ncount = = 1";
    let files = [
        ("leads.lua", script),
        ("first.lua", module),
        ("second.lua", module),
        ("broken.lua", broken),
    ];
    let mut script = loaded(&folder, &files);
    let now = json!([2, "high", "hola", "none"]);
    assert_eq!(call(&mut script, "now", &[]).unwrap(), json!([now, now]));
    let next = json!([3, "top", "hola", "late"]);
    assert_eq!(call(&mut script, "next_month", &[]).unwrap(), json!([next, next]));
    let failure = call(&mut script, "broken", &[]).unwrap_err();
    assert!(failure.error.message.contains("broken.lua:2: "), "{failure}");
}
