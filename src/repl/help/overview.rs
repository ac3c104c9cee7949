//! The first page of the help, and the help of a command.

use std::fmt::Write as _;

use super::TOPICS;
use crate::repl::command::Command;
use crate::repl::commands::commands;
use crate::terminal::{Paint, width};

/// Topics and commands, in groups.
pub(in crate::repl) fn overview(paint: Paint) -> String {
    let mut text = String::from(
        "Type code and press Enter: what it gives is shown, and kept as _ for the next line.\n\
         Tab completes, the grey text behind the cursor is what may come next, Ctrl-C ends what runs.\n",
    );
    let _ = writeln!(text, "\n{}", paint.heading("Topics (.help TOPIC)"));
    lines(&mut text, TOPICS.iter().map(|(name, doc)| (*name, *doc)), paint);
    let mut groups: Vec<&str> = Vec::new();
    for command in commands() {
        if !groups.contains(&command.group) {
            groups.push(command.group);
        }
    }
    for group in groups {
        let _ = writeln!(text, "\n{}", paint.heading(group));
        let own = commands().iter().filter(|command| command.group == group);
        lines(&mut text, own.map(|command| (command.usage, command.doc)), paint);
    }
    text
}

/// The help of one command.
pub(super) fn command(command: &Command, paint: Paint) -> String {
    format!("{}\n  {}\n", paint.function(command.usage), command.doc)
}

/// A name and what it is on each line, aligned.
fn lines<'a>(
    text: &mut String,
    rows: impl Iterator<Item = (&'a str, &'a str)> + Clone,
    paint: Paint,
) {
    let longest = rows.clone().map(|(name, _)| width(name)).max().unwrap_or(0);
    for (name, doc) in rows {
        let gap = " ".repeat(longest - width(name));
        let _ = writeln!(text, "  {}{gap}  {doc}", paint.function(name));
    }
}
