//! `cliengo.d.rhai`: a definition file for the language server of Rhai.

use std::fmt::Write as _;

use super::class::{Class, classes};
use super::kind::Type;
use super::modules::{Module, modules};
use super::parameter::{Parameter, Signature};
use super::tree::{Place, places};
use super::words::{is_rhai_word, lines};
use crate::api::Registry;

/// The text of the file, without its first line.
pub(super) fn file(registry: &Registry) -> String {
    let mut text = String::from(
        "module static;\n\n/// What became of an item of a call over many.\ntype Outcome = #{\n    ok: \
         bool,\n    value: Dynamic,\n    error: Error | (),\n};\n\n",
    );
    for one in &classes(registry) {
        class(&mut text, one);
    }
    let places = places(registry);
    tables(&mut text, registry, &places);
    for place in &places {
        functions(&mut text, place);
    }
    for module in &modules() {
        of_module(&mut text, module);
    }
    text
}

fn class(text: &mut String, class: &Class) {
    lines(text, "/// ", &class.doc);
    let _ = writeln!(text, "type {} = #{{", class.name);
    for member in &class.members {
        for (spelling, doc) in member.each() {
            lines(text, "    /// ", &doc);
            let kind = match member.is_optional() {
                true => written(&member.kind.clone().optional()),
                false => written(&member.kind),
            };
            let _ = writeln!(text, "    {}: {kind},", key(spelling));
        }
    }
    text.push_str("};\n\n");
}

/// The types of `cliengo` and of the tables in it, and the variables that hold them.
fn tables(text: &mut String, registry: &Registry, places: &[Place<'_>]) {
    for place in places.iter().filter(|place| !place.path.is_empty() && place.path != "cliengo") {
        let end = if place.values.is_empty() { "" } else { "\n" };
        let _ = write!(text, "type {} = #{{{end}", type_of(&place.path));
        for (name, value) in &place.values {
            lines(text, "    /// ", value.doc());
            let _ = writeln!(text, "    {name}: {},", written(&Type::of_value(value)));
        }
        text.push_str("};\n\n");
    }
    text.push_str("type Cliengo = #{\n");
    for value in registry.values() {
        lines(text, "    /// ", value.doc);
        let _ = writeln!(text, "    {}: {},", value.path, written(&value.kind.into()));
    }
    for place in places.iter().filter(|place| place.is_below_cliengo()) {
        let _ = writeln!(text, "    {}: {},", place.name(), type_of(&place.path));
    }
    text.push_str("};\n\nlet cliengo: Cliengo;\n\n");
    for place in places.iter().filter(|place| !place.path.starts_with("cliengo")) {
        if !place.path.is_empty() {
            let _ = write!(text, "let {}: {};\n\n", place.path, type_of(&place.path));
            continue;
        }
        for (name, value) in &place.values {
            lines(text, "/// ", value.doc());
            let _ = write!(text, "let {name}: {};\n\n", written(&Type::of_value(value)));
        }
    }
}

/// A function of a table is written as one that takes the table first: that is how Rhai calls it with a dot.
fn functions(text: &mut String, place: &Place<'_>) {
    let first = match place.path.as_str() {
        "" => None,
        path => Some(format!("{}: {}", place.name(), type_of(path))),
    };
    for entry in &place.functions {
        for parameters in arities(&entry.signature) {
            lines(text, "/// ", entry.function.doc);
            let parameters: Vec<_> =
                first.iter().cloned().chain(parameters.into_iter().map(parameter)).collect();
            let gives = written(&entry.signature.gives);
            let _ = write!(text, "fn {}({}) -> {gives};\n\n", entry.name, parameters.join(", "));
        }
    }
}

fn of_module(text: &mut String, module: &Module) {
    lines(text, "/// ", module.doc);
    let _ = writeln!(text, "module {} {{", module.name);
    for entry in &module.functions {
        for parameters in arities(&entry.signature) {
            lines(text, "    /// ", entry.doc);
            let parameters: Vec<_> = parameters.into_iter().map(parameter).collect();
            let gives = written(&entry.signature.gives);
            let _ = writeln!(text, "    fn {}({}) -> {gives};", entry.name, parameters.join(", "));
        }
    }
    text.push_str("}\n\n");
}

/// The parameters with which it can be called: Rhai has a function for each number of arguments.
fn arities(signature: &Signature) -> Vec<Vec<&Parameter>> {
    let all: Vec<&Parameter> = signature.parameters.iter().collect();
    let mut arities = vec![all.clone()];
    let mut shorter = all;
    while shorter.last().is_some_and(|param| param.optional) {
        shorter.pop();
        arities.push(shorter.clone());
    }
    arities.extend(signature.shorter());
    arities
}

fn parameter(param: &Parameter) -> String {
    format!("{}: {}", name(param.name), written(&param.kind))
}

/// A parameter's name; a word of the language gets a line behind it.
fn name(name: &str) -> String {
    if is_rhai_word(name) { format!("{name}_") } else { name.to_owned() }
}

/// A name in an object; a word of the language in quotes.
fn key(name: &str) -> String {
    if is_rhai_word(name) { format!("\"{name}\"") } else { name.to_owned() }
}

/// The type of a table: `CliengoContacts`.
fn type_of(path: &str) -> String {
    let capital = |word: &str| {
        let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
        first.to_uppercase() + rest
    };
    path.split(['.', '_']).map(capital).collect()
}

/// The signature as the reference shows it, behind the function's path.
pub(super) fn signature(signature: &Signature) -> String {
    let parameter = |param: &Parameter| {
        let optional = if param.optional { "?" } else { "" };
        format!("{}{optional}: {}", param.name, written(&param.kind))
    };
    let parameters: Vec<_> = signature.parameters.iter().map(parameter).collect();
    format!("({}) -> {}", parameters.join(", "), written(&signature.gives))
}

/// The type as Rhai's definitions write it.
pub(super) fn written(kind: &Type) -> String {
    match kind {
        Type::Any | Type::Same => "Dynamic".into(),
        Type::Nothing | Type::Null => "()".into(),
        Type::Truth => "bool".into(),
        Type::Text | Type::Words(_) => "String".into(),
        Type::Number => "int | float".into(),
        Type::Integer => "int".into(),
        Type::Object => "Map".into(),
        Type::Class(name) => name.clone(),
        Type::List(item) => format!("[{}]", written(item)),
        Type::Optional(kind) => format!("{} | ()", written(kind)),
        Type::Union(kinds) => kinds.iter().map(written).collect::<Vec<_>>().join(" | "),
        Type::Function(..) | Type::AnyFunction => "FnPtr".into(),
        Type::Sequence(item) => format!("Iterator<{}>", written(item)),
        Type::Outcome(_) => "Outcome".into(),
    }
}
