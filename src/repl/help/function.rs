//! The help of functions.

use std::fmt::Write as _;

use crate::api::{FunctionRef, Named, Param, ParamType, Registry};
use crate::engine::Language;
use crate::schema::FieldType;
use crate::terminal::{Paint, width};

/// A function that was shown, and whose example `.example` runs.
#[derive(Debug, Clone)]
pub(in crate::repl) struct Shown {
    pub(in crate::repl) path: String,
    pub(in crate::repl) code: &'static str,
}

/// The help of one function, and its example.
pub(in crate::repl) fn function(
    function: &FunctionRef,
    language: Language,
    paint: Paint,
) -> (String, Shown) {
    let mut text = format!("{}\n  {}\n", paint.function(&function.usage()), plain(function.doc));
    if let Some(alias) = function.alias {
        let _ =
            writeln!(text, "  Its other name is {}.", paint.function(&format!("cliengo.{alias}")));
    }
    if function.mutates {
        let _ = writeln!(text, "  It can change the account's data.");
    }
    parameters(&mut text, function.params, paint);
    if !function.returns.is_empty() {
        let _ = writeln!(text, "{} {}", paint.heading("Returns"), plain(function.returns));
    }
    errors(&mut text, function, paint);
    let code = match language {
        Language::Lua => function.example.lua,
        Language::Rhai => function.example.rhai,
    };
    if !code.is_empty() {
        let _ = writeln!(text, "{} (.example runs it on a playground)", paint.heading("Example"));
        text.extend(code.lines().map(|line| format!("  {line}\n")));
    }
    (text, Shown { path: function.full_path().into_owned(), code })
}

fn parameters(text: &mut String, params: &[Param], paint: Paint) {
    if params.is_empty() {
        return;
    }
    let _ = writeln!(text, "{}", paint.heading("Parameters"));
    let longest = params.iter().map(|param| width(param.name)).max().unwrap_or(0);
    for param in params {
        let gap = " ".repeat(longest - width(param.name));
        let optional = if param.optional { ", optional" } else { "" };
        let kind = paint.dim(&format!("({}{optional})", kind(param.kind)));
        let _ = writeln!(text, "  {}{gap}  {kind} {}", paint.name(param.name), plain(param.doc));
        if let Some(names) = names(param.kind) {
            let _ = writeln!(text, "  {}  {}", " ".repeat(longest), paint.dim(&names));
        }
    }
}

fn errors(text: &mut String, function: &FunctionRef, paint: Paint) {
    if function.errors.is_empty() {
        return;
    }
    let _ = writeln!(text, "{}", paint.heading("Errors"));
    for kind in function.errors {
        let gap = " ".repeat(12_usize.saturating_sub(kind.as_str().len()));
        let _ = writeln!(text, "  {}{gap}  {}", paint.error(kind.as_str()), kind.meaning());
    }
}

/// The functions of a namespace; none where there is no such one.
pub(in crate::repl) fn namespace(name: &str, registry: &Registry, paint: Paint) -> Option<String> {
    let name = name.trim_start_matches("cliengo.").trim_end_matches('.');
    let is_all = name == "cliengo";
    let own: Vec<&FunctionRef> = registry
        .functions()
        .filter(|function| is_all && !function.is_own() || function.namespace_and_name().0 == name)
        .collect();
    if own.is_empty() || name.is_empty() {
        return None;
    }
    Some(list(&own, paint))
}

/// A line for each function.
pub(in crate::repl) fn list(functions: &[&FunctionRef], paint: Paint) -> String {
    let longest = functions.iter().map(|function| width(&function.usage())).max().unwrap_or(0);
    let line = |function: &&FunctionRef| {
        let usage = function.usage();
        let gap = " ".repeat(longest - width(&usage));
        format!("  {}{gap}  {}\n", paint.function(&usage), first_sentence(function.doc))
    };
    functions.iter().map(line).collect()
}

/// The type of a parameter in words.
fn kind(kind: ParamType) -> String {
    match kind {
        ParamType::Id => "an id".into(),
        ParamType::Text => "text".into(),
        ParamType::Choice(words) => format!("one of {}", words.join(", ")),
        ParamType::NewContact => "the fields of a contact".into(),
        ParamType::Changes | ParamType::Upsert => "fields of a contact".into(),
        ParamType::Criteria => "fields, or their names".into(),
        ParamType::Filter | ParamType::List => "a filter".into(),
        ParamType::Duration => "a time such as \"2s\", or seconds".into(),
        ParamType::Object | ParamType::Named(_) => "an object".into(),
        ParamType::Ids => "a list of ids".into(),
        ParamType::Objects(_) => "a list of objects".into(),
        ParamType::Function | ParamType::Handler(_) | ParamType::Step => "a function".into(),
        ParamType::Options(_) => "an object with options".into(),
        ParamType::Any => "any value".into(),
    }
}

/// The names that an object takes, each with its type; none where it takes any.
fn names(kind: ParamType) -> Option<String> {
    let word = |named: &Named| match named.kind.map(short) {
        Some(kind) => format!("{} ({kind})", named.name),
        None => named.name.to_owned(),
    };
    let names: Vec<String> = kind.names().iter().map(word).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// A type in a word or two; the words of a choice where they are few.
fn short(kind: FieldType) -> String {
    match kind {
        FieldType::Id => "id".into(),
        FieldType::Text => "text".into(),
        FieldType::Integer { min, max: i64::MAX } => format!("{min} or more"),
        FieldType::Integer { min, max } => format!("{min} to {max}"),
        FieldType::Number => "number".into(),
        FieldType::Date => "date".into(),
        FieldType::Choice(words) => words.join("|"),
        FieldType::Assignee => "user's id or UNASSIGNED".into(),
        FieldType::List => "list".into(),
        FieldType::Object => "object".into(),
        FieldType::Truth => "true or false".into(),
        FieldType::Duration | FieldType::Span => "time".into(),
        FieldType::Either(kinds) => {
            kinds.iter().map(|kind| short(*kind)).collect::<Vec<_>>().join(" or ")
        }
    }
}

/// The words without the marks of the reference's format.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

fn first_sentence(doc: &str) -> String {
    plain(doc.split_inclusive(". ").next().unwrap_or(doc).trim_end())
}
