//! `cargo xtask generate`: the files that are derived from the registry of script functions.

use std::fmt::Write as _;

use cliengo::api::{ApiFn, VALUES, functions};

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
    let mut text = String::from(
        "# Reference\n\nWhat scripts can call, in both languages. Generated from the registry by \
         `cargo xtask generate`; the examples run in the tests, against the emulator.\n",
    );
    for function in functions() {
        section(&mut text, function);
    }
    text.push_str("\n## Values\n\n");
    for value in VALUES {
        let _ = writeln!(text, "- `cliengo.{}`: {}", value.path, value.doc);
    }
    text
}

fn section(text: &mut String, function: &ApiFn) {
    let _ = write!(text, "\n## `cliengo.{}`\n\n{}\n", function.signature(), function.doc);
    if let Some(alias) = function.alias {
        let _ = write!(text, "\nIts other name is `cliengo.{alias}`.\n");
    }
    if function.mutates {
        text.push_str("\nIt can change the account's data.\n");
    }
    if !function.params.is_empty() {
        text.push('\n');
    }
    for param in function.params {
        let optional = if param.optional { ", optional" } else { "" };
        let _ = writeln!(text, "- `{}`{optional}: {}", param.name, param.doc);
    }
    let example = function.example;
    let _ = write!(
        text,
        "\nGives {}.\n\n```lua\n{}\n```\n\n```rhai\n{}\n```\n\nBoth give `{}`.\n",
        function.returns, example.lua, example.rhai, example.expect
    );
}
