//! The help of the standard library's modules.

use std::fmt::Write as _;

use crate::engine::Language;
use crate::terminal::Paint;
use crate::types::{ModuleLine, ModulePage};

/// Every module in a line.
pub(super) fn all(language: Language, paint: Paint) -> String {
    let mut text = format!("{}\n", paint.heading("Modules"));
    for page in ModulePage::all() {
        let gap = " ".repeat(10_usize.saturating_sub(page.name.len()));
        // The source of a module begins with its name.
        let doc = page.doc.strip_prefix(&format!("{}: ", page.name)).unwrap_or(&page.doc);
        let _ = writeln!(text, "  {}{gap}{}", paint.name(page.name), sentence(doc));
    }
    let load = match language {
        Language::Lua => "local csv = require \"csv\"",
        Language::Rhai => "import \"csv\" as csv;",
    };
    let _ = writeln!(text, "\n  {load} loads one; help csv lists its functions.");
    text
}

/// The help of a module (`list`), or of a function of one (`list.map`, `list::map`).
pub(super) fn module(path: &str, language: Language, paint: Paint) -> Option<String> {
    let (name, function) = match path.split_once("::").or_else(|| path.split_once('.')) {
        Some((name, function)) => (name, Some(function)),
        None => (path, None),
    };
    let page = ModulePage::of(name)?;
    let Some(function) = function.filter(|function| !function.is_empty()) else {
        return Some(whole(&page, language, paint));
    };
    let line = page.functions.iter().find(|it| it.name == function)?;
    Some(format!("{}\n{}", paint.function(signature(line, language)), indented(&line.doc)))
}

fn whole(page: &ModulePage, language: Language, paint: Paint) -> String {
    let mut text = format!("{}\n", page.doc);
    for line in &page.functions {
        let signature = paint.function(signature(line, language));
        let _ = write!(text, "{signature}\n  {}\n", sentence(&line.doc));
    }
    text
}

fn signature(line: &ModuleLine, language: Language) -> &str {
    match language {
        Language::Lua => &line.lua,
        Language::Rhai => &line.rhai,
    }
}

fn indented(doc: &str) -> String {
    doc.lines().map(|line| format!("  {line}\n")).collect()
}

fn sentence(doc: &str) -> String {
    let first = doc.split("\n\n").next().unwrap_or(doc).replace('`', "").replace('\n', " ");
    first.split_inclusive(". ").next().unwrap_or_default().trim_end().to_owned()
}
