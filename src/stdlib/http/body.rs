//! What a call sends, as bytes with their type.

use bytes::Bytes;
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::multipart::{Files, multipart};
use super::options::pairs;
use crate::api::Context;
use crate::{Error, Result};

/// The most that is sent and the most that is taken, in bytes.
pub(super) const MOST: usize = 64 << 20;

/// What a call sends.
#[derive(Debug)]
pub(super) enum Content {
    Nothing,
    Json(Value),
    Form(Vec<(String, String)>),
    Text(String),
    /// Files, with the fields of a form.
    Files(Files, Vec<(String, String)>),
}

impl Content {
    /// Takes it out of the options.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where there are two bodies, or one that cannot be sent.
    pub(super) fn read(options: &mut Map<String, Value>) -> Result<Self> {
        let form = pairs("form", options.get("form"))?;
        let found = |name| options.contains_key(name);
        let bodies = [found("json"), found("body"), found("form") || found("files")];
        if bodies.into_iter().filter(|it| *it).count() > 1 {
            return Err(Error::invalid("json, body and form are each a body of their own")
                .with_hint("give one of them; files go with a form"));
        }
        if let Some(files) = options.remove("files") {
            return Ok(Self::Files(Files::read(&files)?, form));
        }
        Ok(match (options.remove("json"), options.remove("body")) {
            (Some(json), _) => Self::Json(json),
            (_, Some(Value::String(text))) => Self::Text(text),
            _ if options.contains_key("form") => Self::Form(form),
            _ => Self::Nothing,
        })
    }

    /// True where nothing is sent.
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// The content in a few words, for a rehearsal.
    pub(super) fn told(&self) -> Value {
        let form = |pairs: &[(String, String)]| -> Map<String, Value> {
            pairs.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect()
        };
        let (name, value) = match self {
            Self::Nothing => return Value::Null,
            Self::Json(json) => ("json", json.clone()),
            Self::Form(pairs) => ("form", form(pairs).into()),
            Self::Text(text) => ("body", text.as_str().into()),
            Self::Files(files, _) => ("files", files.told()),
        };
        Value::Object(Map::from_iter([(name.to_owned(), value)]))
    }

    /// The bytes, with the type that they are sent as.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`](crate::ErrorKind::Limit) for more than may be sent; as reading the files does.
    pub(super) fn bytes(self, context: &Context) -> Result<(Bytes, Option<String>)> {
        let (bytes, kind): (Bytes, String) = match self {
            Self::Nothing => return Ok((Bytes::new(), None)),
            Self::Json(json) => (json.to_string().into(), "application/json".into()),
            Self::Form(pairs) => {
                let mut form = form_urlencoded::Serializer::new(String::new());
                let encoded = form.extend_pairs(pairs).finish();
                (encoded.into(), "application/x-www-form-urlencoded".into())
            }
            Self::Text(text) => (text.into(), "text/plain; charset=utf-8".into()),
            Self::Files(files, form) => multipart(&form, files.load(context)?),
        };
        match bytes.len() > MOST {
            true => Err(too_much("what is sent")),
            false => Ok((bytes, Some(kind))),
        }
    }
}

/// The error of more bytes than are sent or taken.
pub(super) fn too_much(what: &str) -> Error {
    Error::new(crate::ErrorKind::Limit, format!("{what} is larger than {} MiB", MOST >> 20))
        .with_hint("ask for less, or in pieces")
}
