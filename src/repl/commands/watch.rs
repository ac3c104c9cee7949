//! `.watch`, `.unwatch`, `.replay`: events while one types.

use std::sync::Arc;
use std::time::Duration;

use super::{Entry, Flow, Outcome, entry};
use crate::Error;
use crate::api::Callback;
use crate::engine::{Language, Shape};
use crate::repl::command::Arguments;
use crate::repl::following::no_event;
use crate::repl::handling::{Happened, line};
use crate::repl::shell::Shell;
use crate::repl::trouble::Trouble;
use crate::runtime::LiveEvent;
use crate::schema::{did_you_mean, parse_duration};
use crate::terminal;
use crate::watch::{WatchDefinition, WatchKind};

const GROUP: &str = "Watching";
const KINDS: [(&str, WatchKind); 3] =
    [("new", WatchKind::New), ("updated", WatchKind::Updated), ("deleted", WatchKind::Deleted)];
/// No watch asks more often.
const SHORTEST: Duration = Duration::from_secs(1);

pub(super) const ENTRIES: &[Entry] = &[
    entry(
        "watch",
        GROUP,
        Arguments::Watch,
        (
            ".watch [new|updated|deleted] [EVERY] [FUNCTION]",
            "Shows contacts as they come, or gives them to a function; alone it lists what is followed.",
        ),
        watch,
    ),
    entry(
        "unwatch",
        GROUP,
        Arguments::WatchId,
        (".unwatch [ID]", "Stops following a watch, or all."),
        unwatch,
    ),
    entry(
        "replay",
        GROUP,
        Arguments::Code,
        (".replay [FUNCTION]", "Gives the last event to its function as it is now, or to another."),
        replay,
    ),
];

