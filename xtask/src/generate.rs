//! `cargo xtask generate`: the files that are derived from the registry of script functions. `tests/types` holds
//! that they are up to date.

use cliengo::api::Registry;

use crate::Outcome;

/// Writes the generated files.
pub fn write() -> Outcome {
    Ok(std::fs::write("docs/reference.md", cliengo::types::reference(&Registry::builtin()))?)
}
