//! Rhai's errors as failures with their places.

use std::collections::HashMap;

use rhai::{Dynamic, EvalAltResult, ParseError, Position};

use super::function::SESSION;
use super::values::Problem;
use crate::api::Cancel;
use crate::engine::failure::{Frame, out_of_memory, out_of_operations};
use crate::engine::{Limits, ScriptFailure, Source};
use crate::{Error, ErrorKind};

/// What Rhai's names of functions without a name begin with.
const ANONYMOUS: &str = "anon$";

/// What is needed to tell a failure of one run.
pub(super) struct Failures<'a> {
    pub(super) source: &'a Source,
    pub(super) cancel: &'a Cancel,
    pub(super) limits: Limits,
    pub(super) homes: Option<&'a Homes>,
}

/// The names of the sources that a session's functions are in: Rhai knows all of them under one.
pub(super) type Homes = HashMap<String, String>;

impl Failures<'_> {
    /// The failure of a script that does not parse.
    pub(super) fn of_syntax(&self, error: &ParseError) -> ScriptFailure {
        let failure = ScriptFailure::by_script(error.err_type().to_string());
        let line = error.position().line().unwrap_or(1);
        failure.at(self.source.name.as_str(), line, error.position().position())
    }

    /// The failure of a script that ran.
    pub(super) fn of(&self, raised: EvalAltResult) -> ScriptFailure {
        let mut outer = Vec::new();
        let mut file = self.source.name.clone();
        let mut innermost = raised;
        loop {
            let position = innermost.position();
            innermost = match innermost {
                EvalAltResult::ErrorInFunctionCall(name, source, inner, _) => {
                    outer.insert(0, self.frame(&file, position, None));
                    let home = self.homes.and_then(|homes| homes.get(&name).cloned());
                    let home = home.filter(|_| source == SESSION).unwrap_or(source);
                    if !home.is_empty() {
                        file = home;
                    }
                    // The name belongs to the frame inside, which the next round or the end makes.
                    outer.insert(0, Frame { file: file.clone(), line: 0, function: Some(name) });
                    *inner
                }
                EvalAltResult::ErrorInModule(name, inner, _) => {
                    outer.insert(0, self.frame(&file, position, None));
                    file = name;
                    *inner
                }
                found => break self.at(found, &file, outer),
            };
        }
    }

    fn frame(&self, file: &str, position: Position, function: Option<String>) -> Frame {
        Frame { file: file.to_owned(), line: position.line().unwrap_or(0), function }
    }

    fn at(&self, raised: EvalAltResult, file: &str, outer: Vec<Frame>) -> ScriptFailure {
        let position = raised.position();
        let error = self.error(raised);
        let mut frames = vec![self.frame(file, position, None)];
        for frame in outer {
            match (&frame.function, frames.last_mut()) {
                // A name without a line goes to the frame it was found around.
                (Some(name), Some(inner)) if frame.line == 0 => {
                    inner.function = (!name.starts_with(ANONYMOUS)).then(|| name.clone());
                }
                _ => frames.push(frame),
            }
        }
        frames.retain(|frame| frame.line > 0);
        ScriptFailure { error, frames, column: position.position() }
    }

    fn error(&self, mut raised: EvalAltResult) -> Error {
        if let Some(reason) = self.cancel.reason() {
            return reason.clone();
        }
        match &raised {
            EvalAltResult::ErrorRuntime(value, _) => thrown(value),
            EvalAltResult::ErrorTooManyOperations(_) => {
                out_of_operations(self.limits.operations.unwrap_or(0))
            }
            EvalAltResult::ErrorDataTooLarge(..) => out_of_memory(self.limits.memory),
            EvalAltResult::ErrorStackOverflow(_) => {
                Error::new(ErrorKind::Limit, "the functions call each other too deep")
                    .with_hint("look for a function that calls itself without an end")
            }
            EvalAltResult::ErrorFunctionNotFound(signature, _) => {
                let name = signature.split([' ', '(']).next().unwrap_or_default();
                Error::invalid(format!(
                    "there is no function \"{name}\" for these arguments: {signature}"
                ))
            }
            EvalAltResult::ErrorModuleNotFound(name, _) => {
                Error::invalid(format!("there is no module \"{name}\" here"))
                    .with_hint(format!("load it with import \"{name}\" as {name};"))
            }
            EvalAltResult::ErrorVariableNotFound(name, _) => {
                Error::invalid(format!("there is no variable \"{name}\""))
            }
            _ => {
                raised.clear_position();
                Error::invalid(raised.to_string())
            }
        }
    }
}

/// What a script threw: one of our errors again, a text, or any other value.
fn thrown(value: &Dynamic) -> Error {
    if let Some(problem) = value.read_lock::<Problem>() {
        return (*problem.0).clone();
    }
    if value.is_unit() {
        return Error::invalid("the script threw nothing");
    }
    if let Ok(map) = value.as_map_ref()
        && let Some(message) = map.get("message")
    {
        let text = |name: &str| map.get(name).map(ToString::to_string);
        let kind = text("kind").and_then(|kind| ErrorKind::parse(&kind));
        return Error::new(kind.unwrap_or(ErrorKind::Invalid), message.to_string())
            .with_hint_if(text("hint"));
    }
    Error::invalid(value.to_string())
}
