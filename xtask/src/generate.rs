//! `cargo xtask generate`: the files that are derived from the registry of script functions.

use std::fmt::Write as _;

use cliengo::ErrorKind;
use cliengo::api::{ApiFn, Registry};
use cliengo::schema::{CONTACT_FIELDS, CONTACT_FILTERS, OnCreate};

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
    for function in Registry::builtin().functions() {
        section(&mut text, function);
    }
    filters(&mut text);
    fields(&mut text);
    errors(&mut text);
    text.push_str("\n## Values\n\n");
    for value in Registry::builtin().values() {
        let _ = writeln!(text, "- `cliengo.{}`: {}", value.path, value.doc);
    }
    text
}

fn filters(text: &mut String) {
    text.push_str("\n## Filters\n\n| name | value | meaning |\n|---|---|---|\n");
    for filter in CONTACT_FILTERS {
        let alias = filter.alias.map_or_else(String::new, |alias| format!(", `{alias}`"));
        let (name, kind) = (filter.name, filter.kind.describe());
        let _ = writeln!(text, "| `{name}`{alias} | {kind} | {} |", filter.doc);
    }
    text.push_str(
        "\nNames are taken in camelCase too. A day is a day in UTC; an age such as `7d` counts from now. \
         `last_updated` is one day, not \"since\": for what was updated in a week, compare \
         `contact.lastUpdateDate` with `cliengo.now(\"-7d\")`.\n",
    );
}

fn fields(text: &mut String) {
    text.push_str(
        "\n## Fields of a contact\n\nThe API's own spelling; snake_case is taken everywhere too. A field can \
         be absent, and the API may send others, which are kept.\n\n\
         | name | group | value | read | create | update | meaning |\n|---|---|---|---|---|---|---|\n",
    );
    let mark = |yes| if yes { "•" } else { "" };
    for field in CONTACT_FIELDS {
        let create = match field.create {
            OnCreate::Required => "needed",
            OnCreate::Optional => "•",
            OnCreate::Refused => "",
        };
        let (read, update) = (mark(field.answered), mark(field.update));
        let (name, kind, doc) = (field.name, field.kind.describe(), field.doc);
        let group = field.group.title();
        let _ = writeln!(
            text,
            "| `{name}` | {group} | {kind} | {read} | {create} | {update} | {doc} |"
        );
    }
}

fn errors(text: &mut String) {
    text.push_str(
        "\n## Errors\n\nEach function says which kinds it raises; besides, the end of the run itself \
         (`cancelled`, `limit`) can come in any of them, and under a wrong base URL `not_found`. What `pcall` (Lua) and `try … catch` (Rhai) get: `kind`, `message`, and where they \
         are known `hint`, `status`, `method`, `path`; `retryable` says whether the same call may go \
         through later.\n\n| kind | meaning |\n|---|---|\n",
    );
    for kind in ErrorKind::ALL {
        let _ = writeln!(text, "| `{kind}` | {} |", kind.meaning());
    }
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
        "\nGives {}. Raises {}.\n\n```lua\n{}\n```\n\n```rhai\n{}\n```\n\nBoth give `{}`.\n",
        function.returns,
        raised(function),
        example.lua,
        example.rhai,
        example.expect
    );
}

/// The kinds of errors in words: `` `invalid` or `denied` ``.
fn raised(function: &ApiFn) -> String {
    let kinds: Vec<String> = function.errors.iter().map(|kind| format!("`{kind}`")).collect();
    match kinds.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => "nothing".to_owned(),
    }
}
