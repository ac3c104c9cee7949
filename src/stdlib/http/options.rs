//! What a script says of a call: its options, checked before anything is sent.

use std::time::Duration;

use hyper::Method;
use serde_json::{Map, Value};

use super::body::Content;
use crate::api::Named;
use crate::schema::{FieldType, parse_duration};
use crate::{Error, Result};

const METHOD: Named = Named::new("method", "GET unless given.").of(FieldType::Choice(&METHODS));
const URL: Named = Named::new("url", "Where to: begins with `https://` or `http://`.")
    .of(FieldType::Text)
    .needed();
const QUERY: Named =
    Named::new("query", "Names and values behind the `?`; they are escaped.").of(FieldType::Object);
const HEADERS: Named = Named::new("headers", "Names and values of headers.").of(FieldType::Object);
const JSON: Named = Named::new("json", "A value that is sent as JSON.");
const FORM: Named =
    Named::new("form", "Names and values that are sent as a web form.").of(FieldType::Object);
const BODY: Named = Named::new("body", "A text that is sent as it is.").of(FieldType::Text);
const FILES: Named = Named::new(
    "files",
    "Files that are sent with the form: a list of `{ name, path }`, or of `{ name, content, filename, type }`.",
)
.of(FieldType::List);
const TIMEOUT: Named =
    Named::new("timeout", "The most that the call may take; 30 seconds unless given.")
        .of(FieldType::Duration);
const SAVE_TO: Named = Named::new(
    "save_to",
    "A file that the body of a good answer (2xx) is written to, as the bytes that came; `body` is empty then.",
)
.of(FieldType::Text);

/// The options of a function that is named after its method.
pub(super) const OPTIONS: &[Named] = &[QUERY, HEADERS, JSON, FORM, BODY, FILES, TIMEOUT, SAVE_TO];
/// The same for the function that is told its method and its URL.
pub(super) const REQUEST: &[Named] =
    &[METHOD, URL, QUERY, HEADERS, JSON, FORM, BODY, FILES, TIMEOUT, SAVE_TO];
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const USUAL_TIMEOUT: Duration = Duration::from_secs(30);
const LONGEST_TIMEOUT: Duration = Duration::from_secs(3_600);

/// The options of one call.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) method: Method,
    /// Empty where it is not among the options.
    pub(super) url: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) content: Content,
    pub(super) timeout: Duration,
    pub(super) save_to: Option<String>,
}

impl Options {
    /// Reads them, whose names and types were checked.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for two bodies at once, or a value that none has.
    pub(super) fn read(mut given: Map<String, Value>) -> Result<Self> {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let method = text(given.get(METHOD.name)).and_then(|name| name.parse().ok());
        Ok(Self {
            method: method.unwrap_or(Method::GET),
            url: text(given.get(URL.name)).unwrap_or_default(),
            query: pairs(QUERY.name, given.get(QUERY.name))?,
            headers: pairs(HEADERS.name, given.get(HEADERS.name))?,
            timeout: timeout(given.get(TIMEOUT.name))?,
            save_to: text(given.get(SAVE_TO.name)),
            content: Content::read(&mut given)?,
        })
    }
}

/// The names and values of an object, as texts; a name whose value is a list comes once for each of its items.
pub(super) fn pairs(name: &str, given: Option<&Value>) -> Result<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for (key, value) in given.and_then(Value::as_object).into_iter().flatten() {
        let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        for item in items.iter().filter(|item| !item.is_null()) {
            let text = match item {
                Value::String(text) => text.clone(),
                Value::Number(_) | Value::Bool(_) => item.to_string(),
                _ => return Err(Error::invalid(format!("{name}: {key} must be text"))),
            };
            pairs.push((key.clone(), text));
        }
    }
    Ok(pairs)
}

fn timeout(given: Option<&Value>) -> Result<Duration> {
    let time = match given {
        None => Some(USUAL_TIMEOUT),
        Some(Value::String(text)) => Some(parse_duration(text)?),
        Some(seconds) => seconds.as_f64().and_then(|it| Duration::try_from_secs_f64(it).ok()),
    };
    time.filter(|time| !time.is_zero() && *time <= LONGEST_TIMEOUT)
        .ok_or_else(|| Error::invalid("timeout must be above zero, and not above 1h"))
}
