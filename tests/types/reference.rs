//! The reference that is committed.

use cliengo::api::Registry;
use cliengo::types::reference;

#[test]
fn the_reference_is_what_the_registry_says() {
    let committed = include_str!("../../docs/reference.md");
    assert!(committed == reference(&Registry::builtin()), "run cargo xtask generate");
}
