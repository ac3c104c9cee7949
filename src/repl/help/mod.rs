//! Help: from the registry, the schema, the table of commands, and a few topics.

#[cfg(feature = "cli")]
mod explain;
mod fields;
mod function;
mod modules;
mod overview;
mod topics;

#[cfg(feature = "cli")]
pub(crate) use explain::{PLAIN_TOPICS, explain};
pub(super) use fields::fields;
pub(super) use function::{Shown, function, namespace};
pub(super) use overview::overview;
pub(super) use topics::{TOPIC_NAMES, TOPICS, topic};

use super::commands::commands;
use crate::api::{FunctionRef, Registry};
use crate::engine::{Language, stdlib_registry};
use crate::schema::did_you_mean;
use crate::terminal::Paint;
use crate::{Error, Result};

/// What help was asked for.
pub(super) enum Help {
    /// Words to show.
    Text(String),
    /// A function with its example.
    Function(String, Shown),
}

/// The help of a word: a topic, a command, a function, a namespace, a kind of errors, or a field.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where there is no help of that word, with the nearest.
pub(super) fn help(
    word: &str,
    registry: &Registry,
    language: Language,
    paint: Paint,
) -> Result<Help> {
    let word = word.trim();
    if word.is_empty() {
        return Ok(Help::Text(overview(paint)));
    }
    let path = word.split(['(', '{']).next().unwrap_or(word).trim();
    if let Some((found, registry)) = found(path, registry) {
        let (text, shown) = function(found, registry, language, paint);
        return Ok(Help::Function(text, shown));
    }
    let command = commands().iter().find(|command| command.name == path.trim_start_matches('.'));
    let of_command = command.filter(|_| path.starts_with('.') || topic(path, paint).is_none());
    let of_command = of_command.map(|command| overview::command(command, paint));
    // Some modules are called like a command.
    let of_command = match (of_command, modules::module(path, language, paint)) {
        (Some(command), Some(module)) => Some(format!("{module}\n{command}")),
        (command, _) => command,
    };
    let text = of_command
        .or_else(|| topic(path, paint))
        .or_else(|| namespace(path, registry, paint))
        .or_else(|| module_or_field(path, language, paint))
        .or_else(|| topics::error_kind(path, paint));
    text.map(Help::Text).ok_or_else(|| unknown(path, registry))
}

/// The function of this path, with the registry that it is in: the program's, or that of the modules.
fn found<'a>(path: &str, registry: &'a Registry) -> Option<(&'a FunctionRef, &'a Registry)> {
    let of_module = || {
        let found = stdlib_registry().find(&path.replace("::", "."))?;
        Some((found, stdlib_registry()))
    };
    registry.find(path).map(|found| (found, registry)).or_else(of_module)
}

/// Some modules are called like the field that they are about: then both are meant.
fn module_or_field(word: &str, language: Language, paint: Paint) -> Option<String> {
    let module = match word {
        "modules" => Some(modules::all(language, paint)),
        word => modules::module(word, language, paint),
    };
    match (module, fields::one(word, paint)) {
        (Some(module), Some(field)) => Some(format!("{module}\n{field}")),
        (module, field) => module.or(field),
    }
}

fn unknown(word: &str, registry: &Registry) -> Error {
    let paths: Vec<_> = registry.functions().map(|function| function.full_path()).collect();
    let of_modules = stdlib_registry().functions().map(|function| function.path);
    let names = registry.functions().map(|function| function.path).chain(of_modules);
    let all =
        TOPICS.iter().map(|(name, _)| *name).chain(commands().iter().map(|command| command.name));
    let candidates = all.chain(names).chain(paths.iter().map(AsRef::as_ref));
    let hint =
        did_you_mean(word, candidates).unwrap_or_else(|| ".help lists the topics".to_owned());
    Error::invalid(format!("there is no help of \"{word}\"")).with_hint(hint)
}
