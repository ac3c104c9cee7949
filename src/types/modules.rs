//! The modules of the standard library: their words come from their sources, their types are here.

use super::class::{Class, Member};
use super::kind::Type;
use super::parameter::{Parameter, Signature};
use crate::api::ApiFn;
use crate::engine::{
    Language, stdlib_functions, stdlib_module, stdlib_modules, stdlib_registry, stdlib_words,
};

/// A module.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) name: &'static str,
    pub(super) doc: String,
    pub(super) classes: Vec<Class>,
    pub(super) functions: Vec<ModuleFunction>,
}

/// A function of a module.
#[derive(Debug)]
pub(super) struct ModuleFunction {
    pub(super) name: &'static str,
    pub(super) doc: String,
    pub(super) signature: Signature,
}

/// A function's name, its parameters, how many of them are needed, and what it gives.
type Row = (&'static str, Vec<(&'static str, Type)>, usize, Type);

/// Every module.
pub(super) fn modules() -> Vec<Module> {
    stdlib_modules().map(module).collect()
}

fn module(name: &'static str) -> Module {
    match stdlib_functions(name) {
        Some(functions) => in_rust(name, functions),
        None => in_script(name),
    }
}

/// A module whose types and words are those of its functions; what they give and take is among the objects of
/// the registry.
fn in_rust(name: &'static str, functions: &'static [ApiFn]) -> Module {
    let function = |function: &'static ApiFn| ModuleFunction {
        name: function.namespace_and_name().1,
        doc: function.doc.to_owned(),
        signature: Signature::of(stdlib_registry(), function),
    };
    let doc = stdlib_words(name).unwrap_or_default().to_owned();
    Module { name, doc, classes: Vec::new(), functions: functions.iter().map(function).collect() }
}

fn in_script(name: &'static str) -> Module {
    let source = stdlib_module(name, Language::Lua).unwrap_or_default();
    let (rows, classes) = match name {
        "list" => (list(), vec![group()]),
        "retry" => (retry(), vec![retry_options()]),
        "text" => (text(), Vec::new()),
        _ => (Vec::new(), Vec::new()),
    };
    let functions = rows.into_iter().map(|row| function(name, source, row)).collect();
    let doc = comment(source.lines().take_while(|line| line.starts_with("--")));
    Module { name, doc, classes, functions }
}

fn function(module: &str, source: &str, (name, parameters, needed, gives): Row) -> ModuleFunction {
    let parameter =
        |(place, (name, kind))| Parameter { name, kind, optional: place >= needed, doc: "" };
    let parameters = parameters.into_iter().enumerate().map(parameter).collect();
    let doc = doc_of(source, &format!("function {module}.{name}("));
    ModuleFunction { name, doc, signature: Signature { parameters, gives } }
}

/// The comment above the line that begins so.
fn doc_of(source: &str, head: &str) -> String {
    let lines: Vec<&str> = source.lines().collect();
    let at = lines.iter().position(|line| line.starts_with(head)).unwrap_or(0);
    let above = lines[..at].iter().rev().take_while(|line| line.starts_with("--")).count();
    comment(lines[at - above..at].iter().copied())
}

fn comment<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let bare = |line: &'a str| line.trim_start_matches('-').strip_prefix(' ').unwrap_or("");
    lines.map(bare).collect::<Vec<_>>().join("\n")
}

/// A function of one item, or the name of a field.
fn by() -> Type {
    let read = Type::Function(vec![("item", Type::Same)], Box::new(Type::Any));
    Type::one_of([Type::Text, read])
}

fn items() -> (&'static str, Type) {
    ("items", Type::Same.list())
}

fn list() -> Vec<Row> {
    let order = || ("order", Type::Words(&["asc", "desc"]));
    vec![
        ("map", vec![items(), ("by", by())], 2, Type::Any.list()),
        ("filter", vec![items(), ("by", by())], 2, Type::Same.list()),
        ("group_by", vec![items(), ("by", by())], 2, Type::Class("ListGroup".into()).list()),
        ("sort_by", vec![items(), ("by", by()), order()], 2, Type::Same.list()),
        ("chunk", vec![items(), ("size", Type::Integer)], 2, Type::Same.list().list()),
        ("unique", vec![items(), ("by", by())], 1, Type::Same.list()),
    ]
}

