//! What stands below a table.

use crate::terminal::text::{cut, one_line, width};
use crate::terminal::{Paint, View, counted, thousands};

/// How many there are; and where not all are here, which these are, and how to get to the others.
pub(super) fn counts(shown: usize, total: usize, first: usize, noun: &str, view: &View) -> String {
    if shown == total || shown == 0 {
        return format!("{}\n", counted(total, noun));
    }
    let end = first + shown;
    let all = if noun == "row" { thousands(total) } else { counted(total, noun) };
    let place = format!("{}–{}", thousands(first + 1), thousands(end));
    let how = view.more.map(|more| format!(" ({more})")).unwrap_or_default();
    let (long, short) = match total - end {
        0 => (String::new(), String::new()),
        left => {
            let left = format!("… {} more", thousands(left));
            (format!(" · {left}{how}"), format!(" · {left}"))
        }
    };
    let fits = |text: &String| view.width.is_none_or(|columns| width(text) <= columns);
    let texts = [
        format!("rows {place} of {all}{long}"),
        format!("{place} of {}{long}", thousands(total)),
        format!("{place} of {}{short}", thousands(total)),
    ];
    let text = texts.iter().find(|text| fits(text)).unwrap_or(&texts[2]);
    format!("{text}\n")
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
