//! What may stand at the cursor in code.

use super::super::cursor::Cursor;
use super::super::known::Known;
use super::super::{scan, words};
use super::members::{members, roots};
use super::values::{quoted, words_of};
use super::{Entry, Found, arguments, files};
use crate::engine::{Language, MODULE, Variable};

/// What goes on from this code.
pub(super) fn complete(before: &str, after: &str, known: &Known) -> Found {
    let cursor = Cursor::at(before, known.language);
    if cursor.in_comment() {
        return Found::default();
    }
    if let Some((quote, start, content)) = cursor.in_text() {
        return in_text(&cursor, known, (quote, start, content), after);
    }
    if is_indentation(before) {
        return Found { start: before.len(), entries: vec![Entry::plain(INDENTATION)] };
    }
    let (start, typed) = cursor.word();
    if let Some(owner) = cursor.owner() {
        return Found::among(start, typed, members(&owner, known));
    }
    if let Some(names) = arguments::names(&cursor, known) {
        return Found::among(start, typed, names);
    }
    if let Some(words) = words_of(&cursor, known).filter(|_| typed.is_empty()) {
        return Found::among(start, typed, words.iter().map(|word| quoted(word)));
    }
    Found::among(start, typed, plain(known, typed))
}

/// What Tab gives at the beginning of a line of a block.
const INDENTATION: &str = "  ";

fn is_indentation(before: &str) -> bool {
    before.rsplit_once('\n').is_some_and(|(_, line)| line.trim().is_empty())
}

/// Within quotes: the words of a choice, or the modules.
fn in_text(
    cursor: &Cursor<'_>,
    known: &Known,
    (quote, start, content): (char, usize, &str),
    after: &str,
) -> Found {
    let callee = cursor.argument().filter(|it| it.object.is_none()).map(|it| it.callee.dotted());
    let loads = |word: &str| matches!(word, "require" | "import");
    if callee.as_deref().is_some_and(loads) || cursor.word_before().is_some_and(loads) {
        return files::modules(start, content, known.folder.as_deref(), known.language);
    }
    let Some(words) = words_of(cursor, known) else { return Found::default() };
    let end = if after.starts_with(quote) { String::new() } else { quote.to_string() };
    let entry = |word: &&str| Entry::plain(format!("{word}{end}")).shown(*word);
    Found::among(start, content, words.iter().map(entry))
}

/// What may begin an expression. With nothing typed yet, only what is worth a look.
fn plain(known: &Known, typed: &str) -> Vec<Entry> {
    let language = known.language;
    let mut entries: Vec<Entry> = known.shared().variables.iter().map(variable).collect();
    entries.extend(roots(known));
    entries.extend(words::libraries(language).map(|name| library(name, language)));
    if !typed.is_empty() {
        let keywords = scan::keywords(language).iter().copied();
        entries.extend(words::globals(language).map(|name| Entry::plain(name).told(FUNCTION)));
        entries.extend(keywords.map(|name| Entry::plain(name).told(KEYWORD)));
    }
    entries
}

const FUNCTION: &str = "A function of the language.";
const KEYWORD: &str = "A word of the language.";

fn library(name: &str, language: Language) -> Entry {
    let members = words::library(language, name).into_iter().flatten().collect::<Vec<_>>();
    Entry::plain(format!("{name}.")).told(members.join(", "))
}

fn variable(variable: &Variable) -> Entry {
    // Behind the name of a module in Rhai nothing else can follow.
    let end = if variable.kind == MODULE { "::" } else { "" };
    Entry::plain(format!("{}{end}", variable.name))
        .told(format!("{}  {}", variable.kind, variable.shown))
}
