//! `json`: reads and writes JSON.

pub(super) mod digits;
mod reader;

use serde_json::Value;

use super::Module;
use crate::api::{Answer, ApiFn, Call, Example, Handler, Named, Param, ParamType, ReturnType};
use crate::schema::FieldType;
use crate::{Error, ErrorKind, Result};

pub(super) const MODULE: Module = Module {
    name: "json",
    doc: "Reads and writes JSON. What is beyond the numbers of the script's language keeps its digits: whole \
          numbers of up to 64 bits are numbers, larger ones texts.",
    functions: &[DECODE, ENCODE],
};

const DECODE: ApiFn = ApiFn {
    path: "json.decode",
    alias: None,
    params: &[Param { name: "text", kind: ParamType::Text, optional: false, doc: "The JSON." }],
    returns: "the value; a name whose value is null is absent",
    gives: ReturnType::Any,
    doc: "Reads a JSON text. What is no JSON is an error that says where.",
    example: Example {
        lua: r#"local json = require "json" return json.decode('{ "tags": ["vip"] }').tags"#,
        rhai: r#"import "json" as json; json::decode(`{ "tags": ["vip"] }`).tags"#,
        expect: r#"["vip"]"#,
    },
    errors: &[ErrorKind::Invalid],
    mutates: false,
    handler: Handler::Module(|call| Box::pin(async move { reader::decode(call.text(0)) })),
};

const ENCODE: ApiFn = ApiFn {
    path: "json.encode",
    alias: None,
    params: &[
        Param { name: "value", kind: ParamType::Any, optional: false, doc: "Any value." },
        Param { name: "opts", kind: ParamType::Named(OPTIONS), optional: true, doc: "How." },
    ],
    returns: "the text, with names in alphabetical order",
    gives: ReturnType::Text,
    doc: "Writes a value as JSON. The same value gives the same text in both languages.",
    example: Example {
        lua: r#"local json = require "json" return json.encode{ name = "Ana", rating = 3 }"#,
        rhai: r#"import "json" as json; json::encode(#{ name: "Ana", rating: 3 })"#,
        expect: r#""{\"name\":\"Ana\",\"rating\":3}""#,
    },
    errors: &[ErrorKind::Invalid],
    mutates: false,
    handler: Handler::Module(|call| Box::pin(async move { encode(&call) })),
};

const OPTIONS: &[Named] =
    &[Named::new("pretty", "True puts every value on a line of its own.").of(FieldType::Truth)];

fn encode(call: &Call) -> Result<Answer> {
    let pretty = call.option(1, "pretty") == &Value::Bool(true);
    let value = call.value(0);
    let text =
        if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
    let text = text.map_err(|error| Error::invalid(format!("json.encode: {error}")))?;
    Ok(Answer::Value(text.into()))
}
