//! `.watch`, `.unwatch`: events while one types.

use std::time::Duration;

use super::{Entry, Flow, Outcome, entry};
use crate::Error;
use crate::api::Callback;
use crate::engine::{Language, Shape};
use crate::repl::command::Arguments;
use crate::repl::shell::Shell;
use crate::repl::trouble::Trouble;
use crate::schema::{did_you_mean, parse_duration};
use crate::watch::{WatchDefinition, WatchKind};

pub(super) const GROUP: &str = "Watching";
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
            "Shows contacts as they come, or gives them to a function; alone it lists what is followed, schedules too.",
        ),
        watch,
    ),
    entry(
        "unwatch",
        GROUP,
        Arguments::WatchId,
        (".unwatch [ID]", "Stops a watch or a schedule, or all."),
        unwatch,
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
    let mut definition = WatchDefinition::new(kind, name);
    if let Some(every) = every {
        (definition.every, definition.every_is_given) = (every, true);
    }
    let handler = match function {
        "" => None,
        function => {
            let callback = given(shell, function)?;
            Some(shell.handler(callback, definition.timeout)?)
        }
    };
    shell.begin_following(definition, handler)?;
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

/// The function that some code gives. What gives none is an error: the last result is an earlier one then.
pub(super) fn given(shell: &mut Shell, code: &str) -> Result<Callback, Trouble> {
    let text = match shell.language {
        Language::Lua => code.to_owned(),
        Language::Rhai => pointer(shell, code),
    };
    let (shape, remark) = shell.evaluate_with_remark(&text)?;
    let function = match shape {
        Shape::Nothing => None,
        _ => shell.work(|session, _| Ok(session.last_function()))?,
    };
    let hint = || remark.unwrap_or_else(|| "define it first, or write one in its place".to_owned());
    function.ok_or_else(|| {
        Error::invalid(format!("\"{code}\" gives no function")).with_hint(hint()).into()
    })
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
            return Err(Error::invalid(format!("nothing is followed as \"{id}\""))
                .with_hint(hint)
                .into());
        }
    };
    let screen = &shell.shared.screen;
    match stopped.is_empty() {
        true => screen.note("nothing was followed"),
        false => screen.note(&format!("no longer following {}", stopped.join(", "))),
    }
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
