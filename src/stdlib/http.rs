//! `http`: calls of other services, as far as the run may reach them.

mod answer;
mod body;
mod connect;
mod exchange;
mod failure;
mod headers;
mod multipart;
mod options;
mod redirect;
mod target;

use hyper::Method;

use self::options::{OPTIONS, Options, REQUEST};
use super::Module;
use crate::api::response::RESPONSE;
use crate::api::{Answer, ApiFn, Call, Example, Handler, Param, ParamType, Pending, ReturnType};
use crate::{ErrorKind, Result};

pub(super) const MODULE: Module = Module {
    name: "http",
    doc: "Calls other services: webhooks, chats, sheets. Only the hosts that the run may call are reached, and the \
          API key is never sent. A name opens addresses of the public Internet alone. An answer is given whatever \
          its status, with the numbers of its JSON as `json.decode` reads them; what is an error is that none came.",
    functions: FUNCTIONS,
};

const FUNCTIONS: &[ApiFn] = &[
    function(
        "http.get",
        VERB,
        "Reads a URL. Redirects are followed, up to 5, to hosts that the run may call.",
        (
            r#"local http = require "http"
local ok, problem = pcall(http.get, "https://example.com/prices.json", { timeout = "5s" })
return problem.kind"#,
            r#"import "http" as http;
try { return http::get("https://example.com/prices.json", #{ timeout: "5s" }); } catch (problem) { return problem.kind; }"#,
        ),
        |call| named_after(call, "http.get", Method::GET),
    ),
    function(
        "http.post",
        VERB,
        "Sends something to a URL: `json`, a `form`, `files`, or a `body` that is text. In a dry run it is noted and \
         answered with 200 and an empty body, as with every method but GET and HEAD.",
        (
            r#"local http = require "http"
local ok, problem = pcall(http.post, "https://hooks.example.com/T0/B0", { json = { text = "3 new leads" } })
return problem.kind"#,
            r#"import "http" as http;
try {
    return http::post("https://hooks.example.com/T0/B0", #{ json: #{ text: "3 new leads" } });
} catch (problem) { return problem.kind; }"#,
        ),
        |call| named_after(call, "http.post", Method::POST),
    ),
    function(
        "http.put",
        VERB,
        "As `http.post`, with PUT.",
        (
            r#"local http = require "http"
local ok, problem = pcall(http.put, "https://example.com/leads/7", { json = { stage = "won" } })
return problem.kind"#,
            r#"import "http" as http;
try { return http::put("https://example.com/leads/7", #{ json: #{ stage: "won" } }); } catch (problem) { return problem.kind; }"#,
        ),
        |call| named_after(call, "http.put", Method::PUT),
    ),
    function(
        "http.patch",
        VERB,
        "As `http.post`, with PATCH.",
        (
            r#"local http = require "http"
local ok, problem = pcall(http.patch, "https://example.com/leads/7", { json = { stage = "won" } })
return problem.kind"#,
            r#"import "http" as http;
try { return http::patch("https://example.com/leads/7", #{ json: #{ stage: "won" } }); } catch (problem) { return problem.kind; }"#,
        ),
        |call| named_after(call, "http.patch", Method::PATCH),
    ),
    function(
        "http.delete",
        VERB,
        "As `http.post`, with DELETE.",
        (
            r#"local http = require "http"
local ok, problem = pcall(http.delete, "https://example.com/leads/7")
return problem.kind"#,
            r#"import "http" as http;
try { return http::delete("https://example.com/leads/7"); } catch (problem) { return problem.kind; }"#,
        ),
        |call| named_after(call, "http.delete", Method::DELETE),
    ),
    function(
        "http.request",
        &[Param {
            name: "request",
            kind: ParamType::Named(REQUEST),
            optional: false,
            doc: "`url` and `method` (GET unless given), with the options of the other functions.",
        }],
        "Makes a call with any of the methods GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS.",
        (
            r#"local http = require "http"
local ok, problem = pcall(http.request, { method = "HEAD", url = "https://example.com/" })
return problem.kind"#,
            r#"import "http" as http;
try { return http::request(#{ method: "HEAD", url: "https://example.com/" }); } catch (problem) { return problem.kind; }"#,
        ),
        |call| Box::pin(request(call)),
    ),
];

const VERB: &[Param] = &[
    Param {
        name: "url",
        kind: ParamType::Text,
        optional: false,
        doc: "Where to: begins with `https://` or `http://`.",
    },
    Param {
        name: "options",
        kind: ParamType::Named(OPTIONS),
        optional: true,
        doc: "What is sent, how long it may take, where the answer is saved.",
    },
];

/// A function with what all have in common. The examples say what a run without grants is told.
const fn function(
    path: &'static str,
    params: &'static [Param],
    doc: &'static str,
    (lua, rhai): (&'static str, &'static str),
    handler: fn(Call) -> Pending,
) -> ApiFn {
    ApiFn {
        path,
        alias: None,
        params,
        returns: "{ status, headers, body }; body is decoded where it is JSON",
        gives: ReturnType::Record(&RESPONSE),
        doc,
        example: Example { lua, rhai, expect: "\"denied\"" },
        errors: &[
            ErrorKind::Invalid,
            ErrorKind::Denied,
            ErrorKind::NotFound,
            ErrorKind::Network,
            ErrorKind::Timeout,
            ErrorKind::Limit,
        ],
        mutates: false,
        handler: Handler::Module(handler),
    }
}

/// The call of a function that is named after its method.
fn named_after(call: Call, path: &'static str, method: Method) -> Pending {
    Box::pin(async move {
        let options = Options::read(call.object(1)).map_err(|error| error.within(path))?;
        exchange::make(&call.context, path, call.text(0), Options { method, ..options }).await
    })
}

async fn request(call: Call) -> Result<Answer> {
    const PATH: &str = "http.request";
    let options = Options::read(call.object(0)).map_err(|error| error.within(PATH))?;
    let url = options.url.clone();
    exchange::make(&call.context, PATH, &url, options).await
}
