//! `json`: reads and writes JSON.

use super::Module;
use crate::api::{Answer, ApiFn, Call, Example, Handler, Param, ParamType, ReturnType};
use crate::{Error, ErrorKind, Result};

pub(super) const MODULE: Module = Module {
    name: "json",
    doc: "Reads and writes JSON.",
    functions: &[ApiFn {
        path: "json.decode",
        alias: None,
        params: &[Param { name: "text", kind: ParamType::Text, optional: false, doc: "The JSON." }],
        returns: "the value",
        gives: ReturnType::Any,
        doc: "Reads a JSON text.",
        example: Example {
            lua: r#"local json = require "json" return json.decode("[1, 2]")"#,
            rhai: r#"import "json" as json; json::decode("[1, 2]")"#,
            expect: "[1, 2]",
        },
        errors: &[ErrorKind::Invalid],
        mutates: false,
        handler: Handler::Module(|call| Box::pin(async move { decode(&call) })),
    }],
};

fn decode(call: &Call) -> Result<Answer> {
    let value = serde_json::from_str(call.text(0));
    value.map(Answer::Value).map_err(|error| Error::invalid(format!("json.decode: {error}")))
}