fn member(name: &str, kind: Type, optional: bool, doc: &'static str) -> Member {
    Member { spellings: vec![name.to_owned()], kind, optional, doc }
}

fn group() -> Class {
    let members = vec![
        member(
            "key",
            Type::Any,
            true,
            "What its items have in common; absent where they have no key.",
        ),
        member("items", Type::Any.list(), false, "Its items, in their order."),
    ];
    Class {
        name: "ListGroup".into(),
        doc: "Items with the same key.".into(),
        members,
        taken: false,
    }
}

fn retry() -> Vec<Row> {
    let doing = Type::Function(Vec::new(), Box::new(Type::Same));
    let options = Type::Class("RetryOptions".into()).optional();
    vec![("run", vec![("doing", doing), ("options", options)], 1, Type::Same)]
}

fn retry_options() -> Class {
    let time = || Type::one_of([Type::Text, Type::Number]);
    let when = Type::Function(vec![("problem", Type::Any)], Box::new(Type::Any));
    let members = vec![
        member("attempts", Type::Integer, true, "How often it is tried in all: 3 unless given."),
        member(
            "wait",
            time(),
            true,
            "How long it waits after the first failure: \"1s\" unless given.",
        ),
        member("factor", Type::Number, true, "How much longer each next wait is: 2 unless given."),
        member("most", time(), true, "The longest wait: \"30s\" unless given."),
        member("when", when, true, "Says of an error whether another attempt is worth it."),
    ];
    Class {
        name: "RetryOptions".into(),
        doc: "How often, and after how long, something is tried again.".into(),
        members,
        taken: true,
    }
}

fn text() -> Vec<Row> {
    let value = || ("value", Type::Text.optional());
    let one = |name| (name, vec![value()], 1, Type::Text);
    let side = ("side", Type::Words(&["left", "right"]));
    let wide = ("value", Type::one_of([Type::Text, Type::Integer]).optional());
    vec![
        one("trim"),
        one("fold"),
        one("title"),
        one("slug"),
        one("digits"),
        ("column", vec![wide, ("width", Type::Integer), side], 2, Type::Text),
        ("starts_with", vec![value(), ("start", Type::Text.optional())], 2, Type::Truth),
        ("contains", vec![value(), ("part", Type::Text.optional())], 2, Type::Truth),
        (
            "template",
            vec![("pattern", Type::Text.optional()), ("values", Type::Object)],
            2,
            Type::Text,
        ),
    ]
}

/// What a module's type is called where it needs a name: `ListModule`.
pub(super) fn type_name(module: &str) -> String {
    let (first, rest) = module.split_at(module.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest}Module", first.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names and the parameters of a source's public functions.
    fn declared<'a>(source: &'a str, mark: &str) -> Vec<(&'a str, Vec<&'a str>)> {
        let head = |line: &'a str| {
            let (name, rest) = line.strip_prefix(mark)?.split_once('(')?;
            let names = rest.split_once(')')?.0;
            Some((name, names.split(", ").collect()))
        };
        source.lines().filter_map(head).collect()
    }

    #[test]
    fn every_function_of_the_sources_has_its_types_and_its_words() {
        for module in modules().iter().filter(|it| stdlib_functions(it.name).is_none()) {
            let lua = stdlib_module(module.name, Language::Lua).unwrap();
            let rhai = stdlib_module(module.name, Language::Rhai).unwrap();
            let typed: Vec<(&str, Vec<&str>)> = module
                .functions
                .iter()
                .map(|it| {
                    (it.name, it.signature.parameters.iter().map(|param| param.name).collect())
                })
                .collect();
            assert_eq!(declared(lua, &format!("function {}.", module.name)), typed);
            let in_rhai = declared(rhai, "fn ");
            for (name, parameters) in &typed {
                assert!(in_rhai.contains(&(name, parameters.clone())), "{name} in Rhai");
            }
            let least = |name: &str| {
                let arities = in_rhai.iter().filter(|(known, _)| *known == name);
                arities.map(|(_, parameters)| parameters.len()).min()
            };
            for function in &module.functions {
                let needed = function.signature.parameters.iter().filter(|it| !it.optional).count();
                assert_eq!(least(function.name), Some(needed), "{}", function.name);
                assert!(!function.doc.is_empty(), "{}", function.name);
            }
        }
    }
}
