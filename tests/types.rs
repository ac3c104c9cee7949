//! `cliengo types` and `cliengo help`: what editors and people read of the registry is all of it, and true.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

#[path = "types/declared.rs"]
mod declared;
#[path = "types/files.rs"]
mod files;
#[path = "types/help.rs"]
mod help;
#[path = "types/parsed.rs"]
mod parsed;
#[path = "types/reference.rs"]
mod reference;
mod support;
#[path = "types/taken.rs"]
mod taken;

use cliengo::api::Registry;

/// The text of one of the files.
fn file(name: &str) -> String {
    let files = cliengo::types::files(&Registry::builtin());
    files.into_iter().find(|(known, _)| known == name).unwrap().1
}
