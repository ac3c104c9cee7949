//! `.more`, `.json`, `.table`: the last result in other forms.

use std::sync::Arc;

use serde_json::Value;

use super::{Entry, Flow, Outcome, entry};
use crate::Error;
use crate::engine::Shape;
use crate::repl::command::Arguments;
use crate::repl::results::Page;
use crate::repl::screen::Screen;
use crate::repl::shell::Shell;
use crate::terminal::{self, View};

pub(super) const GROUP: &str = "Results";

pub(super) const ENTRIES: &[Entry] = &[
    entry("more", GROUP, Arguments::None, (".more", "Shows the next rows of the last list."), more),
    entry(
        "json",
        GROUP,
        Arguments::Code,
        (".json [CODE]", "Shows the last result, or what the code gives, whole, as JSON."),
        json,
    ),
    entry(
        "table",
        GROUP,
        Arguments::Code,
        (".table [CODE]", "Shows the last result, or what the code gives, whole, as a table."),
        table,
    ),
];

fn more(shell: &mut Shell, _: &str) -> Outcome {
    let Page { next, total } = shell.page;
    if total == 0 {
        return Err(Error::invalid("there is no list to go on with")
            .with_hint("ask for one first, such as cliengo.contacts.list()")
            .into());
    }
    if next >= total {
        shell.shared.screen.note("that was all");
        return Ok(Flow::On);
    }
    shell.show_page().map(|()| Flow::On)
}

fn json(shell: &mut Shell, code: &str) -> Outcome {
    let screen = Arc::clone(&shell.shared.screen);
    let total = match shell.result_of(code)? {
        Shape::List(total) if total > 0 => total,
        Shape::List(_) => return Ok(said(&screen, "[]\n")),
        Shape::Value(value) => return Ok(said(&screen, &text_of(&value, &screen))),
        _ => return Ok(said(&screen, "null\n")),
    };
    shell.in_pieces(total, |_, first, piece| {
        let is_last = first + piece.len() >= total;
        screen.say(&part(&text_of(&Value::Array(piece), &screen), first == 0, is_last));
        Ok(())
    })?;
    Ok(Flow::On)
}

fn said(screen: &Screen, text: &str) -> Flow {
    screen.say(text);
    Flow::On
}

/// Indented for a person; for a program one line, as with `-o json`.
fn text_of(value: &Value, screen: &Screen) -> String {
    match screen.is_interactive() {
        true => terminal::json(value, screen.paint()),
        false => format!("{value}\n"),
    }
}

/// A list as a part of a longer one: its bracket only where that begins or ends.
fn part(text: &str, is_first: bool, is_last: bool) -> String {
    let text = if is_first { text } else { text.trim_start_matches('[').trim_start_matches('\n') };
    match is_last {
        true => text.to_owned(),
        false => {
            let open = text.trim_end().trim_end_matches(']');
            let line = if open.ends_with('\n') { "\n" } else { "" };
            format!("{},{line}", open.trim_end())
        }
    }
}

fn table(shell: &mut Shell, code: &str) -> Outcome {
    let view = View { rows: usize::MAX, ..shell.shared.screen.view() };
    let text = match shell.result_of(code)? {
        Shape::List(total) => {
            let rows = shell.whole_list(total)?;
            terminal::table(&rows, total, 0, &view)
        }
        Shape::Value(value) if value.is_object() => terminal::table(&[value], 1, 0, &view),
        Shape::Value(value) => terminal::value(&value, &view),
        _ => String::new(),
    };
    shell.shared.screen.say(&text);
    Ok(Flow::On)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_list_are_one_list() {
        for pieces in [["[\n  1,\n  2\n]\n", "[\n  3\n]\n"], ["[1,2]\n", "[3]\n"]] {
            let all = part(pieces[0], true, false) + part(pieces[1], false, true).as_str();
            let list: Vec<u8> = serde_json::from_str(&all).unwrap();
            assert_eq!(list, [1, 2, 3], "{all}");
            assert!(all.ends_with("]\n"), "{all}");
        }
    }
}
