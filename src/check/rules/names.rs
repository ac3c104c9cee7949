//! Names that nobody defines, and names that are not where they are looked for.

use crate::check::facts::{Missing, Undefined};
use crate::check::known::Known;
use crate::check::{Code, Finding, Severity};
use crate::engine::Language;
use crate::schema::did_you_mean;

pub(super) fn undefined(it: &Undefined<'_>, known: &Known<'_>) -> Finding {
    let what = if it.called { "function" } else { "name" };
    let message = format!("there is no {what} \"{}\"", it.name.text);
    let hint = it.meant.as_ref().map(|meant| format!("did you mean \"{meant}\"?"));
    let finding = Finding::new(Code::UndefinedName, it.name.place, message).with_hint(hint);
    // A name that is only read, and is no misspelling, may be asked for on purpose: in Lua it is nil.
    match known.source.language == Language::Lua && !it.called && it.meant.is_none() {
        true => Finding { severity: Severity::Warning, ..finding },
        false => finding,
    }
}

pub(super) fn missing(it: &Missing<'_>, known: &Known<'_>) -> Finding {
    let (code, members) = match it.of_registry {
        true => (Code::UnknownFunction, known.members(&it.within)),
        false => (Code::UndefinedName, known.builtins.get(&it.within)),
    };
    let names: Vec<&str> = members.into_iter().flatten().map(String::as_str).collect();
    let hint = did_you_mean(&it.name.text, names.iter().copied())
        .unwrap_or_else(|| format!("it has {}", names.join(", ")));
    let message = format!("{} has no \"{}\"", it.within, it.name.text);
    Finding::new(code, it.name.place, message).with_hint(hint)
}
