//! `.vars`, `.type`, `.time`: what there is, and what it costs.

use std::fmt::Write as _;
use std::time::Instant;

use serde_json::Value;

use super::{Entry, Flow, Outcome, entry, usage};
use crate::engine::Shape;
use crate::repl::command::Arguments;
use crate::repl::shell::Shell;
use crate::terminal::{counted, cut, harmless, thousands, width};

const GROUP: &str = "Looking closer";

pub(super) const ENTRIES: &[Entry] = &[
    entry(
        "vars",
        GROUP,
        Arguments::None,
        (".vars", "Lists what you defined, with its type and value."),
        vars,
    ),
    entry(
        "type",
        GROUP,
        Arguments::Code,
        (".type CODE", "Says what the code gives: its type, and what is in it."),
        kind,
    ),
    entry(
        "time",
        GROUP,
        Arguments::Code,
        (".time CODE", "Says how long the code takes, and what it asks of the API."),
        time,
    ),
];

fn vars(shell: &mut Shell, _: &str) -> Outcome {
    let variables = shell.workers.variables(shell.language);
    let screen = &shell.shared.screen;
    if variables.is_empty() {
        screen.note("nothing is defined yet");
        return Ok(Flow::On);
    }
    let paint = screen.paint();
    let longest = |text: fn(&crate::engine::Variable) -> &str| {
        variables.iter().map(|variable| width(text(variable))).max().unwrap_or(0)
    };
    let (names, kinds) = (longest(|it| &it.name), longest(|it| &it.kind));
    let mut text = String::new();
    for variable in &variables {
        let name_gap = " ".repeat(names - width(&variable.name));
        let kind_gap = " ".repeat(kinds - width(&variable.kind));
        let room =
            screen.view().width.map_or(usize::MAX, |all| all.saturating_sub(names + kinds + 4));
        let shown = harmless(&variable.shown);
        let shown = if width(&shown) > room { cut(&shown, room).into_owned() } else { shown };
        let (name, kind) = (paint.name(&variable.name), paint.dim(&variable.kind));
        let line = format!("{name}{name_gap}  {kind}{kind_gap}  {shown}");
        let _ = writeln!(text, "{}", line.trim_end());
    }
    screen.say(&text);
    Ok(Flow::On)
}

fn kind(shell: &mut Shell, code: &str) -> Outcome {
    if code.is_empty() {
        return Err(usage("type").into());
    }
    let shape = shell.evaluate(code)?;
    let first = match &shape {
        Shape::List(total) if *total > 0 => shell.work(|session, _| session.items(0, 1))?.pop(),
        _ => None,
    };
    let mut text = in_words(&shape);
    if let Some(first) = first {
        let _ = write!(text, ", the first is {}", in_words(&Shape::Value(first)));
    }
    shell.shared.screen.say(&format!("{}\n", harmless(&text)));
    Ok(Flow::On)
}

/// What a value is: `text of 12 characters`, `object with id, name`.
fn in_words(shape: &Shape) -> String {
    match shape {
        Shape::Nothing | Shape::Value(Value::Null) => "nothing".to_owned(),
        Shape::List(total) => format!("list of {}", counted(*total, "item")),
        Shape::Other(words) => words.clone(),
        Shape::Value(Value::Bool(_)) => "truth".to_owned(),
        Shape::Value(Value::Number(number)) if number.is_f64() => "number".to_owned(),
        Shape::Value(Value::Number(_)) => "whole number".to_owned(),
        Shape::Value(Value::String(text)) => {
            format!("text of {}", counted(text.chars().count(), "character"))
        }
        Shape::Value(Value::Array(items)) => format!("list of {}", counted(items.len(), "item")),
        Shape::Value(Value::Object(object)) if object.is_empty() => "empty object".to_owned(),
        Shape::Value(Value::Object(object)) => {
            let names: Vec<&str> = object.keys().map(String::as_str).collect();
            format!("object with {}", names.join(", "))
        }
    }
}

fn time(shell: &mut Shell, code: &str) -> Outcome {
    if code.is_empty() {
        return Err(usage("time").into());
    }
    shell.shared.recorder.take_tally();
    let begun = Instant::now();
    let result = shell.evaluate(code);
    let took = begun.elapsed();
    let tally = shell.shared.recorder.take_tally();
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let retries = match tally.retries {
        0 => "no retries".to_owned(),
        1 => "1 retry".to_owned(),
        more => format!("{} retries", thousands(count(more))),
    };
    let mut text = format!(
        "{} · {} · {} · {retries}",
        seconds(took),
        counted(count(tally.calls), "call"),
        counted(count(tally.bytes), "byte"),
    );
    if !tally.waited.is_zero() && tally.waited.as_millis() > 0 {
        let _ = write!(text, " · waited {} for the pace", seconds(tally.waited));
    }
    let screen = &shell.shared.screen;
    if let Ok(shape) = &result
        && *shape != Shape::Nothing
    {
        let words = harmless(&in_words(shape));
        let room = screen.view().width.unwrap_or(usize::MAX);
        screen.say(&format!("{}\n", cut(&words, room)));
    }
    screen.say(&format!("{text}\n"));
    result.map(|_| Flow::On)
}

fn seconds(time: std::time::Duration) -> String {
    match time.as_secs_f64() {
        small if small < 1.0 => format!("{:.1} ms", small * 1_000.0),
        seconds => format!("{seconds:.2} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_type_is_told_in_words() {
        let words = |value: Value| in_words(&Shape::Value(value));
        assert_eq!(words(json!("añá")), "text of 3 characters");
        assert_eq!(words(json!({ "id": 1, "name": 2 })), "object with id, name");
        assert_eq!([words(json!(1)), words(json!(1.5))], ["whole number", "number"]);
        assert_eq!(in_words(&Shape::List(1)), "list of 1 item");
    }
}
