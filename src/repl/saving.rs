//! Lines of a prompt as a script: what the prompt allows and a script does not, in other words.

use super::editor::places;
use crate::engine::{Language, Syntax};

/// What the last result is called in a script of Rhai, where `_` is no name.
const LAST: &str = "last";

/// One text that ran without an error.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) language: Language,
    pub(super) text: String,
    /// True where it gave anything, which is the last result from then on.
    pub(super) gave: bool,
}

/// The texts as a script.
pub(super) fn script(entries: &[&Entry], syntax: &Syntax) -> String {
    let is_asked_for =
        entries.iter().any(|entry| !places(&entry.text, "_", entry.language).is_empty());
    let line = |entry: &&Entry| match entry.language {
        Language::Lua => lua(entry, syntax),
        Language::Rhai => Some(rhai(entry, syntax, is_asked_for)),
    };
    entries.iter().filter_map(line).map(|line| format!("{line}\n")).collect()
}

/// In Lua an expression is no statement. One that gave nothing and is no call has done nothing either.
fn lua(Entry { text, gave, .. }: &Entry, syntax: &Syntax) -> Option<String> {
    let returned = text.strip_prefix("return ").map(str::trim_start).unwrap_or(text);
    match (syntax.is_expression(returned), gave) {
        (true, true) => Some(format!("_ = {returned}")),
        (true, false) if !syntax.is_statement(text) && !text.trim().is_empty() => {
            text.trim_start().starts_with("--").then(|| text.clone())
        }
        _ => Some(text.clone()),
    }
}

/// A line of Rhai needs no semicolon at the prompt, and one where another line follows it.
fn rhai(Entry { text, gave, .. }: &Entry, syntax: &Syntax, is_asked_for: bool) -> String {
    let is_result = is_asked_for && *gave && syntax.is_expression(text);
    let text = named(text);
    let text = if is_result { format!("let {LAST} = {text}") } else { text };
    let is_comment =
        text.lines().next_back().is_some_and(|line| line.trim_start().starts_with("//"));
    let ends = text.ends_with(';') || (text.ends_with('}') && !is_result) || is_comment;
    if ends { text } else { format!("{text};") }
}

/// The last result by a name that a script may use. In a `switch` the underscore is a case.
fn named(text: &str) -> String {
    let (mut named, mut done) = (String::with_capacity(text.len()), 0);
    for (place, next) in places(text, "_", Language::Rhai) {
        if next != "=>" && next != "if" {
            named.push_str(&text[done..place]);
            named.push_str(LAST);
            done = place + 1;
        }
    }
    named + &text[done..]
}

#[cfg(all(test, feature = "lua", feature = "rhai"))]
mod tests {
    use super::*;
    use crate::api::Registry;

    fn saved(language: Language, lines: &[(&str, bool)]) -> String {
        let entry =
            |(text, gave): &(&str, bool)| Entry { language, text: (*text).into(), gave: *gave };
        let entries: Vec<Entry> = lines.iter().map(entry).collect();
        let entries: Vec<&Entry> = entries.iter().collect();
        script(&entries, &Syntax::new(language, &Registry::builtin()))
    }

    #[test]
    fn an_expression_of_lua_becomes_a_statement() {
        let lines =
            [("1 + 1", true), ("x = _", false), ("-- why", false), ("x.y", false), ("f()", false)];
        assert_eq!(saved(Language::Lua, &lines), "_ = 1 + 1\nx = _\n-- why\nf()\n");
        assert_eq!(saved(Language::Lua, &[("return 5", true)]), "_ = 5\n");
    }

    #[test]
    fn the_last_result_has_a_name_in_rhai() {
        let lines = [("1 + 1", true), ("let s = \"_\" + _", false), ("fn f() { 1 }", false)];
        assert_eq!(
            saved(Language::Rhai, &lines),
            "let last = 1 + 1;\nlet s = \"_\" + last;\nfn f() { 1 }\n"
        );
        assert_eq!(
            saved(Language::Rhai, &[("1 + 1", true), ("// why", false)]),
            "1 + 1;\n// why\n"
        );
    }
}
