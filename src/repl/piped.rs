//! The loop of a program: lines from a file or a pipe, until the first error.

use std::io::{BufRead, stdin};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use super::ExitKind;
use super::commands::{Flow, split};
use super::interrupts::cancelled;
use super::shell::Shell;
use super::trouble::Trouble;
use crate::engine::{ScriptFailure, Syntax};
use crate::{Error, Result};

/// What comes in.
enum Input {
    Line(String),
    Failed(std::io::Error),
    /// Ctrl-C while nothing runs.
    Interrupted,
}

/// Serves lines until their end, or the first error, which is told.
pub(super) fn run(shell: &mut Shell) -> Result<ExitKind> {
    let input = begin_reading(shell)?;
    // Whoever has read enough wants no more: what runs is ended, and says what it had written.
    let interrupts = shell.shared.interrupts.clone();
    shell.shared.screen.when_reader_goes(move || {
        interrupts.fire();
    });
    let served = serve_all(shell, &input);
    Ok(ended(shell, served))
}

/// A reader that has gone wanted no more: that is no failure, unless something had been written to the account.
fn ended(shell: &Shell, served: Result<(), Trouble>) -> ExitKind {
    let screen = &shell.shared.screen;
    let lost = screen.lost().cloned();
    let is_quiet = !screen.has_reader();
    let trouble = match (served, lost) {
        (Err(trouble), None) if !is_quiet || !trouble.writes.is_empty() => trouble,
        (_, None) => return ExitKind::Left,
        (Err(trouble), Some(lost)) if !trouble.writes.is_empty() => {
            Trouble { failure: ScriptFailure::of(lost), ..trouble }
        }
        (_, Some(lost)) => lost.into(),
    };
    shell.shared.report(&trouble);
    ExitKind::Failed(trouble.error().clone())
}

/// Reads on a thread of its own, so that a Ctrl-C is heard while a pipe is silent.
fn begin_reading(shell: &Shell) -> Result<Receiver<Input>> {
    let (tell, input) = channel();
    let interrupted = tell.clone();
    shell.shared.interrupts.when_idle(move || drop(interrupted.send(Input::Interrupted)));
    let body = move || {
        let mut lines = stdin().lock();
        loop {
            let mut bytes = Vec::new();
            let read = match lines.read_until(b'\n', &mut bytes) {
                Ok(0) => return drop(tell.send(Input::Line(String::new()))),
                Ok(_) => Input::Line(String::from_utf8_lossy(&bytes).into_owned()),
                Err(error) => Input::Failed(error),
            };
            if tell.send(read).is_err() {
                return;
            }
        }
    };
    let spawned = thread::Builder::new().name("input".into()).spawn(body);
    spawned.map_err(|error| Error::invalid(format!("cannot read standard input: {error}")))?;
    Ok(input)
}

fn serve_all(shell: &mut Shell, input: &Receiver<Input>) -> Result<(), Trouble> {
    let mut text = String::new();
    loop {
        match input.recv() {
            Ok(Input::Line(line)) if line.is_empty() => break,
            Ok(Input::Line(line)) => text.push_str(line.trim_start_matches('\u{feff}')),
            Ok(Input::Failed(error)) => {
                return Err(Error::invalid(format!("cannot read the input: {error}")).into());
            }
            Ok(Input::Interrupted) => return Err(cancelled().into()),
            Err(_) => break,
        }
        if is_unfinished(shell, &text) {
            continue;
        }
        let flow = serve(shell, &std::mem::take(&mut text))?;
        if flow == Flow::Leave || !shell.shared.screen.has_reader() {
            return Ok(());
        }
    }
    match is_unfinished(shell, &text) {
        true => Err(unfinished(shell, &text)),
        false => serve(shell, &text).map(drop),
    }
}

/// A command is always one line.
fn is_unfinished(shell: &Shell, text: &str) -> bool {
    let syntax = Syntax::new(shell.language, shell.shared.host.registry());
    !text.trim().is_empty() && split(text).is_none() && syntax.is_unfinished(text)
}

fn serve(shell: &mut Shell, text: &str) -> Result<Flow, Trouble> {
    match text.trim().is_empty() {
        true => Ok(Flow::On),
        false => shell.serve(text.trim_end()),
    }
}

fn unfinished(shell: &Shell, text: &str) -> Trouble {
    let first = text.trim().lines().next().unwrap_or_default();
    let what = format!("the input ends before this is complete: {first}");
    let language = match shell.language {
        crate::engine::Language::Lua => "look for a missing end, bracket or quote",
        crate::engine::Language::Rhai => "look for a missing brace, bracket or quote",
    };
    Error::invalid(what).with_hint(language).into()
}
