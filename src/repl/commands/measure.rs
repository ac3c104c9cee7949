//! `.vars`, `.type`, `.time`: what there is, and what it costs.

use std::fmt::Write as _;
use std::time::Instant;

use serde_json::Value;

use super::{Entry, Flow, Outcome, entry, usage};
use crate::engine::Shape;
use crate::repl::command::Arguments;
use crate::repl::kinds::in_words;
use crate::repl::shell::Shell;
use crate::repl::trouble::Trouble;
use crate::terminal::{self, counted, cut, harmless, thousands, width};

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
    let first = first(shell, &shape)?;
    let mut text = in_words(&shape, first.as_ref());
    if let Some(first) = first.filter(Value::is_object) {
        let _ = write!(text, ", the first one a {}", in_words(&Shape::Value(first), None));
    }
    let screen = &shell.shared.screen;
    screen.say(&terminal::folded(&harmless(&text), screen.view().width));
    Ok(Flow::On)
}

/// The first item of the last result, where it is a list that has one.
fn first(shell: &mut Shell, shape: &Shape) -> Result<Option<Value>, Trouble> {
    match shape {
        Shape::List(total) if *total > 0 => {
            shell.work(|session, _| session.items(0, 1)).map(|mut items| items.pop())
        }
        _ => Ok(None),
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
        "{} · {} · {} B · {retries}",
        seconds(took),
        counted(count(tally.calls), "call"),
        thousands(count(tally.bytes)),
    );
    if !tally.waited.is_zero() && tally.waited.as_millis() > 0 {
        let _ = write!(text, " · waited {} for the pace", seconds(tally.waited));
    }
    if let Ok(shape) = &result {
        say_briefly(shell, shape)?;
    }
    shell.shared.screen.say(&format!("{text}\n"));
    result.map(|_| Flow::On)
}

/// What the code gave: a single value as it is, anything larger in words.
fn say_briefly(shell: &mut Shell, shape: &Shape) -> Result<(), Trouble> {
    let view = shell.shared.screen.view();
    let text = match shape {
        Shape::Nothing => return Ok(()),
        Shape::Value(value) if !value.is_object() => terminal::value(value, &view),
        shape => {
            let words = harmless(&in_words(shape, first(shell, shape)?.as_ref()));
            format!("{}\n", cut(&words, view.width.unwrap_or(usize::MAX)))
        }
    };
    shell.shared.screen.say(&text);
    Ok(())
}

fn seconds(time: std::time::Duration) -> String {
    match time.as_secs_f64() {
        small if small < 1.0 => format!("{:.1} ms", small * 1_000.0),
        seconds => format!("{seconds:.2} s"),
    }
}