fn watch(shell: &mut Shell, rest: &str) -> Outcome {
    if rest.is_empty() {
        list(shell);
        return Ok(Flow::On);
    }
    let (word, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let Some((name, kind)) = KINDS.into_iter().find(|(name, _)| *name == word) else {
        let hint = did_you_mean(word, KINDS.map(|(name, _)| name));
        let hint = hint.unwrap_or_else(|| "write .watch new, updated or deleted".to_owned());
        return Err(Error::invalid(format!("nothing is watched for \"{word}\""))
            .with_hint(hint)
            .into());
    };
    let (every, function) = pace(rest.trim())?;
    if !function.is_empty() {
        let code = registration(shell, (name, kind), every, function);
        return match shell.evaluate(&code)? {
            Shape::Value(_) => Ok(Flow::On),
            shape => shell.show(shape).map(|()| Flow::On),
        };
    }
    let mut definition = WatchDefinition::new(kind, name);
    if let Some(every) = every {
        (definition.every, definition.every_is_given) = (every, true);
    }
    shell.begin_following(definition, None)?;
    Ok(Flow::On)
}

/// How often, where the first word says that, and what is left.
fn pace(rest: &str) -> Result<(Option<Duration>, &str), Error> {
    let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    if !word.starts_with(|letter: char| letter.is_ascii_digit()) {
        return Ok((None, rest));
    }
    let every = parse_duration(word)?;
    if every < SHORTEST {
        return Err(Error::invalid(format!("{word} is too often")).with_hint("write 1s or more"));
    }
    Ok((Some(every), after.trim()))
}

/// The code that registers the watch with a function.
fn registration(
    shell: &Shell,
    (name, kind): (&str, WatchKind),
    every: Option<Duration>,
    function: &str,
) -> String {
    let every = every.map(|every| every.as_secs_f64());
    match shell.language {
        Language::Lua => {
            let every = every.map_or(String::new(), |every| format!(", every = {every}"));
            format!("cliengo.watch.{}({{ id = \"{name}\"{every} }}, {function})", kind.as_str())
        }
        Language::Rhai => {
            let every = every.map_or(String::new(), |every| format!(", every: {every}"));
            let function = pointer(shell, function);
            format!("cliengo.watch.{}(#{{ id: \"{name}\"{every} }}, {function})", kind.as_str())
        }
    }
}

/// In Rhai the name of a function is no value: a pointer to it is.
fn pointer(shell: &Shell, function: &str) -> String {
    let variables = shell.workers.variables(Language::Rhai);
    let is_function = variables
        .iter()
        .any(|variable| variable.name == function && variable.kind.starts_with("function"));
    let plain = |letter: char| letter.is_alphanumeric() || letter == '_';
    match is_function && function.chars().all(plain) {
        true => format!("Fn(\"{function}\")"),
        false => function.to_owned(),
    }
}

fn list(shell: &Shell) {
    let screen = &shell.shared.screen;
    let watches = shell.following.describe();
    if watches.is_empty() {
        screen.note("nothing is followed; .watch new follows new contacts");
    }
    watches.iter().for_each(|watch| screen.note(watch));
}

fn unwatch(shell: &mut Shell, id: &str) -> Outcome {
    let id = id.trim_matches(['"', '\'']);
    let stopped = match id {
        "" | "all" => shell.following.stop_all(),
        id if shell.following.stop(id) => vec![id.to_owned()],
        id => {
            let ids = shell.following.ids();
            let hint = did_you_mean(id, ids.iter().map(String::as_str));
            let hint = hint.unwrap_or_else(|| ".watch lists what is followed".to_owned());
            return Err(Error::invalid(format!("no watch \"{id}\" is followed"))
                .with_hint(hint)
                .into());
        }
    };
    let screen = &shell.shared.screen;
    match stopped.is_empty() {
        true => screen.note("nothing was followed"),
        false => screen.note(&format!("no longer watching {}", stopped.join(", "))),
    }
    Ok(Flow::On)
}

fn replay(shell: &mut Shell, code: &str) -> Outcome {
    let Happened { event, handler } = shell.following.last().ok_or_else(no_event)?;
    if code.is_empty()
        && let Some(handler) = &handler
        && handler.language != shell.language
    {
        let language = handler.language.extension();
        return Err(Error::invalid(format!("the event's function is one of {language}"))
            .with_hint(format!(".lang {language}, or name a function: .replay FUNCTION"))
            .into());
    }
    let (function, words) = match (code, handler) {
        ("", None) => {
            return Err(Error::invalid("the event's watch has no function")
                .with_hint("name one: .replay FUNCTION")
                .into());
        }
        ("", Some(handler)) => {
            let (name, registered) = (handler.name.clone(), handler.callback.clone());
            let now = name.clone().map(|name| current(shell, name)).transpose()?.flatten();
            let words = name.unwrap_or_else(|| handler.describe());
            (now.unwrap_or(registered), words)
        }
        (code, _) => (given(shell, code)?, code.to_owned()),
    };
    give(shell, &event, function, &words)
}

/// The function that has this name now.
fn current(shell: &mut Shell, name: String) -> Result<Option<Callback>, Trouble> {
    shell.work(move |session, _| Ok(session.function(&name)))
}

/// The function that some code gives.
fn given(shell: &mut Shell, code: &str) -> Result<Callback, Trouble> {
    let code = match shell.language {
        Language::Lua => code.to_owned(),
        Language::Rhai => pointer(shell, code),
    };
    shell.evaluate(&code)?;
    let function = shell.work(|session, _| Ok(session.last_function()))?;
    function.ok_or_else(|| {
        Error::invalid(format!("{code} is no function"))
            .with_hint("define it first, or write one: .replay function(contact) … end")
            .into()
    })
}

fn give(shell: &mut Shell, event: &LiveEvent, function: Callback, words: &str) -> Outcome {
    let screen = Arc::clone(&shell.shared.screen);
    screen.trace(&format!("{}  → {words}", line(event)));
    let arguments = [event.contact.clone(), event.event.clone()];
    let value = shell.work(move |session, context| session.call(&function, &arguments, context))?;
    screen.say(&terminal::value(&value, &screen.view()));
    Ok(Flow::On)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_stands_before_the_function() {
        assert_eq!(pace("10s on_lead").unwrap(), (Some(Duration::from_secs(10)), "on_lead"));
        assert_eq!(pace("on_lead").unwrap(), (None, "on_lead"));
        assert!(pace("10ms").is_err() && pace("1x").is_err());
    }
}
