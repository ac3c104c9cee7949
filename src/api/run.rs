//! The script's own surroundings: environment, log, time.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::Level;
use super::errors;
use super::function::{Answer, ApiFn, Call, Example, Param, ParamType, Pending};
use super::{Handler, ReturnType};
use crate::schema::{parse_duration, to_wire};
use crate::{Error, Result};

const LOG: &[Param] = &[
    Param { name: "message", kind: ParamType::Any, optional: false, doc: "What to say." },
    Param {
        name: "fields",
        kind: ParamType::Object,
        optional: true,
        doc: "Names and values to say with it.",
    },
];

pub(super) const FUNCTIONS: &[ApiFn] = &[
    ApiFn {
        path: "env",
        alias: None,
        params: &[Param {
            name: "name",
            kind: ParamType::Text,
            optional: false,
            doc: "The variable's name.",
        }],
        returns: "a text, or nothing where the variable is not set",
        gives: ReturnType::Optional(&ReturnType::Text),
        doc: "Gives an environment variable that the run may read (`--allow-env NAME`). The API key \
              is never given.",
        example: Example {
            lua: "local ok, problem = pcall(cliengo.env, \"HOME\")\nreturn problem.kind",
            rhai: "try { cliengo.env(\"HOME\"); } catch (problem) { return problem.kind; }",
            expect: "\"denied\"",
        },
        errors: errors::GUARDED,
        mutates: false,
        handler: Handler::Builtin(|call| Box::pin(async move { environment(&call) })),
    },
    log_function(
        "log.debug",
        "Says something for the script's author; shown with `-v`.",
        Example {
            lua: "cliengo.log.debug(\"page\", { rows = 50 })\nreturn true",
            rhai: "cliengo.log.debug(\"page\", #{ rows: 50 });\ntrue",
            expect: "true",
        },
        |call| Box::pin(async move { log(&call, Level::Debug) }),
    ),
    log_function(
        "log.info",
        "Says what happened.",
        Example {
            lua: "cliengo.log.info(\"synced\", { contacts = 3 })\nreturn true",
            rhai: "cliengo.log.info(\"synced\", #{ contacts: 3 });\ntrue",
            expect: "true",
        },
        |call| Box::pin(async move { log(&call, Level::Info) }),
    ),
    log_function(
        "log.warn",
        "Says what somebody should look at.",
        Example {
            lua: "cliengo.log.warn(\"no e-mail address\")\nreturn true",
            rhai: "cliengo.log.warn(\"no e-mail address\");\ntrue",
            expect: "true",
        },
        |call| Box::pin(async move { log(&call, Level::Warn) }),
    ),
    log_function(
        "log.error",
        "Says what went wrong.",
        Example {
            lua: "cliengo.log.error(\"the import failed\", { line = 7 })\nreturn true",
            rhai: "cliengo.log.error(\"the import failed\", #{ line: 7 });\ntrue",
            expect: "true",
        },
        |call| Box::pin(async move { log(&call, Level::Error) }),
    ),
    ApiFn {
        path: "sleep",
        alias: None,
        params: &[Param {
            name: "time",
            kind: ParamType::Duration,
            optional: false,
            doc: "How long: \"2s\", or a number of seconds.",
        }],
        returns: "nothing",
        gives: ReturnType::Nothing,
        doc: "Waits. A cancel ends the wait at once.",
        example: Example {
            lua: "cliengo.sleep(\"10ms\")\nreturn \"rested\"",
            rhai: "cliengo.sleep(\"10ms\");\n\"rested\"",
            expect: "\"rested\"",
        },
        errors: errors::LOCAL,
        mutates: false,
        handler: Handler::Builtin(|call| Box::pin(sleep(call))),
    },
    ApiFn {
        path: "now",
        alias: None,
        params: &[Param {
            name: "shift",
            kind: ParamType::Text,
            optional: true,
            doc: "How far from now: \"-30d\", \"2h\".",
        }],
        returns: "a text",
        gives: ReturnType::Text,
        doc: "Gives the time as the API writes it: UTC, RFC 3339 with milliseconds. Such texts sort \
              and compare as the instants do: `contact.lastUpdateDate < cliengo.now(\"-30d\")`.",
        example: Example {
            lua: "return cliengo.now(\"-30d\") < cliengo.now() and #cliengo.now()",
            rhai: "if cliengo.now(\"-30d\") < cliengo.now() { cliengo.now().len() }",
            expect: "24",
        },
        errors: errors::LOCAL,
        mutates: false,
        handler: Handler::Builtin(|call| Box::pin(async move { now(&call) })),
    },
];

const fn log_function(
    path: &'static str,
    doc: &'static str,
    example: Example,
    handler: fn(Call) -> Pending,
) -> ApiFn {
    let (params, returns, gives) = (LOG, "nothing", ReturnType::Nothing);
    let handler = Handler::Builtin(handler);
    ApiFn {
        path,
        alias: None,
        params,
        returns,
        gives,
        doc,
        example,
        errors: errors::LOCAL,
        mutates: false,
        handler,
    }
}

fn environment(call: &Call) -> Result<Answer> {
    let value = call.context.permissions().environment(call.text(0))?;
    Ok(Answer::Value(value.map_or(Value::Null, Value::from)))
}

fn log(call: &Call, level: Level) -> Result<Answer> {
    let message = match call.value(0) {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let fields: Map<String, Value> = call.object(1);
    call.context.sink().log(level, &message, &fields);
    Ok(Answer::Value(Value::Null))
}

fn now(call: &Call) -> Result<Answer> {
    let (back, length) = match call.text(0).trim() {
        "" => (false, Duration::ZERO),
        text => match text.strip_prefix('-') {
            Some(length) => (true, parse_duration(length)?),
            None => (false, parse_duration(text.trim_start_matches('+'))?),
        },
    };
    let now = Timestamp::now();
    let shifted = if back { now.checked_sub(length) } else { now.checked_add(length) };
    let shifted = shifted.map_err(|_| Error::invalid("now: that is too far away"))?;
    Ok(Answer::Value(to_wire(shifted).into()))
}

async fn sleep(call: Call) -> Result<Answer> {
    let time = match call.value(0) {
        Value::String(text) => parse_duration(text)?,
        seconds => Duration::try_from_secs_f64(seconds.as_f64().unwrap_or_default())
            .map_err(|_| Error::invalid("sleep: the time must not be negative"))?,
    };
    tokio::time::sleep(time).await;
    Ok(Answer::Value(Value::Null))
}
