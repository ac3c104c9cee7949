//! `.replay`: the last event once more.

use std::sync::Arc;

use super::watch::{GROUP, given};
use super::{Entry, Flow, Outcome, entry};
use crate::Error;
use crate::api::Callback;
use crate::repl::command::Arguments;
use crate::repl::following::no_event;
use crate::repl::handling::{Handler, Happened, line};
use crate::repl::shell::Shell;
use crate::repl::trouble::Trouble;
use crate::runtime::LiveEvent;
use crate::terminal;

pub(super) const ENTRIES: &[Entry] = &[entry(
    "replay",
    GROUP,
    Arguments::Code,
    (".replay [FUNCTION]", "Gives the last event to its function as it is now, or to another."),
    replay,
)];

fn replay(shell: &mut Shell, code: &str) -> Outcome {
    let Happened { event, handler } = shell.following.last().ok_or_else(no_event)?;
    let (function, words) = match (code, handler) {
        ("", None) => return Err(no_function().into()),
        ("", Some(handler)) if handler.language != shell.language => {
            let language = handler.language.extension();
            return Err(Error::invalid(format!("the event's function is one of {language}"))
                .with_hint(format!(".lang {language}, or name a function: .replay FUNCTION"))
                .into());
        }
        ("", Some(handler)) => current(shell, handler)?,
        (code, _) => (given(shell, code)?, code.to_owned()),
    };
    give(shell, &event, function, &words)
}

fn no_function() -> Error {
    Error::invalid("the event's watch has no function").with_hint("name one: .replay FUNCTION")
}

/// The handler's function as it is now, and what it is called.
fn current(shell: &mut Shell, handler: Handler) -> Result<(Callback, String), Trouble> {
    let words = handler.name.clone().unwrap_or_else(|| handler.describe());
    let Handler { name: Some(name), callback, .. } = handler else {
        return Ok((handler.callback, words));
    };
    let now = shell.work(move |session, _| Ok(session.function(&name)))?;
    Ok((now.unwrap_or(callback), words))
}

fn give(shell: &mut Shell, event: &LiveEvent, function: Callback, words: &str) -> Outcome {
    let screen = Arc::clone(&shell.shared.screen);
    screen.trace(&format!("{}  → {words}", line(event)));
    let arguments = [event.contact.clone(), event.event.clone()];
    let value = shell.work(move |session, context| session.call(&function, &arguments, context))?;
    screen.say(&terminal::value(&value, &screen.view()));
    Ok(Flow::On)
}
