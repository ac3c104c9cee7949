//! The shape that most functions of the modules share: they look at their arguments and call nothing.

use std::future::ready;

use serde_json::Value;

use crate::api::{
    Answer, ApiFn, Call, Example, Handler, Param, ParamType, Pending, RecordField, ReturnType,
};
use crate::{ErrorKind, Result};

/// A function without effects.
pub(super) const fn function(
    path: &'static str,
    params: &'static [Param],
    gives: (&'static str, ReturnType),
    doc: &'static str,
    example: Example,
    handler: fn(Call) -> Pending,
) -> ApiFn {
    without_effects(path, params, gives, doc, example, Handler::Module(handler))
}

/// A function without effects that is written in the languages themselves, which gets its arguments as they are.
pub(super) const fn in_script(
    path: &'static str,
    params: &'static [Param],
    gives: (&'static str, ReturnType),
    doc: &'static str,
    example: Example,
) -> ApiFn {
    without_effects(path, params, gives, doc, example, Handler::Script(|_| Ok(())))
}

const fn without_effects(
    path: &'static str,
    params: &'static [Param],
    (returns, gives): (&'static str, ReturnType),
    doc: &'static str,
    example: Example,
    handler: Handler,
) -> ApiFn {
    let errors = &[ErrorKind::Invalid];
    ApiFn {
        path,
        alias: None,
        params,
        returns,
        gives,
        doc,
        example,
        errors,
        mutates: false,
        handler,
    }
}

/// What a function without effects gives, which is there at once; its errors begin with its path.
pub(super) fn given(path: &'static str, call: &Call, work: fn(&Call) -> Result<Value>) -> Pending {
    let value = work(call).map(Answer::Value).map_err(|error| error.within(path));
    Box::pin(ready(value))
}

/// A parameter that has to be there.
pub(super) const fn needed(name: &'static str, kind: ParamType, doc: &'static str) -> Param {
    Param { name, kind, optional: false, doc }
}

/// A parameter that may be left out.
pub(super) const fn optional(name: &'static str, kind: ParamType, doc: &'static str) -> Param {
    Param { name, kind, optional: true, doc }
}

/// A name that a record always has.
pub(super) const fn sure(name: &'static str, gives: ReturnType, doc: &'static str) -> RecordField {
    RecordField { name, gives, optional: false, doc }
}
