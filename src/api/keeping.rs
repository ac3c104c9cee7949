//! A function that keeps functions of the script, for the tests of those who call them later.

use std::cell::RefCell;

use serde_json::Value;

use super::OptionSet;
use super::callback::Callback;
use super::errors;
use super::function::{Answer, ApiFn, Call, Example, Param, ParamType};
use super::{Handler, ReturnType};

thread_local! {
    static KEPT: RefCell<Vec<Callback>> = RefCell::default();
}

/// The functions that were kept on this thread since this was last called.
pub(crate) fn taken() -> Vec<Callback> {
    KEPT.take()
}

pub(super) const FUNCTIONS: &[ApiFn] = &[ApiFn {
    path: "testing.keep",
    alias: None,
    params: &[
        Param {
            name: "options",
            kind: ParamType::Options(OptionSet::Watch),
            optional: true,
            doc: "Another function to keep.",
        },
        Param {
            name: "handler",
            kind: ParamType::Function,
            optional: false,
            doc: "A function to keep.",
        },
    ],
    returns: "nothing",
    gives: ReturnType::Nothing,
    doc: "Keeps functions.",
    example: Example { lua: "", rhai: "", expect: "null" },
    errors: errors::LOCAL,
    mutates: false,
    handler: Handler::Builtin(|call| Box::pin(async move { Ok(keep(&call)) })),
}];

fn keep(call: &Call) -> Answer {
    let functions = [call.function(1), call.function_named(0, "on_failure")];
    KEPT.with_borrow_mut(|kept| kept.extend(functions.into_iter().flatten().cloned()));
    Answer::Value(Value::Null)
}
