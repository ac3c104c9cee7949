//! What stands below a table.

use crate::terminal::text::{cut, one_line};
use crate::terminal::{Paint, View, counted, thousands};

/// How many there are; and where not all are here, which these are, and how to get to the others.
pub(super) fn counts(shown: usize, total: usize, first: usize, noun: &str, view: &View) -> String {
    if shown == total || shown == 0 {
        return format!("{}\n", counted(total, noun));
    }
    let end = first + shown;
    let all = if noun == "row" { thousands(total) } else { counted(total, noun) };
    let mut text = format!("rows {}–{} of {all}", thousands(first + 1), thousands(end));
    if end < total {
        text += &format!(" · … {} more", thousands(total - end));
        if let Some(more) = view.more {
            text += &format!(" ({more})");
        }
    }
    text + "\n"
}

/// The fields that have no column, as far as the width goes.
pub(super) fn left_out(names: &[String], width: usize, paint: Paint) -> String {
    if names.is_empty() {
        return String::new();
    }
    let names: Vec<_> = names.iter().map(|name| one_line(name, " ")).collect();
    let line = format!("+ {}: {}", counted(names.len(), "column"), names.join(", "));
    paint.dim(&cut(&line, width)) + "\n"
}
