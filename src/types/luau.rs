//! `cliengo.d.luau`: a definition file for luau-lsp. The signatures of the reference are its words too.

use std::fmt::Write as _;

use super::class::{Class, classes};
use super::kind::Type;
use super::modules::{Module, modules};
use super::parameter::{Parameter, Signature};
use super::tree::{Entry, Place, places};
use super::words::{is_lua_word, lines};
use crate::api::Registry;

const INDENT: &str = "    ";

/// The text of the file, without its first line.
pub(super) fn file(registry: &Registry) -> String {
    let mut text = String::from(
        "export type Null = { __null: true }\n\n--- What became of an item of a call over many.\n\
         export type Outcome<T> = { ok: boolean, value: T?, error: Error? }\n\n",
    );
    for one in &classes(registry) {
        class(&mut text, one);
    }
    for module in &modules() {
        of_module(&mut text, module);
    }
    let places = places(registry);
    for place in places.iter().filter(|place| place.path == "cliengo") {
        text.push_str("declare cliengo: {\n");
        values(&mut text, registry);
        place.functions.iter().for_each(|entry| member(&mut text, INDENT, entry));
        let below = places.iter().filter(|place| place.is_below_cliengo());
        below.for_each(|place| table(&mut text, place));
        text.push_str("}\n");
    }
    places
        .iter()
        .filter(|place| !place.path.starts_with("cliengo"))
        .for_each(|it| own(&mut text, it));
    text
}

fn class(text: &mut String, class: &Class) {
    lines(text, "--- ", &class.doc);
    let generic = if class.members.iter().any(|it| it.kind.has_same()) { "<T>" } else { "" };
    let _ = writeln!(text, "export type {}{generic} = {{", class.name);
    for member in &class.members {
        for (spelling, doc) in member.each() {
            lines(text, "    --- ", &doc);
            let kind = match member.is_optional() {
                true => written(&member.kind.clone().optional()),
                false => written(&member.kind),
            };
            let _ = match is_lua_word(spelling) {
                true => writeln!(text, "    [\"{spelling}\"]: {kind},"),
                false => writeln!(text, "    {spelling}: {kind},"),
            };
        }
    }
    text.push_str("}\n\n");
}

/// A module's type: what `require` gives has it where the script says so.
fn of_module(text: &mut String, module: &Module) {
    lines(text, "--- ", module.doc);
    let _ = writeln!(text, "export type {} = {{", super::modules::type_name(module.name));
    for entry in &module.functions {
        lines(text, "    --- ", entry.doc);
        let _ = writeln!(text, "    {}: {},", entry.name, function(&entry.signature));
    }
    text.push_str("}\n\n");
}

fn values(text: &mut String, registry: &Registry) {
    for value in registry.values() {
        lines(text, "    --- ", value.doc);
        let _ = writeln!(text, "    {}: {},", value.path, written(&value.kind.into()));
    }
}

fn table(text: &mut String, place: &Place<'_>) {
    let _ = writeln!(text, "    {}: {{", place.name());
    place.functions.iter().for_each(|entry| member(text, "        ", entry));
    text.push_str("    },\n");
}

/// A namespace, or the global functions, of an embedder.
fn own(text: &mut String, place: &Place<'_>) {
    if place.path.is_empty() {
        for (name, value) in &place.values {
            let _ = writeln!(text, "declare {name}: {}", written(&Type::of_value(value)));
        }
        for entry in &place.functions {
            let _ = writeln!(text, "declare {}: {}", entry.name, function(&entry.signature));
        }
        return;
    }
    let _ = writeln!(text, "declare {}: {{", place.path);
    for (name, value) in &place.values {
        lines(text, &format!("{INDENT}--- "), value.doc());
        let _ = writeln!(text, "{INDENT}{name}: {},", written(&Type::of_value(value)));
    }
    place.functions.iter().for_each(|entry| member(text, INDENT, entry));
    text.push_str("}\n");
}

fn member(text: &mut String, indent: &str, entry: &Entry<'_>) {
    lines(text, &format!("{indent}--- "), entry.function.doc);
    let _ = writeln!(text, "{indent}{}: {},", entry.name, function(&entry.signature));
}

/// The type of a function.
fn function(signature: &Signature) -> String {
    let generic = if signature.is_generic() { "<T>" } else { "" };
    let whole = arrow(signature.parameters.iter(), &signature.gives);
    match signature.shorter() {
        Some(shorter) => format!("({whole}) & ({})", arrow(shorter.into_iter(), &signature.gives)),
        None => format!("{generic}{whole}"),
    }
}

fn arrow<'a>(parameters: impl Iterator<Item = &'a Parameter>, gives: &Type) -> String {
    let parameters: Vec<_> = parameters.map(parameter).collect();
    format!("({}) -> {}", parameters.join(", "), result(gives))
}

/// The signature as the reference shows it, behind the function's path.
pub(super) fn signature(signature: &Signature) -> String {
    let parameter = |param: &Parameter| {
        let optional = if param.optional { "?" } else { "" };
        format!("{}{optional}: {}", param.name, written(&param.kind))
    };
    let parameters: Vec<_> = signature.parameters.iter().map(parameter).collect();
    let generic = if signature.is_generic() { "<T>" } else { "" };
    format!("{generic}({}): {}", parameters.join(", "), result(&signature.gives))
}

fn parameter(param: &Parameter) -> String {
    let kind = match param.optional {
        true => written(&param.kind.clone().optional()),
        false => written(&param.kind),
    };
    format!("{}: {kind}", param.name)
}

fn result(gives: &Type) -> String {
    match gives {
        Type::Nothing => "()".into(),
        other => written(other),
    }
}

/// The type as Luau writes it.
pub(super) fn written(kind: &Type) -> String {
    match kind {
        Type::Any => "any".into(),
        Type::Nothing => "nil".into(),
        Type::Null => "Null".into(),
        Type::Truth => "boolean".into(),
        Type::Text => "string".into(),
        Type::Number | Type::Integer => "number".into(),
        Type::Object => "{ [string]: any }".into(),
        Type::Words(words) => {
            words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" | ")
        }
        Type::Class(name) => name.clone(),
        Type::List(item) => format!("{{ {} }}", written(item)),
        Type::Optional(kind) => format!("{}?", inner(kind)),
        Type::Union(kinds) => kinds.iter().map(inner).collect::<Vec<_>>().join(" | "),
        Type::Function(parameters, _) => {
            let parameter = |(name, kind): &(&str, Type)| format!("{name}: {}", written(kind));
            let parameters: Vec<_> = parameters.iter().map(parameter).collect();
            format!("({}) -> {}", parameters.join(", "), handled(kind))
        }
        Type::AnyFunction => "(...any) -> ...any".into(),
        Type::Sequence(item) => format!("() -> {}?", inner(item)),
        Type::Outcome(item) => format!("Outcome<{}>", written(item)),
        Type::Same => "T".into(),
    }
}

/// What a script's function may give: where that is of no use, anything, and nothing too.
fn handled(kind: &Type) -> String {
    match kind {
        Type::Function(_, gives) if **gives != Type::Any => written(gives),
        _ => "...any".into(),
    }
}

fn inner(kind: &Type) -> String {
    let text = written(kind);
    match kind {
        Type::Union(_) | Type::Words(_) | Type::Function(..) | Type::AnyFunction => {
            format!("({text})")
        }
        Type::Sequence(_) => format!("({text})"),
        _ => text,
    }
}
