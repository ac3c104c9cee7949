//! Which name was probably meant, where one that is not there was used.

use super::paths::{Path, Step, is_declared, paths, whole};
use crate::engine::{Language, ScriptFailure};
use crate::schema::{CONTACT_FIELDS, did_you_mean, same_name};

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::engine) enum Look {
    /// Nothing.
    Nothing,
    /// Something with these names in it.
    Names(Vec<String>),
    /// Something that tells nothing of its names.
    Other,
}

/// Looks at what the session holds, without running anything. An empty path is everything with a name.
pub(in crate::engine) type Looking<'a> = &'a dyn Fn(&[Step<'_>]) -> Look;

/// A name that is not there.
struct Missing<'a> {
    name: &'a str,
    place: usize,
    hint: Option<String>,
    /// True where nothing of this name is in the whole session.
    is_first: bool,
}

/// What to say of a line that is only a path and gave nothing.
pub(in crate::engine) fn remark(
    language: Language,
    text: &str,
    look: Looking<'_>,
) -> Option<String> {
    let path = whole(language, text)?;
    let missing = missing(&path, look)?;
    let undefined = || missing.is_first.then(|| format!("there is no \"{}\"", missing.name));
    missing.hint.or_else(undefined)
}

/// Has the failure name what is not there in its line, and what was probably meant. `text` is the code
/// that the line is of.
pub(in crate::engine) fn explain(
    failure: &mut ScriptFailure,
    language: Language,
    (text, line): (&str, &str),
    look: Looking<'_>,
) {
    let message = failure.error.message.clone();
    if failure.error.hint.is_some() {
        return;
    }
    if let Some(name) = named(&message) {
        failure.error = failure.error.clone().with_hint_if(meant(name, look));
        return;
    }
    let calls = message.starts_with("attempt to call a nil value");
    if !calls && !is_about_nothing(&message) {
        return;
    }
    let missing = paths(language, line)
        .into_iter()
        .filter(|path| path.is_called || !calls)
        .filter_map(|path| missing(&path, look))
        .filter(|missing| !missing.is_first || !is_declared(language, text, missing.name))
        .find(|missing| calls || missing.is_first || missing.hint.is_some());
    if let Some(missing) = missing {
        tell(failure, missing, calls, line);
    }
}

fn tell(failure: &mut ScriptFailure, missing: Missing<'_>, calls: bool, line: &str) {
    let error = failure.error.clone();
    let message = match calls {
        true => format!("there is no function \"{}\"", missing.name),
        false if missing.is_first => {
            format!("{}: there is no \"{}\"", error.message, missing.name)
        }
        false => error.message.clone(),
    };
    failure.error = error.with_message(message).with_hint_if(missing.hint);
    failure.column = Some(line[..missing.place].chars().count() + 1);
}

/// The name of which the message says that it is not there; not an operator.
fn named(message: &str) -> Option<&str> {
    let rest = ["there is no variable \"", "there is no function \""]
        .iter()
        .find_map(|start| message.strip_prefix(start))?;
    let (name, _) = rest.split_once('"')?;
    name.starts_with(|first: char| first.is_alphabetic() || first == '_').then_some(name)
}

/// The name that was meant with this one, which may stand in a module.
fn meant(name: &str, look: Looking<'_>) -> Option<String> {
    let (place, name) = match name.rsplit_once("::") {
        Some((module, name)) => (look(&[Step::Module(module)]), name),
        None => (look(&[]), name),
    };
    let Look::Names(names) = place else { return None };
    let is_there = names.iter().any(|known| known == name);
    did_you_mean(name, names.iter().filter(|_| !is_there).map(String::as_str))
}

/// True for what the languages say where nothing is where something should be.
fn is_about_nothing(message: &str) -> bool {
    ["nil", "()", "missing method"].iter().any(|word| message.contains(word))
}

/// The first name of the path that is not there.
fn missing<'a>(path: &Path<'a>, look: Looking<'_>) -> Option<Missing<'a>> {
    let number =
        (1..=path.steps.len()).find(|number| look(&path.steps[..*number]) == Look::Nothing)?;
    let (Step::Name(name), place) = (path.steps[number - 1], path.places[number - 1]) else {
        return None;
    };
    let Look::Names(names) = look(&path.steps[..number - 1]) else { return None };
    let fields = CONTACT_FIELDS.iter().filter(|_| is_contact(&names)).map(|field| field.name);
    let mut known: Vec<&str> = names.iter().map(String::as_str).chain(fields).collect();
    let is_known = known.iter().any(|known| same_name(known, name));
    known.retain(|known| !is_known && !known.starts_with('_'));
    let hint = did_you_mean(name, known);
    Some(Missing { name, place, hint, is_first: number == 1 })
}

fn is_contact(names: &[String]) -> bool {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    has("id") && (has("websiteId") || has("creationDate"))
}
