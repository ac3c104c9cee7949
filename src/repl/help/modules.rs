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
        let _ = writeln!(text, "  {}{gap}{}", paint.name(page.name), sentence(page.doc));
    }
    let load = match language {
        Language::Lua => "local csv = require \"csv\"",
        Language::Rhai => "import \"csv\" as csv;",
    };
    let _ = writeln!(text, "\n  {load} loads one; help csv lists its functions.");
    text
}

/// The help of a module.
pub(super) fn module(name: &str, language: Language, paint: Paint) -> Option<String> {
    ModulePage::of(name).map(|page| whole(&page, language, paint))
}

fn whole(page: &ModulePage, language: Language, paint: Paint) -> String {
    let mut text = format!("{}\n", page.doc);
    for line in &page.functions {
        let signature = paint.function(signature(line, language));
        let _ = write!(text, "{signature}\n  {}\n", sentence(line.doc));
    }
    text
}

fn signature(line: &ModuleLine, language: Language) -> &str {
    match language {
        Language::Lua => &line.lua,
        Language::Rhai => &line.rhai,
    }
}

fn sentence(doc: &str) -> String {
    let first = doc.split("\n\n").next().unwrap_or(doc).replace('`', "").replace('\n', " ");
    first.split_inclusive(". ").next().unwrap_or_default().trim_end().to_owned()
}
