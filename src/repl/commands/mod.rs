//! The dot-commands: one table, and from it the loop, the help and the completion.

mod account;
mod csv;
mod data;
mod files;
mod help;
mod measure;
mod replay;
mod session;
mod watch;

use std::sync::LazyLock;

use super::command::{Arguments, Command};
use super::shell::Shell;
use super::trouble::Trouble;
use crate::Error;
use crate::schema::did_you_mean;

/// What the loop does after a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// It goes on.
    On,
    /// It ends.
    Leave,
}

/// How a command ended.
pub(super) type Outcome = Result<Flow, Trouble>;

/// A command, and what does it with the rest of the line.
struct Entry {
    command: Command,
    run: fn(&mut Shell, &str) -> Outcome,
}

/// The commands of each file, in the order of the help.
const TABLES: [&[Entry]; 9] = [
    help::ENTRIES,
    data::ENTRIES,
    csv::ENTRIES,
    measure::ENTRIES,
    files::ENTRIES,
    watch::ENTRIES,
    replay::ENTRIES,
    account::ENTRIES,
    session::ENTRIES,
];

fn entries() -> impl Iterator<Item = &'static Entry> + Clone {
    TABLES.into_iter().flatten()
}

/// Every command, in the order of the help.
pub(super) fn commands() -> &'static [Command] {
    static COMMANDS: LazyLock<Vec<Command>> =
        LazyLock::new(|| entries().map(|entry| entry.command).collect());
    &COMMANDS
}

/// An entry of a table.
const fn entry(
    name: &'static str,
    group: &'static str,
    arguments: Arguments,
    (usage, doc): (&'static str, &'static str),
    run: fn(&mut Shell, &str) -> Outcome,
) -> Entry {
    Entry { command: Command { name, arguments, group, usage, doc }, run }
}

/// The command that a line is, without its dot, and the rest of the line; none for a line of code.
pub(super) fn split(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim().strip_prefix('.')?;
    let is_name = rest.chars().next().is_some_and(char::is_alphabetic);
    is_name.then(|| rest.split_once(char::is_whitespace).unwrap_or((rest, "")))
}

/// Does a command.
///
/// # Errors
/// What it fails with; an unknown one names the nearest.
pub(super) fn run(shell: &mut Shell, name: &str, rest: &str) -> Outcome {
    match entries().find(|entry| entry.command.name == name) {
        Some(Entry { command, .. })
            if command.arguments == Arguments::None && !rest.trim().is_empty() =>
        {
            Err(Error::invalid(format!(".{name} takes nothing, and \"{}\" is more", rest.trim()))
                .with_hint(format!("write {}", command.usage))
                .into())
        }
        Some(entry) => (entry.run)(shell, rest.trim()),
        None => Err(unknown(name).into()),
    }
}

fn unknown(name: &str) -> Error {
    let names = commands().iter().map(|command| command.name);
    let dotted: Vec<String> = names.map(|name| format!(".{name}")).collect();
    let typed = format!(".{name}");
    let hint = did_you_mean(&typed, dotted.iter().map(String::as_str));
    Error::invalid(format!("there is no command {typed}"))
        .with_hint(hint.unwrap_or_else(|| ".help lists the commands".to_owned()))
}

/// The error of a command that was written in another way than it takes.
fn usage(name: &str) -> Error {
    let command = commands().iter().find(|command| command.name == name);
    let usage = command.map_or("", |command| command.usage);
    Error::invalid(format!(".{name} needs more than that")).with_hint(format!("write {usage}"))
}

/// `on` or `off`; nothing asks how it is.
fn switch(name: &str, rest: &str) -> Result<Option<bool>, Error> {
    match rest {
        "" => Ok(None),
        "on" => Ok(Some(true)),
        "off" => Ok(Some(false)),
        other => Err(Error::invalid(format!("\"{other}\" is neither on nor off"))
            .with_hint(format!("write .{name} on or .{name} off"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_command_stands_twice_and_each_says_what_it_does() {
        let mut names: Vec<_> = commands().iter().map(|command| command.name).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        for command in commands() {
            assert!(command.usage.starts_with(&format!(".{}", command.name)), "{}", command.name);
            assert!(!command.doc.is_empty(), "{}", command.name);
        }
    }

    #[test]
    fn a_line_of_code_is_no_command() {
        assert_eq!(split(" .help  contacts.update "), Some(("help", " contacts.update")));
        assert_eq!(split(".more"), Some(("more", "")));
        for code in ["..", ".5 + 1", "a.b", "", "."] {
            assert_eq!(split(code), None, "{code}");
        }
    }
}
