//! Every example in the registry runs, in both languages, and gives what it says it gives.

#![cfg(all(feature = "lua", feature = "rhai", feature = "emulator"))]
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use cliengo::api::{ApiFn, Context, MemorySteps, Registry};
use cliengo::client::Client;
use cliengo::emulator::{Emulator, EmulatorOptions};
use cliengo::engine::{Executor, Language, Limits, Source, run};
use serde_json::Value;

/// What the example gives in this language, on an account of its own.
fn result(code: &str, language: Language) -> Result<Value, String> {
    let emulator = Emulator::start(EmulatorOptions::default()).unwrap();
    let client = Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
    let steps = Arc::new(MemorySteps::default());
    let context = Context::builder().client(client.build().unwrap()).steps(steps).build();
    let source = Source { expression: false, ..Source::from_code(code, language) };
    run(&source, &context, Limits::default(), Executor::own()).map_err(|error| error.to_string())
}

fn check(function: &ApiFn) -> Vec<String> {
    let example = &function.example;
    let expected: Value = serde_json::from_str(example.expect).unwrap();
    let languages = [(Language::Lua, example.lua), (Language::Rhai, example.rhai)];
    let wrong = languages.into_iter().filter_map(|(language, code)| {
        let result = result(code, language);
        let right = result.as_ref().is_ok_and(|value| *value == expected);
        (!right).then(|| format!("{} in {language:?}: {result:?}", function.path))
    });
    wrong.collect()
}

/// Modules that reach out of the run: what their examples give hangs on what the machine has.
const REACHING_OUT: [&str; 1] = ["fs"];

/// The functions of the standard library's modules.
fn of_modules() -> impl Iterator<Item = &'static ApiFn> {
    cliengo::stdlib::MODULES.iter().flat_map(|module| module.functions)
}

#[test]
fn every_example_of_a_module_gives_what_it_says_in_both_languages() {
    let inward = |function: &&ApiFn| !REACHING_OUT.contains(&function.namespace_and_name().0);
    let wrong: Vec<_> = of_modules().filter(inward).flat_map(check).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A dry run: nothing is written, and what would be is read.
#[cfg(feature = "stdlib")]
#[test]
fn every_example_of_files_gives_what_it_says_in_a_rehearsal() {
    let functions: Vec<_> = of_modules().filter(|it| it.path.starts_with("fs.")).collect();
    assert!(functions.len() > 5);
    for (function, language) in functions
        .iter()
        .flat_map(|function| [(function, Language::Lua), (function, Language::Rhai)])
    {
        let example = &function.example;
        let code = if language == Language::Lua { example.lua } else { example.rhai };
        let permissions = cliengo::api::Permissions::all();
        let context = Context::builder().permissions(permissions).dry_run(true).build();
        let source = Source { expression: false, ..Source::from_code(code, language) };
        let given = run(&source, &context, Limits::default(), Executor::own()).unwrap();
        let expected: Value = serde_json::from_str(example.expect).unwrap();
        assert_eq!(given, expected, "{} in {language:?}", function.path);
    }
}

#[test]
fn an_example_of_a_module_loads_it_and_calls_the_function_it_stands_for() {
    for function in of_modules() {
        let (module, name) = function.namespace_and_name();
        let example = &function.example;
        let lua = [format!("require \"{module}\""), format!("{module}.{name}")];
        assert!(lua.iter().all(|part| example.lua.contains(part)), "{}", function.path);
        let rhai = [format!("import \"{module}\" as {module};"), format!("{module}::{name}(")];
        assert!(rhai.iter().all(|part| example.rhai.contains(part)), "{}", function.path);
    }
}

#[test]
fn every_example_gives_what_it_says_in_both_languages() {
    let wrong: Vec<_> =
        Registry::builtin().functions().flat_map(|function| check(function)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_example_calls_the_function_it_stands_for() {
    for function in Registry::builtin().functions() {
        let called = format!("cliengo.{}", function.path);
        let example = &function.example;
        assert!(example.lua.contains(&called), "{}: {}", function.path, example.lua);
        assert!(example.rhai.contains(&called), "{}: {}", function.path, example.rhai);
    }
}
