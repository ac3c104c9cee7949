//! `cargo xtask generate`: the files that are derived from the registry of script functions.

use cliengo::api::Registry;

use crate::Outcome;

const REFERENCE: &str = "docs/reference.md";

/// Writes the generated files.
pub fn write() -> Outcome {
    Ok(std::fs::write(REFERENCE, reference())?)
}

/// Fails where a generated file is not what would be written.
pub fn check() -> Outcome {
    if std::fs::read_to_string(REFERENCE)? == reference() {
        return Ok(());
    }
    Err(format!("{REFERENCE} is out of date: run cargo xtask generate").into())
}

fn reference() -> String {
    cliengo::types::reference(&Registry::builtin())
}
