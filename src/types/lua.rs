//! `cliengo.d.lua`: annotations of LuaCATS, which lua-language-server and EmmyLua read.

use std::fmt::Write as _;

use super::class::{Class, classes};
use super::kind::Type;
use super::modules::{Module, modules};
use super::parameter::{Parameter, Signature};
use super::tree::{Entry, Place, places};
use super::words::{is_lua_word, lines};
use crate::api::Registry;

/// The text of the file, without its first line.
pub(super) fn file(registry: &Registry) -> String {
    let mut text = String::from("---@meta _\n\n---@class Null\n\n");
    text.push_str(
        "---What became of an item of a call over many.\n---@class Outcome<T>\n---@field ok boolean True \
         where it was done.\n---@field value? T What was given, where it was done.\n---@field error? Error \
         What went wrong, where it was not.\n\n",
    );
    for one in &classes(registry) {
        class(&mut text, one);
    }
    for place in &places(registry) {
        table(&mut text, place);
        if place.path == "cliengo" {
            values(&mut text, registry);
        }
        own_values(&mut text, place);
        for entry in &place.functions {
            function(&mut text, &place.path, entry);
        }
    }
    text
}

/// The file of a module of the standard library, which `require` of its name reads.
pub(super) fn module(module: &Module) -> String {
    let name = module.name;
    let mut text = format!("---@meta {name}\n\n");
    comment(&mut text, "", module.doc);
    let _ = write!(text, "---@class {name}lib\nlocal {name} = {{}}\n\n");
    for entry in &module.functions {
        comment(&mut text, "", entry.doc);
        head(&mut text, &entry.signature);
        let names = names(&entry.signature);
        let _ = write!(text, "function {name}.{}({names}) end\n\n", entry.name);
    }
    let _ = writeln!(text, "return {name}");
    text
}

/// The files of all modules, by their names.
pub(super) fn module_files() -> Vec<(String, String)> {
    modules().iter().map(|it| (format!("cliengo.{}.d.lua", it.name), module(it))).collect()
}

fn class(text: &mut String, class: &Class) {
    comment(text, "", &class.doc);
    let exact = if class.taken { "(exact) " } else { "" };
    let _ = writeln!(text, "---@class {exact}{}", class.name);
    for member in &class.members {
        let kind = if class.taken { member.kind.widened() } else { member.kind.clone() };
        for (spelling, doc) in member.each() {
            let line = match (is_lua_word(spelling), member.is_optional()) {
                (true, true) => format!("[\"{spelling}\"] {}", written(&kind.clone().optional())),
                (true, false) => format!("[\"{spelling}\"] {}", written(&kind)),
                (false, true) => format!("{spelling}? {}", written(&kind)),
                (false, false) => format!("{spelling} {}", written(&kind)),
            };
            let _ = writeln!(text, "---@field {line} {doc}");
        }
    }
    text.push('\n');
}

fn table(text: &mut String, place: &Place<'_>) {
    if !place.path.is_empty() {
        let _ = write!(text, "---@class {0}lib\n{0} = {{}}\n\n", place.path);
    }
}

fn values(text: &mut String, registry: &Registry) {
    for value in registry.values() {
        comment(text, "", value.doc);
        let kind = written(&value.kind.into());
        let _ = write!(text, "---@type {kind}\ncliengo.{} = {{}}\n\n", value.path);
    }
}

fn own_values(text: &mut String, place: &Place<'_>) {
    let path = if place.path.is_empty() { String::new() } else { format!("{}.", place.path) };
    for (name, value) in &place.values {
        comment(text, "", value.doc());
        let kind = written(&Type::of_value(value));
        let _ = write!(text, "---@type {kind}\n{path}{name} = {{}}\n\n");
    }
}

fn function(text: &mut String, place: &str, entry: &Entry<'_>) {
    let function = entry.function;
    comment(text, "", function.doc);
    if !function.example.lua.is_empty() {
        let _ = writeln!(text, "---\n---```lua");
        comment(text, "", function.example.lua);
        let _ = writeln!(text, "---```");
    }
    head(text, &entry.signature);
    let path = if place.is_empty() { String::new() } else { format!("{place}.") };
    let names = names(&entry.signature);
    let _ = write!(text, "function {path}{}({names}) end\n\n", entry.name);
}

/// The lines that give a function its types.
fn head(text: &mut String, signature: &Signature) {
    if signature.is_generic() {
        text.push_str("---@generic T\n");
    }
    if let Some(shorter) = signature.shorter() {
        let parameters: Vec<_> = shorter.into_iter().map(parameter).collect();
        let gives = written(&signature.gives);
        let _ = writeln!(text, "---@overload fun({}): {gives}", parameters.join(", "));
    }
    for param in &signature.parameters {
        let optional = if param.optional { "?" } else { "" };
        let kind = written(&param.kind.widened());
        let line = format!("---@param {}{optional} {kind} {}", param.name, param.doc);
        let _ = writeln!(text, "{}", line.trim_end());
    }
    if signature.gives != Type::Nothing {
        let _ = writeln!(text, "---@return {}", written(&signature.gives));
    }
}

fn parameter(param: &Parameter) -> String {
    let optional = if param.optional { "?" } else { "" };
    format!("{}{optional}: {}", param.name, written(&param.kind.widened()))
}

fn names(signature: &Signature) -> String {
    let names: Vec<_> = signature.parameters.iter().map(|param| param.name).collect();
    names.join(", ")
}

fn comment(text: &mut String, indent: &str, words: &str) {
    lines(text, &format!("{indent}---"), words);
}

/// The type as LuaCATS writes it.
fn written(kind: &Type) -> String {
    match kind {
        Type::Any => "any".into(),
        Type::Nothing => "nil".into(),
        Type::Null => "Null".into(),
        Type::Truth => "boolean".into(),
        Type::Text => "string".into(),
        Type::Number => "number".into(),
        Type::Integer => "integer".into(),
        Type::Object => "table<string, any>".into(),
        Type::Words(words) => quoted(words),
        Type::Class(name) => name.clone(),
        Type::List(item) => format!("{}[]", inner(item)),
        Type::Optional(kind) => format!("{}?", inner(kind)),
        Type::Union(kinds) => kinds.iter().map(inner).collect::<Vec<_>>().join("|"),
        Type::Function(parameters, gives) => called(parameters, gives),
        Type::AnyFunction => "fun(...: any): any".into(),
        Type::Sequence(item) => format!("fun(): {}?", inner(item)),
        Type::Outcome(item) => format!("Outcome<{}>", written(item)),
        Type::Same => "T".into(),
    }
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join("|")
}

/// What is wider than a name, in brackets.
fn inner(kind: &Type) -> String {
    let text = written(kind);
    match kind {
        Type::Union(_) | Type::Words(_) | Type::Function(..) | Type::AnyFunction => {
            format!("({text})")
        }
        _ => text,
    }
}

fn called(parameters: &[(&'static str, Type)], gives: &Type) -> String {
    let parameters: Vec<_> =
        parameters.iter().map(|(name, kind)| format!("{name}: {}", written(kind))).collect();
    format!("fun({}): {}", parameters.join(", "), written(gives))
}
