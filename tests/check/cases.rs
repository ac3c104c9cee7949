//! Each rule in both languages.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::Program;

/// Rhai has no colon calls, tells the first error of a script alone, and counts arguments.
const OF_ONE_LANGUAGE: [&str; 3] = ["colon_calls", "syntax_errors", "own_counts"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// What is found in these paths, by the files' paths.
fn found(paths: &[PathBuf]) -> BTreeMap<PathBuf, Vec<Value>> {
    let program = Program::new(&["check", "-o", "json"]);
    let ran = paths.iter().fold(program, |program, path| program.argument(path)).run();
    let list: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(ran.code, Some(i32::from(!list.is_empty())), "{ran:?}");
    let mut by_file = BTreeMap::<_, Vec<_>>::new();
    for finding in list {
        let file = finding["file"].as_str().unwrap().into();
        by_file.entry(file).or_default().push(finding);
    }
    by_file
}

/// One line for each finding.
fn lines(findings: &[Value]) -> String {
    let mut text = String::new();
    for finding in findings {
        let word = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        let (line, column) = (&finding["line"], &finding["column"]);
        let end = finding["end_column"].as_u64().map_or(String::new(), |end| format!("-{end}"));
        let (severity, code) = (word("severity"), word("code"));
        let _ = writeln!(text, "{line}:{column}{end} {severity} {code}: {}", word("message"));
        if !word("hint").is_empty() {
            let _ = writeln!(text, "    {}", word("hint"));
        }
    }
    text
}

#[test]
fn every_case_is_found_as_its_text_says_in_both_languages() {
    let folder = root().join("tests/check/cases");
    let found = found(std::slice::from_ref(&folder));
    let mut differences = Vec::new();
    for case in names(&folder) {
        let of = |extension: &str| {
            let file = folder.join(format!("{case}.{extension}"));
            assert!(file.is_file(), "{} is missing", file.display());
            found.get(&file).cloned().unwrap_or_default()
        };
        let (lua, rhai) = (of("lua"), of("rhai"));
        let codes = |list: &[Value]| list.iter().map(|it| it["code"].clone()).collect::<Vec<_>>();
        if !OF_ONE_LANGUAGE.contains(&case.as_str()) && codes(&lua) != codes(&rhai) {
            differences.push(format!("{case}: the languages differ"));
        }
        if (case == "nothing_wrong") != (lua.is_empty() && rhai.is_empty()) {
            differences.push(format!("{case}: {lua:#?} {rhai:#?}"));
        }
        let text = format!("Lua\n{}\nRhai\n{}", lines(&lua), lines(&rhai));
        let text = text.replace(folder.to_str().unwrap(), "the folder");
        let golden = folder.join(format!("{case}.txt"));
        if std::env::var_os("CLIENGO_BLESS").is_some() {
            std::fs::write(&golden, &text).unwrap();
        }
        if std::fs::read_to_string(&golden).unwrap_or_default() != text {
            differences.push(format!("{case}:\n{text}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let lua = entries.filter(|path| path.extension().is_some_and(|extension| extension == "lua"));
    let mut names: Vec<_> =
        lua.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_scripts_and_the_standard_library_are_clean() {
    let found = found(&[root().join("scripts"), root().join("stdlib")]);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_example_of_the_reference_is_clean_but_the_one_that_shows_a_mistake() {
    let mut program = Program::new(&["check", "-o", "json", "examples"]);
    let registry = cliengo::api::Registry::builtin();
    let builtin = registry.functions().map(|function| &**function);
    let of_modules = cliengo::stdlib::MODULES.iter().flat_map(|module| module.functions);
    let all: Vec<&cliengo::api::ApiFn> = builtin.chain(of_modules).collect();
    for function in all {
        let example = function.example;
        for (extension, code) in [("lua", example.lua), ("rhai", example.rhai)] {
            let name = format!("examples/{}.{extension}", function.path);
            program = program.file(&name, code);
        }
    }
    let found: Vec<Value> = serde_json::from_str(&program.run().stdout).unwrap();
    let shown = ["lua", "rhai"].map(|it| format!("examples/contacts.create_many.{it}"));
    let files: Vec<_> = found.iter().map(|it| it["file"].as_str().unwrap()).collect();
    assert_eq!(files, shown, "{found:#?}");
    assert!(found.iter().all(|it| it["hint"] == "did you mean \"name\"?"), "{found:#?}");
}
