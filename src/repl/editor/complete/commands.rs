//! The commands of the prompt and what stands behind them.

use super::super::dotted::CommandLine;
use super::super::known::Known;
use super::members::first_sentence;
use super::{Entry, Found, code, files};
use crate::repl::command::{Arguments, Command};
use crate::schema::CONTACT_FIELDS;

/// What goes on from this command line.
pub(super) fn complete(before: &str, line: &CommandLine<'_>, after: &str, known: &Known) -> Found {
    let Some((start, rest)) = line.rest else {
        return Found::among(
            line.start,
            &before[line.start..],
            known.commands.iter().copied().map(name),
        );
    };
    let Some(command) = known.command(line) else { return Found::default() };
    let words = |words: &[&str]| words.iter().copied().map(Entry::plain).collect::<Vec<_>>();
    let entries = match command.arguments {
        Arguments::None => return Found::default(),
        Arguments::File => return files::any(start, rest),
        Arguments::Code => return within(code::complete(rest, after, known), start),
        Arguments::Watch => return watch(start, rest, after, known),
        Arguments::Topic => topics(known, rest),
        Arguments::Path => paths(known, rest).collect(),
        Arguments::Language => words(&["lua", "rhai"]),
        Arguments::OnOff => words(&["on", "off"]),
        Arguments::WatchId => known.shared().watches.iter().cloned().map(Entry::plain).collect(),
        Arguments::Profile => known.shared().profiles.iter().cloned().map(Entry::plain).collect(),
        Arguments::Field => fields(),
    };
    Found::among(start, rest, entries)
}

fn name(command: &Command) -> Entry {
    let space = if command.arguments == Arguments::None { "" } else { " " };
    let usage = if command.usage.is_empty() { command.name } else { command.usage };
    Entry::plain(format!(".{}{space}", command.name)).shown(usage).told(command.doc)
}

/// What was found in a part of the line, as found in the line.
fn within(found: Found, offset: usize) -> Found {
    Found { start: found.start + offset, ..found }
}

/// First what to watch for, then how often or with which function: code.
fn watch(start: usize, rest: &str, after: &str, known: &Known) -> Found {
    if let Some(space) = rest.rfind(char::is_whitespace) {
        let from = space + 1;
        return within(code::complete(&rest[from..], after, known), start + from);
    }
    let kinds = [
        ("new", "Contacts that are created."),
        ("updated", "Contacts that are created or changed."),
        ("deleted", "Contacts that are gone."),
    ];
    Found::among(start, rest, kinds.map(|(kind, doc)| Entry::plain(kind).told(doc)))
}

fn topics(known: &Known, typed: &str) -> Vec<Entry> {
    let topics = known.topics.iter().map(|topic| Entry::plain(*topic).told("A topic."));
    let commands = known
        .commands
        .iter()
        .filter(|_| typed.starts_with('.'))
        .map(|command| Entry::plain(format!(".{}", command.name)).told(command.doc));
    topics.chain(commands).chain(paths(known, typed)).collect()
}

/// The functions, by the path that help takes: `cliengo.` need not stand before it.
fn paths<'k>(known: &'k Known, typed: &'k str) -> impl Iterator<Item = Entry> + use<'k> {
    known.registry.functions().map(move |function| {
        let full = function.full_path();
        let short = full.strip_prefix("cliengo.").filter(|_| !typed.starts_with("cliengo"));
        Entry::plain(short.unwrap_or(&full)).told(first_sentence(function.doc))
    })
}

fn fields() -> Vec<Entry> {
    let kinds = [
        ("create", "What a new contact may be given."),
        ("update", "What of a contact may be changed."),
    ];
    let fields = CONTACT_FIELDS.iter().map(|field| (field.name, field.doc));
    kinds.into_iter().chain(fields).map(|(name, doc)| Entry::plain(name).told(doc)).collect()
}
