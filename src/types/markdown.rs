//! `docs/reference.md`: the pages of the functions, the objects that they give and take, the filters, the
//! fields, the errors.

use std::fmt::Write as _;

use super::class::{Class, classes};
use super::luau::written;
use super::page::Page;
use crate::ErrorKind;
use crate::api::{ApiFn, Registry};
use crate::engine::{stdlib_functions, stdlib_registry};
use crate::schema::{CONTACT_FIELDS, CONTACT_FILTERS, OnCreate};

const HEAD: &str = "\
# Reference

What scripts can call, in both languages. Generated from the registry by `cargo xtask generate`; the examples run in
the tests, against the emulator. `cliengo help contacts.update` and `.help contacts.update` at the prompt show the
same; `cliengo types` writes it for editors.
";

/// Objects that have a table of their own.
const TOLD_ELSEWHERE: [&str; 6] = [
    "Contact",
    "NewContact",
    "ContactChanges",
    "ContactFields",
    "ContactCriteria",
    "ContactFilter",
];

/// The whole reference.
pub fn reference(registry: &Registry) -> String {
    let mut text = HEAD.to_owned();
    for function in registry.functions() {
        section(&mut text, "##", registry, function);
    }
    values(&mut text, registry);
    filters(&mut text);
    fields(&mut text);
    objects(&mut text, registry);
    errors(&mut text);
    modules(&mut text);
    text
}

fn section(text: &mut String, marks: &str, registry: &Registry, function: &ApiFn) {
    let page = Page::of(registry, function);
    let _ = write!(text, "\n{marks} `{}`\n\n{}\n", page.path, page.doc);
    if let Some(alias) = &page.alias {
        let _ = write!(text, "\nIts other name is `{alias}`.\n");
    }
    if let Some(effect) = page.effect() {
        let _ = write!(text, "\n{effect}\n");
    }
    let _ = write!(text, "\n```lua\n{}\n```\n\n```rhai\n{}\n```\n", page.lua, page.rhai);
    parameters(text, &page);
    let _ = write!(text, "\n**Gives** `{}`: {}.\n", page.gives, page.returns);
    raised(text, &page);
    example(text, &page);
}

/// The standard library.
fn modules(text: &mut String) {
    text.push_str(STDLIB);
    for module in super::modules::modules() {
        let _ = write!(text, "\n## Module `{}`\n\n{}\n", module.name, module.doc);
        for function in stdlib_functions(module.name).unwrap_or_default() {
            section(text, "###", stdlib_registry(), function);
        }
    }
}

const STDLIB: &str = "
# Standard library

Modules that come with the program: `local csv = require \"csv\"` in Lua, `import \"csv\" as csv;` in Rhai, whose
functions are called `csv.parse(…)` and `csv::parse(…)`. A folder that `--lib` names can replace one.
";

fn parameters(text: &mut String, page: &Page) {
    if page.parameters.is_empty() {
        return;
    }
    text.push_str("\n**Parameters**\n\n");
    for param in &page.parameters {
        let optional = if param.optional { ", optional" } else { "" };
        let _ = writeln!(text, "- `{}` (`{}`{optional}): {}", param.name, param.kind, param.doc);
    }
}

fn raised(text: &mut String, page: &Page) {
    let kinds: Vec<String> = page.errors.iter().map(|kind| format!("`{kind}`")).collect();
    let kinds = match kinds.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => return,
    };
    let _ = write!(text, "\n**Raises** {kinds}.\n");
}

fn example(text: &mut String, page: &Page) {
    if page.has_example() {
        let example = page.example;
        let _ = write!(
            text,
            "\n**Example**\n\n```lua\n{}\n```\n\n```rhai\n{}\n```\n\nBoth give `{}`.\n",
            example.lua, example.rhai, example.expect
        );
    }
}

fn values(text: &mut String, registry: &Registry) {
    text.push_str("\n## Values\n\n");
    for value in registry.values() {
        let kind = written(&value.kind.into());
        let _ = writeln!(text, "- `cliengo.{}` (`{kind}`): {}", value.path, value.doc);
    }
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

/// The objects that the signatures name.
fn objects(text: &mut String, registry: &Registry) {
    text.push_str(
        "\n## Objects\n\n`Contact` has the fields above that are read, `NewContact`, `ContactChanges` and \
         `ContactFields` (either of the two) those that are taken; `ContactCriteria` has those that a contact \
         can be found by; `ContactFilter` has the filters. `Outcome<T>` has `ok`, and then `value` (a `T`) or \
         `error` (an `Error`). A name is absent, or may be left out, where it says \"perhaps\".\n",
    );
    let told = |class: &&Class| !TOLD_ELSEWHERE.contains(&class.name.as_str());
    for class in classes(registry).iter().filter(told) {
        let _ = write!(text, "\n### `{}`\n\n{}\n", class.name, class.doc);
        text.push_str("\n| name | type | | meaning |\n|---|---|---|---|\n");
        for member in &class.members {
            let names: Vec<_> = member.spellings.iter().map(|name| format!("`{name}`")).collect();
            let perhaps = if member.optional { "perhaps" } else { "" };
            let kind = written(&member.kind).replace('|', "\\|");
            let names = names.join(", ");
            let _ = writeln!(text, "| {names} | `{kind}` | {perhaps} | {} |", member.doc);
        }
    }
}

fn errors(text: &mut String) {
    text.push_str(
        "\n## Errors\n\nEach function says which kinds it raises; besides, the end of the run itself \
         (`cancelled`, `limit`) can come in any of them, and under a wrong base URL `not_found`. What `pcall` \
         (Lua) and `try … catch` (Rhai) get is an `Error`; its `kind` is one of these.\n\n\
         | kind | meaning |\n|---|---|\n",
    );
    for kind in ErrorKind::ALL {
        let _ = writeln!(text, "| `{kind}` | {} |", kind.meaning());
    }
}
