//! The same script in both languages does the same: each pair in `conformance/` gives, to the byte,
//! what stands in the `.json` beside it.
//!
//! The program runs them where it is built, and else the library: a build with Lua 5.4 has no program.
//!
//! `CLIENGO_BLESS=1 cargo test --test conformance` writes the `.json` files anew, from Lua; read the
//! difference before you commit it.

#![cfg(all(feature = "emulator", feature = "lua", feature = "rhai"))]
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use support::Account;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}

/// The extensions of each case.
fn cases() -> BTreeMap<String, BTreeSet<String>> {
    let mut cases = BTreeMap::<String, BTreeSet<String>>::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let part = |part: Option<&std::ffi::OsStr>| part.unwrap().to_str().unwrap().to_owned();
            cases.entry(part(path.file_stem())).or_default().insert(part(path.extension()));
        }
    }
    cases
}

const ARGUMENTS: [&str; 3] = ["first", "--second=2", "drei ✓"];

/// What the case gives in this language, on an account of its own.
fn result(case: &str, extension: &str) -> Result<String, String> {
    let script = folder().join(format!("{case}.{extension}"));
    run(&Account::with_oddities(), &script).map_err(|why| format!("{case}.{extension}: {why}"))
}

#[cfg(feature = "cli")]
fn run(account: &Account, script: &Path) -> Result<String, String> {
    let program = account.program(&["run", "-o", "json"]).argument(script);
    let ran = program.arguments(&ARGUMENTS).run();
    if ran.code == Some(0) { Ok(ran.stdout) } else { Err(format!("{ran:#?}")) }
}

#[cfg(not(feature = "cli"))]
fn run(account: &Account, script: &Path) -> Result<String, String> {
    use cliengo::{api, client, engine, runtime};

    let (emulator, state) = (&account.emulator, tempfile::tempdir().unwrap());
    let client =
        client::Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
    let context = api::Context::builder()
        .client(client.build().unwrap())
        .arguments(ARGUMENTS.map(str::to_owned).into())
        .state_folder(state.path())
        .steps(std::sync::Arc::new(api::MemorySteps::default()))
        .explain(with_flag)
        .build();
    let source = engine::Source::from_file(script, None).unwrap();
    let (limits, timeout) = (engine::Limits::default(), None);
    let job = runtime::Job { source, context, limits, timeout };
    let outcome = runtime::supervise(job, runtime::Interruption::None);
    outcome.result.map(|value| format!("{value}\n")).map_err(|failure| format!("{failure:#?}"))
}

/// The library's hints name no flag; those of the program do.
#[cfg(not(feature = "cli"))]
fn with_flag(error: cliengo::Error) -> cliengo::Error {
    let (words, flag) = ("allow the run to read the variable ", "allow it with --allow-env ");
    let hint = error.hint.as_deref().unwrap_or_default().replace(words, flag);
    if hint.is_empty() { error } else { error.with_hint(hint) }
}

#[test]
fn every_case_has_its_twin_and_its_result() {
    let whole: BTreeSet<String> = ["json", "lua", "rhai"].map(str::to_owned).into();
    let cases = cases();
    assert!(cases.len() >= 20, "the cases were not found");
    for (case, extensions) in cases {
        assert_eq!(extensions, whole, "{case}");
    }
}

#[test]
fn both_languages_give_the_same_bytes() {
    let bless = std::env::var_os("CLIENGO_BLESS").is_some();
    let mut differences = Vec::new();
    for case in cases().into_keys() {
        let golden = folder().join(format!("{case}.json"));
        let results = [result(&case, "lua"), result(&case, "rhai")];
        if let (true, Ok(lua)) = (bless, &results[0]) {
            std::fs::write(&golden, lua).unwrap();
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        for (language, result) in ["lua", "rhai"].into_iter().zip(results) {
            match result {
                Ok(result) if result == expected => {}
                Ok(result) => differences
                    .push(format!("{case}.{language} gives\n  {result}instead of\n  {expected}")),
                Err(failure) => differences.push(failure),
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
