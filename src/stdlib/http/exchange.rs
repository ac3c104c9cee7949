//! One call from its arguments to its answer, with the redirects on the way.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{CONTENT_TYPE, LOCATION};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use serde_json::{Value, json};
use tokio::runtime;

use super::answer;
use super::body::MOST;
use super::connect::{Guarded, System};
use super::failure::{failed, too_slow};
use super::headers::headers;
use super::options::Options;
use super::redirect::Outgoing;
use super::target::Target;
use crate::api::{Answer, Context, Permissions};
use crate::client::transport::{self, Answer as Answered};
use crate::client::{Limits, Timeouts};
use crate::{Error, Result};

type Pool = Client<HttpsConnector<Guarded>, Full<Bytes>>;

/// The connections of a run: a pool for each runtime that it works on, for a connection cannot leave its own.
#[derive(Default)]
struct Pools(Mutex<HashMap<runtime::Id, Pool>>);

impl Pools {
    fn here(&self, permissions: &Permissions) -> Pool {
        let mut pools = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let here = runtime::Handle::current().id();
        pools.entry(here).or_insert_with(|| pool(permissions)).clone()
    }
}

fn pool(permissions: &Permissions) -> Pool {
    let guarded = Guarded::new(permissions.clone(), Arc::new(System));
    let https = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1();
    transport::pool().build(https.wrap_connector(guarded))
}

/// Makes the call; in a dry run, one that does more than read is noted.
///
/// # Errors
/// Those of the module's functions, each within the name of the function.
pub(super) async fn make(
    context: &Context,
    function: &'static str,
    url: &str,
    options: Options,
) -> Result<Answer> {
    let made = made(context, function, url, options).await;
    made.map_err(|error| error.within(function))
}

async fn made(
    context: &Context,
    function: &'static str,
    url: &str,
    options: Options,
) -> Result<Answer> {
    let (told, limit, save_to) = (options.content.told(), options.timeout, options.save_to.clone());
    let call = prepared(context, url, options)?;
    let (shown, first) = (Value::from(call.target.shown()), call.method.clone());
    if context.is_dry_run() && !Outgoing::only_reads(&first) {
        context.rehearse_call(function, &[shown, told]);
        return Ok(answer::rehearsed());
    }
    let sent = tokio::time::timeout(limit, sent(context, call, limit)).await;
    let mut answered = sent.unwrap_or_else(|_| Err(too_slow(&first, limit)))?;
    if let Some(path) = save_to.filter(|_| (200..300).contains(&answered.status)) {
        context.files().write(&path, &std::mem::take(&mut answered.body))?;
        if context.is_dry_run() {
            context.rehearse_call(function, &[shown, json!({ "save_to": path })]);
        }
    }
    Ok(answer::given(answered))
}

fn prepared(context: &Context, url: &str, options: Options) -> Result<Outgoing> {
    let target = Target::read(url, &options.query)?;
    target.check(context.permissions())?;
    if Outgoing::only_reads(&options.method) && !options.content.is_nothing() {
        let message = format!("a call with {} has no body", options.method);
        return Err(Error::invalid(message).with_hint("put names and values into query"));
    }
    if !Outgoing::only_reads(&options.method) || options.save_to.is_some() {
        context.may_act()?;
    }
    // Before anything is sent: what cannot be saved need not be asked for.
    options.save_to.as_ref().map_or(Ok(()), |path| context.files().may_write(path))?;
    let (body, kind) = options.content.bytes(context)?;
    let headers = headers(&options.headers, kind.as_deref())?;
    let is_multipart = kind.is_some_and(|kind| kind.starts_with("multipart/"));
    if is_multipart && options.headers.iter().any(|(name, _)| CONTENT_TYPE == *name.to_lowercase())
    {
        return Err(Error::invalid("files have a content-type of their own"));
    }
    Ok(Outgoing { method: options.method, target, headers, body })
}

async fn sent(
    context: &Context,
    mut call: Outgoing,
    limit: std::time::Duration,
) -> Result<Answered> {
    let timeouts = Timeouts { connect: limit, read: limit, attempt: limit, operation: limit };
    let pool = context.kept::<Pools>().here(context.permissions());
    let first = call.method.clone();
    for number in 1.. {
        let attempt =
            transport::attempt(&pool, request(&call)?, &timeouts, &Limits { body: MOST }).await;
        let answer = attempt.map_err(|error| failed(error, &first, &call, limit))?;
        let location =
            answer.headers.get(LOCATION).map(|it| String::from_utf8_lossy(it.as_bytes()));
        let status = answer.status;
        let from = call.target.host();
        let within = |error: Error| error.within(format_args!("a redirect of {from} was refused"));
        match call.redirected(status, location.as_deref(), number).map_err(within)? {
            None => return Ok(answer),
            Some(next) => call = next,
        }
        call.target.check(context.permissions()).map_err(within)?;
    }
    Err(too_slow(&first, limit))
}

fn request(call: &Outgoing) -> Result<hyper::Request<Full<Bytes>>> {
    let mut request = hyper::Request::new(Full::new(call.body.clone()));
    *request.uri_mut() = call.target.uri()?;
    *request.method_mut() = call.method.clone();
    *request.headers_mut() = call.headers.clone();
    Ok(request)
}
