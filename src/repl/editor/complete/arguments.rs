//! The names of an object that is an argument of a call.

use super::super::cursor::{Argument, Cursor, assignment};
use super::super::known::Known;
use super::super::scan;
use super::Entry;
use crate::api::{Named, Param};
use crate::engine::Language;
use crate::schema::{same_name, snake_case};

/// The parameter that an argument stands for.
pub(super) fn parameter(argument: &Argument<'_, '_>, known: &Known) -> Option<&'static Param> {
    let function = known.function(&argument.callee.dotted())?;
    function.params.get(argument.index)
}

/// The names that may be given at the cursor; none where no name is due there.
pub(super) fn names(cursor: &Cursor<'_>, known: &Known) -> Option<Vec<Entry>> {
    let argument = cursor.argument()?;
    let object = argument.object.filter(|it| it.typed == 0 && it.value_of.is_none())?;
    let named = parameter(&argument, known)?.kind.names();
    let (_, typed) = cursor.word();
    let given = |named: &&Named| !object.names.iter().any(|name| is(named, name));
    let entries = named.iter().filter(given).map(|named| entry(named, typed, known));
    Some(entries.collect::<Vec<_>>()).filter(|entries| !named.is_empty() || !entries.is_empty())
}

/// True where the name in the script means this one.
pub(super) fn is(named: &Named, name: &str) -> bool {
    let same = |known: &str| same_name(known, name) || same_name(name, known);
    same(named.name) || named.alias.is_some_and(same)
}

fn entry(named: &Named, typed: &str, known: &Known) -> Entry {
    // Rhai takes its keywords as names of an object, Lua does not.
    let is_keyword = scan::keywords(Language::Lua).contains(&named.name);
    let is_barred = known.language == Language::Lua && is_keyword;
    let name = named.alias.filter(|_| is_barred).unwrap_or(named.name);
    // Whoever writes with underscores goes on in that way.
    let name = if typed.contains('_') { snake_case(name) } else { name.to_owned() };
    let space = if assignment(known.language) == "=" { " = " } else { ": " };
    Entry::plain(format!("{name}{space}")).shown(name).told(super::first_sentence(named.doc))
}
