//! The examples in `scripts/` run, do what they promise, and are the same in both languages.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

#[path = "scripts/pair.rs"]
mod pair;
#[path = "scripts/promises.rs"]
mod promises;
#[path = "scripts/watching.rs"]
mod watching;

#[tokio::test]
async fn every_script_runs_alike_in_both_languages() {
    for script in pair::names("scripts", "lua") {
        if !watching::has_watches(&script) {
            pair::run_both(&script, &[], 120).await;
        }
    }
}

#[test]
fn every_file_has_its_twin_in_the_other_language() {
    for folder in ["scripts", "stdlib"] {
        assert_eq!(pair::names(folder, "lua"), pair::names(folder, "rhai"), "{folder}");
    }
}
