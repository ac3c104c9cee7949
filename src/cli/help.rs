//! `cliengo help contacts.update`: what scripts can call, explained at the terminal as at the prompt.

use std::ffi::OsString;

use clap::Command;

use super::exit;
use super::output;
use crate::api::Registry;
use crate::engine::{Language, stdlib_modules, stdlib_registry};
use crate::repl::{PLAIN_TOPICS, explain};
use crate::schema::did_you_mean;
use crate::terminal::{View, folded};
use crate::{Error, Result};

/// Explains the word, where these arguments ask for help of one that is no command; none where they do not.
pub(super) fn of_words(command: &Command, arguments: &[OsString]) -> Option<Result<u8>> {
    let words: Vec<_> = arguments.iter().skip(1).map(|word| word.to_string_lossy()).collect();
    let (first, words) = words.split_first()?;
    let word = words.first().filter(|_| first == "help")?;
    let is_of_clap =
        word.starts_with('-') || word == "help" || command.find_subcommand(&**word).is_some();
    if is_of_clap {
        return None;
    }
    let rest: Vec<&str> = words[1..].iter().map(AsRef::as_ref).collect();
    Some(language(&rest).and_then(|language| show(command, word, language)))
}

fn language(options: &[&str]) -> Result<Language> {
    match options {
        [] | ["--lang", "lua"] | ["--lang=lua"] => Ok(Language::Lua),
        ["--lang", "rhai"] | ["--lang=rhai"] => Ok(Language::Rhai),
        other => Err(Error::invalid(format!("help of a function takes no {}", other.join(" ")))
            .with_hint("give its path, and perhaps --lang rhai")),
    }
}

fn show(command: &Command, word: &str, language: Language) -> Result<u8> {
    let (registry, view) = (Registry::builtin(), View::of_output());
    let path = word.split(['(', '{']).next().unwrap_or(word);
    match explain(path, &registry, language, view.paint) {
        Some(text) => {
            output::text(&folded(&text, view.width))?;
            Ok(exit::DONE)
        }
        None => Err(unknown(command, &registry, word)),
    }
}

fn unknown(command: &Command, registry: &Registry, word: &str) -> Error {
    let commands = command.get_subcommands().map(Command::get_name);
    let paths = registry.functions().map(|function| function.path);
    let of_modules = stdlib_registry().functions().map(|function| function.path);
    let modules: Vec<&str> = stdlib_modules().collect();
    let names = commands.chain(PLAIN_TOPICS).chain(modules.iter().copied()).chain(paths);
    let meant = did_you_mean(word, names.chain(of_modules));
    Error::invalid(format!("there is no command and no function \"{word}\"")).with_hint(
        meant.unwrap_or(
            "cliengo help lists the commands, cliengo help cliengo the functions".into(),
        ),
    )
}
