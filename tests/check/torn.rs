//! Scripts as they are while somebody writes them.

use std::path::Path;

use cliengo::api::Registry;
use cliengo::check::{Code, check};
use cliengo::engine::Source;
use proptest::prelude::*;

/// Every script and module of the repository.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["scripts", "stdlib", "tests/check/cases"].map(|folder| root.join(folder));
    let entries = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| Source::from_file(path, None).ok()).collect()
}

/// The text without the letters between these shares of it.
fn torn(text: &str, from: f64, to: f64) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = |share: f64| (letters.len() as f64 * share) as usize;
    letters[..at(from)].iter().chain(&letters[at(to).max(at(from))..]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_finding_stands_in_the_text_however_that_is_torn(
        number in 0_usize..1_000,
        from in 0.0..1.0_f64,
        length in 0.0..0.2_f64,
    ) {
        let sources = sources();
        let whole = &sources[number % sources.len()];
        let text = torn(&whole.text, from, (from + length).min(1.0));
        let source = Source { text, ..whole.clone() };
        let lines: Vec<_> = source.text.split('\n').collect();
        for found in check(&source, &Registry::builtin()) {
            prop_assert!(found.code != Code::Unreadable, "{found:?}");
            let line = found.line.checked_sub(1).and_then(|at| lines.get(at));
            let room = line.map(|line| line.chars().count() + 1);
            prop_assert!(room.is_some_and(|room| (1..=room).contains(&found.column)), "{found:?}");
        }
    }
}
