//! Files and fields in one body: `multipart/form-data` (RFC 7578).
//!
//! It is written here because the small libraries for it put names into the head of a part as they are, so that a
//! quote or a line break in a file's name could add headers, or parts.

use std::path::Path;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::body::{MOST, too_much};
use crate::api::Context;
use crate::{Error, Result};

const NAMES: [&str; 5] = ["name", "path", "content", "filename", "type"];

/// The files of a call, as the script names them.
#[derive(Debug)]
pub(super) struct Files(Vec<File>);

/// One file.
#[derive(Debug)]
struct File {
    name: String,
    filename: String,
    kind: String,
    source: Source,
}

#[derive(Debug)]
enum Source {
    Path(String),
    Content(String),
}

/// A file as it is sent.
#[derive(Debug)]
pub(super) struct Part {
    name: String,
    filename: String,
    kind: String,
    bytes: Vec<u8>,
}

impl Files {
    /// Reads the option `files`.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for one that is no file.
    pub(super) fn read(given: &Value) -> Result<Self> {
        let files = given.as_array().into_iter().flatten().zip(1_u64..);
        let read = files.map(|(file, number)| {
            File::read(file).map_err(|error| error.within(format_args!("files: item {number}")))
        });
        Ok(Self(read.collect::<Result<_>>()?))
    }

    /// What a rehearsal tells of them.
    pub(super) fn told(&self) -> Value {
        self.0.iter().map(|file| Value::from(file.filename.as_str())).collect()
    }

    /// The files with their bytes.
    ///
    /// # Errors
    /// As reading them does: [`ErrorKind::Denied`](crate::ErrorKind::Denied) where the run may not.
    pub(super) fn load(self, context: &Context) -> Result<Vec<Part>> {
        let mut length = 0;
        let load = |file: File| {
            let part = file.load(context)?;
            length += part.bytes.len();
            if length > MOST { Err(too_much("what is sent")) } else { Ok(part) }
        };
        self.0.into_iter().map(load).collect()
    }
}

impl File {
    fn read(given: &Value) -> Result<Self> {
        let given = given.as_object().ok_or_else(|| {
            Error::invalid("it must be an object").with_hint("write { name, path }")
        })?;
        if let Some(unknown) = given.keys().find(|name| !NAMES.contains(&name.as_str())) {
            return Err(Error::invalid(format!("there is no \"{unknown}\""))
                .with_hint(format!("a file takes {}", NAMES.join(", "))));
        }
        let source = match (text(given, "path")?, text(given, "content")?) {
            (Some(path), None) => Source::Path(path),
            (None, Some(content)) => Source::Content(content),
            _ => return Err(Error::invalid("a file has either path or content")),
        };
        let filename = text(given, "filename")?.or_else(|| source.filename());
        let filename = filename
            .ok_or_else(|| Error::invalid("filename is needed where a file has content"))?;
        let kind = text(given, "type")?.unwrap_or_else(|| guessed(&filename));
        if hyper::header::HeaderValue::from_str(&kind).is_err() {
            return Err(Error::invalid("type is none that a file has"));
        }
        let name = text(given, "name")?.unwrap_or_else(|| "file".to_owned());
        Ok(Self { name, filename, kind, source })
    }

    fn load(self, context: &Context) -> Result<Part> {
        let bytes = match self.source {
            Source::Path(path) => context.files().read(&path)?,
            Source::Content(text) => text.into_bytes(),
        };
        Ok(Part { name: self.name, filename: self.filename, kind: self.kind, bytes })
    }
}

impl Source {
    fn filename(&self) -> Option<String> {
        match self {
            Self::Path(path) => Some(Path::new(path).file_name()?.to_string_lossy().into_owned()),
            Self::Content(_) => None,
        }
    }
}

fn text(given: &Map<String, Value>, name: &str) -> Result<Option<String>> {
    match given.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(Error::invalid(format!("{name} must be text"))),
    }
}

fn guessed(filename: &str) -> String {
    mime_guess::from_path(filename).first_or_octet_stream().to_string()
}

/// The body and its type.
pub(super) fn multipart(form: &[(String, String)], files: Vec<Part>) -> (Bytes, String) {
    let boundary = boundary(&files);
    let mut body = Vec::new();
    let mut part = |head: String, bytes: &[u8]| {
        let start = format!("--{boundary}\r\ncontent-disposition: form-data; {head}\r\n\r\n");
        body.extend_from_slice(start.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    };
    for (name, value) in form {
        part(format!("name=\"{}\"", escaped(name)), value.as_bytes());
    }
    for file in &files {
        let (name, filename) = (escaped(&file.name), escaped(&file.filename));
        let kind = &file.kind;
        let head = format!("name=\"{name}\"; filename=\"{filename}\"\r\ncontent-type: {kind}");
        part(head, &file.bytes);
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (body.into(), format!("multipart/form-data; boundary={boundary}"))
}

/// A line that nobody who wrote a field or a file could foresee.
fn boundary(files: &[Part]) -> String {
    loop {
        let boundary = format!("cliengo-{:032x}", fastrand::u128(..));
        let is_in = |part: &Part| memchr::memmem::find(&part.bytes, boundary.as_bytes()).is_some();
        if !files.iter().any(is_in) {
            return boundary;
        }
    }
}

/// A name in quotes, as browsers write it.
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_adds_a_header_or_a_part() {
        let hostile = "a\"\r\ncontent-type: text/html\r\n\r\n--x";
        let field = [(hostile.to_owned(), "1".to_owned())];
        let part = Part {
            name: hostile.to_owned(),
            filename: hostile.to_owned(),
            kind: "text/csv".to_owned(),
            bytes: b"a;b".to_vec(),
        };
        let (body, kind) = multipart(&field, vec![part]);
        let body = String::from_utf8(body.to_vec()).unwrap();
        let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
        let name = "a%22%0D%0Acontent-type: text/html%0D%0A%0D%0A--x";
        assert_eq!(
            body,
            format!(
                "--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n1\r\n\
                 --{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\n\
                 content-type: text/csv\r\n\r\na;b\r\n--{boundary}--\r\n"
            )
        );
    }
}
