//! `retry`: does something again that failed for a while. It calls a function of the script, so its work is
//! done by `stdlib/retry.lua` and `stdlib/retry.rhai`; what it takes is said and made ready here.

use serde_json::{Map, Value};

use super::Module;
use super::shape::{needed, optional};
use crate::api::{ApiFn, Example, Handed, Handler, Named, ParamType, ReturnType};
use crate::schema::{FieldType, parse_duration};
use crate::{Error, ErrorKind, Result};

pub(super) const MODULE: Module = Module {
    name: "retry",
    doc: "Does something again that failed for a while. The calls of `cliengo` retry by themselves: this is for \
          what they do not repeat, for other services, and for several calls that have to go through together.",
    functions: &[RUN],
};

const RUN: ApiFn = ApiFn {
    path: "retry.run",
    alias: None,
    params: &[
        needed("doing", ParamType::Step, "The function; it is called without arguments."),
        optional("options", ParamType::Named(OPTIONS), "How often, and after how long."),
    ],
    returns: "what the function gives",
    gives: ReturnType::SameAsFunction,
    doc: "Calls a function, and again while its error has `retryable`. Gives what the function gives, or raises \
          its last error.",
    example: Example {
        lua: "local retry = require \"retry\"\nlocal calls = 0\nreturn retry.run(function()\n    calls = calls + 1\n    if calls < 3 then error({ message = \"busy\", retryable = true }) end\n    return calls\nend, { attempts = 5, wait = \"1ms\" })",
        rhai: "import \"retry\" as retry;\nlet calls = 0;\nretry::run(|| {\n    calls += 1;\n    if calls < 3 { throw #{ message: \"busy\", retryable: true }; }\n    calls\n}, #{ attempts: 5, wait: \"1ms\" })",
        expect: "3",
    },
    errors: &[ErrorKind::Invalid],
    mutates: false,
    handler: Handler::Script(ready),
};

const OPTIONS: &[Named] = &[
    Named::new("attempts", "How often it is tried in all: 3 unless given.")
        .of(FieldType::Integer { min: 1, max: i64::MAX }),
    Named::new("wait", "How long it waits after the first failure: \"1s\" unless given.")
        .of(FieldType::Duration),
    Named::new("factor", "How much longer each next wait is, from 1: 2 unless given.")
        .of(FieldType::Number),
    Named::new("most", "The longest wait: \"30s\" unless given.").of(FieldType::Duration),
    Named::new(
        "when",
        "Says of an error whether another attempt is worth it, instead of `retryable`.",
    )
    .function(&[Handed { name: "problem", gives: ReturnType::Any }]),
];

/// What is not given is what it usually is, and times are seconds.
fn ready(arguments: &mut [Value]) -> Result<()> {
    let Some(options) = arguments.get_mut(1) else { return Ok(()) };
    let given = options.as_object().cloned().unwrap_or_default();
    let mut ready = Map::new();
    ready.insert("attempts".into(), given.get("attempts").cloned().unwrap_or_else(|| 3.into()));
    ready.insert("factor".into(), at_least("factor", given.get("factor"), 2.0, 1.0)?.into());
    for (name, usual) in [("wait", 1.0), ("most", 30.0)] {
        ready.insert(name.into(), seconds(name, given.get(name), usual)?.into());
    }
    *options = ready.into();
    Ok(())
}

fn at_least(name: &str, given: Option<&Value>, usual: f64, least: f64) -> Result<f64> {
    let number = given.and_then(Value::as_f64).unwrap_or(usual);
    match given {
        Some(given) if number < least => {
            Err(Error::invalid(format!("{name} must be a number, {least} or more, not {given}")))
        }
        _ => Ok(number),
    }
}

fn seconds(name: &str, given: Option<&Value>, usual: f64) -> Result<f64> {
    match given {
        Some(Value::String(text)) => Ok(parse_duration(text)?.as_secs_f64()),
        given => at_least(name, given, usual, 0.0),
    }
}
