//! `cliengo.call`: any authorized call.

use serde_json::{Map, Value};

use super::Named;
use super::answers::sent;
use super::errors;
use super::function::{Answer, ApiFn, Call, Example, Param, ParamType};
use super::response::{RESPONSE, answer, is_json};
use super::{Handler, ReturnType};
use crate::client::inside::climbs;
use crate::client::{Expect, Method, Request};
use crate::schema::{FieldType, did_you_mean};
use crate::{Error, ErrorKind, Result};

const NAMES: [&str; 5] = ["method", "path", "query", "headers", "body"];
const NAMED: &[Named] = &[
    Named::new("method", "GET unless given.").of(FieldType::Choice(&METHODS)),
    Named::new("path", "Relative to the base URL, such as `/account`.")
        .of(FieldType::Text)
        .needed(),
    Named::new("query", "Names and values behind the `?`.").of(FieldType::Object),
    Named::new("headers", "Names and values of headers.").of(FieldType::Object),
    Named::new("body", "A text, or a value that is sent as JSON."),
];
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/// Headers that the client itself sets: a script that set them could send the key elsewhere or
/// break the framing of the connection.
const RESERVED: [&str; 10] = [
    "authorization",
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "accept-encoding",
    "cookie",
    // With them a read would be a write to some servers, and pass where nothing may be written.
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
];

pub(super) const FUNCTIONS: &[ApiFn] = &[ApiFn {
    path: "call",
    alias: Some("request"),
    params: &[Param {
        name: "request",
        kind: ParamType::Named(NAMED),
        optional: false,
        doc: "`path` relative to the base URL; `method` (GET unless given), `query`, `headers`, `body`.",
    }],
    returns: "{ status, headers, body }; body is decoded where it is JSON",
    gives: ReturnType::Record(&RESPONSE),
    doc: "Makes any authorized call of the API, with the same retries, pace and journal as the \
          other functions. An answer of 400 or above is an error. Another host is refused.",
    example: Example {
        lua: "return cliengo.call{ path = \"/account\" }.status",
        rhai: "cliengo.call(#{ path: \"/account\" }).status",
        expect: "200",
    },
    errors: errors::WRITE_ONE,
    mutates: true,
    handler: Handler::Builtin(|call| Box::pin(any(call))),
}];

async fn any(call: Call) -> Result<Answer> {
    let request = read(call.object(0)).map_err(|error| error.within("call"))?;
    let response = sent(&call.context, &request).await?;
    let headers = response.headers.into_iter().map(|(name, value)| (name, value.into())).collect();
    let is_json = is_json(&response.body);
    Ok(answer(response.status, headers, &response.body, is_json))
}

/// That a request has no other names than these.
///
/// # Errors
/// [`ErrorKind::Invalid`] for another one.
pub(super) fn names(fields: &Map<String, Value>) -> Result<()> {
    match fields.keys().find(|name| !NAMES.contains(&name.as_str())) {
        None => Ok(()),
        Some(unknown) => {
            let hint =
                did_you_mean(unknown, NAMES).unwrap_or(format!("it takes {}", NAMES.join(", ")));
            Err(Error::invalid(format!("there is no \"{unknown}\"")).with_hint(hint))
        }
    }
}

fn read(fields: Map<String, Value>) -> Result<Request> {
    names(&fields)?;
    let method = match fields.get("method") {
        None | Some(Value::Null) => Method::Get,
        Some(Value::String(name)) => Method::parse(name)?,
        Some(_) => return Err(Error::invalid("method must be text")),
    };
    let Some(path) = fields.get("path").and_then(Value::as_str) else {
        return Err(Error::invalid("path is needed, such as \"/account\""));
    };
    let mut request = Request::with_path(method, safe_path(path)?).expect(Expect::Anything);
    for (name, value) in pairs(&fields, "query")? {
        request = request.query(name, value);
    }
    for (name, value) in pairs(&fields, "headers")? {
        if is_reserved(&name) {
            return Err(Error::new(ErrorKind::Denied, format!("the header {name} cannot be set")));
        }
        request = request.header(name, value);
    }
    Ok(match fields.get("body") {
        None | Some(Value::Null) => request,
        Some(Value::String(text)) => request.text(text.clone()),
        Some(body) => request.json(body),
    })
}

/// True for a header that a call cannot set.
pub(super) fn is_reserved(name: &str) -> bool {
    // For many a server an underscore is a hyphen.
    RESERVED.contains(&name.to_lowercase().replace('_', "-").as_str())
}

/// A path below the base URL: with the key on board, no call may leave it.
///
/// # Errors
/// [`ErrorKind::Denied`] for one that leads elsewhere; [`ErrorKind::Invalid`] for what is no path.
pub(super) fn safe_path(path: &str) -> Result<String> {
    let denied = |why: &str| {
        Err(Error::new(ErrorKind::Denied, format!("\"{path}\" {why}"))
            .with_hint("give a path below the base URL, such as \"/contacts\""))
    };
    if path.contains("://") || path.starts_with("//") || path.contains('\\') {
        return denied("leads to another host");
    }
    if climbs(path) {
        return denied("leads out of the API");
    }
    if path.contains('#') {
        return Err(Error::invalid(format!(
            "\"{path}\" has a #, and what stands behind it is not sent"
        ))
        .with_hint("write %23 where it is part of a name"));
    }
    if path.bytes().any(|byte| !byte.is_ascii_graphic()) {
        return Err(Error::invalid(format!("\"{path}\" has characters that no path has"))
            .with_hint("escape them, or put what varies into query"));
    }
    Ok(format!("/{}", path.strip_prefix('/').unwrap_or(path)))
}

/// The names and values of `query` or `headers`, as texts.
fn pairs(fields: &Map<String, Value>, name: &str) -> Result<Vec<(String, String)>> {
    let map = match fields.get(name) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Object(map)) => map,
        Some(Value::Array(list)) if list.is_empty() => return Ok(Vec::new()),
        Some(_) => return Err(Error::invalid(format!("{name} must be an object of texts"))),
    };
    let text = |(key, value): (&String, &Value)| match value {
        Value::String(text) => Ok((key.clone(), text.clone())),
        Value::Number(_) | Value::Bool(_) => Ok((key.clone(), value.to_string())),
        _ => Err(Error::invalid(format!("{name}.{key} must be text"))),
    };
    map.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_api() {
        for path in [
            "https://evil.test/x",
            "//evil.test",
            "\\\\evil",
            "/a b",
            "/../admin",
            "/a/%2e%2E/b",
            "/a/..%2fb",
            "/%2e%2e%5cadmin",
            "/%25252e./admin",
            "/..;a=b/admin",
            "/./a",
            "/a%3f/%2e%2e/%2e%2e/admin",
            "/a%23/%2e%2e/%2e%2e/admin",
            "/a%3F/..%2f..%2fadmin",
            "/a%253f/%252e%252e/admin",
            "/a/%2e%2e%3fb",
            "/contacts#x",
        ] {
            assert!(safe_path(path).is_err(), "{path}");
        }
        for path in ["/contacts/a%2Fb", "/contacts/..a/b..", "/contacts?query=../..", "/a%zz%ff"] {
            assert_eq!(safe_path(path).unwrap(), path);
        }
        assert_eq!(safe_path("contacts?limit=1").unwrap(), "/contacts?limit=1");
    }
}
