//! What there is to say of a function, as a person at a terminal reads it.

use std::fmt::Write as _;

use super::{Paint, width};
use crate::api::FunctionRef;
use crate::engine::Language;
use crate::types::{Page, PageParameter};

/// The page of one function, with its signature and its example in this language. What can be done with the
/// example stands behind its heading.
pub(crate) fn page(page: &Page, language: Language, hint: Option<&str>, paint: Paint) -> String {
    let (signature, code) = match language {
        Language::Lua => (&page.lua, page.example.lua),
        Language::Rhai => (&page.rhai, page.example.rhai),
    };
    let mut text = format!("{}\n  {}\n", paint.function(signature), without_marks(page.doc));
    if let Some(alias) = &page.alias {
        let _ = writeln!(text, "  Its other name is {}.", paint.function(alias));
    }
    if let Some(effect) = page.effect() {
        let _ = writeln!(text, "  {effect}");
    }
    parameters(&mut text, &page.parameters, paint);
    if !page.returns.is_empty() {
        let words = without_marks(page.returns);
        let _ = writeln!(text, "{}\n  {words}", paint.heading("Returns"));
    }
    errors(&mut text, page, paint);
    example(&mut text, page, code, hint, paint);
    text
}

fn parameters(text: &mut String, parameters: &[PageParameter], paint: Paint) {
    if parameters.is_empty() {
        return;
    }
    let _ = writeln!(text, "{}", paint.heading("Parameters"));
    let longest = parameters.iter().map(|param| width(param.name)).max().unwrap_or(0);
    for param in parameters {
        let gap = " ".repeat(longest - width(param.name));
        let optional = if param.optional { ", optional" } else { "" };
        let kind = paint.dim(&format!("({}{optional})", param.words));
        let doc = without_marks(param.doc);
        let _ = writeln!(text, "  {}{gap}  {kind} {doc}", paint.name(param.name));
        if let Some(names) = &param.names {
            let _ = writeln!(text, "  {}  {}", " ".repeat(longest), paint.dim(names));
        }
    }
}

fn errors(text: &mut String, page: &Page, paint: Paint) {
    if page.errors.is_empty() {
        return;
    }
    let _ = writeln!(text, "{}", paint.heading("Errors"));
    for kind in page.errors {
        let gap = " ".repeat(12_usize.saturating_sub(kind.as_str().len()));
        let _ = writeln!(text, "  {}{gap}  {}", paint.error(kind.as_str()), kind.meaning());
    }
}

fn example(text: &mut String, page: &Page, code: &str, hint: Option<&str>, paint: Paint) {
    if !page.has_example() {
        return;
    }
    let hint = hint.map_or_else(String::new, |hint| format!(" ({hint})"));
    let _ = writeln!(text, "{}{hint}", paint.heading("Example"));
    text.extend(code.lines().map(|line| format!("  {line}\n")));
    let _ = writeln!(text, "  {}", paint.dim(&format!("gives {}", page.example.expect)));
}

/// A line for each function.
pub(crate) fn function_list(functions: &[&FunctionRef], paint: Paint) -> String {
    let longest = functions.iter().map(|function| width(&function.usage())).max().unwrap_or(0);
    let line = |function: &&FunctionRef| {
        let usage = function.usage();
        let gap = " ".repeat(longest - width(&usage));
        format!("  {}{gap}  {}\n", paint.function(&usage), first_sentence(function.doc))
    };
    functions.iter().map(line).collect()
}

/// The words without the marks of the reference's format.
fn without_marks(text: &str) -> String {
    text.replace('`', "")
}

fn first_sentence(doc: &str) -> String {
    without_marks(doc.split_inclusive(". ").next().unwrap_or(doc).trim_end())
}
