//! The journal: what was asked, for tests to look at.

use std::collections::VecDeque;

use axum::http::{HeaderMap, Method, header};
use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::clock::{Millis, wire};

/// The most entries kept; older ones go.
const CAPACITY: usize = 100_000;

/// One request as it arrived. Nothing is rendered until the journal is read: it costs every request.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) at: Millis,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The kind of the fault that fired.
    pub(crate) fault: Option<&'static str>,
}

/// The last requests with their answers' statuses.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    entries: VecDeque<(Entry, Option<u16>)>,
    /// The number of the first entry that is still kept.
    first: u64,
}

impl Journal {
    /// Writes a request down when it arrives, so that one whose client gives up is there too.
    pub(crate) fn arrived(&mut self, entry: Entry) -> u64 {
        if self.entries.len() == CAPACITY {
            self.entries.pop_front();
            self.first += 1;
        }
        self.entries.push_back((entry, None));
        self.first + self.entries.len() as u64 - 1
    }

    /// Notes the status that went out for entry `number`.
    pub(crate) fn answered(&mut self, number: u64, status: u16) {
        let index = number.checked_sub(self.first).and_then(|index| usize::try_from(index).ok());
        if let Some(entry) = index.and_then(|index| self.entries.get_mut(index)) {
            entry.1 = Some(status);
        }
    }

    /// Forgets all entries; numbers go on.
    pub(crate) fn clear(&mut self) {
        self.first += self.entries.len() as u64;
        self.entries.clear();
    }

    /// All entries, oldest first; numbers count from 1.
    pub(crate) fn to_json(&self) -> Value {
        let numbered = self.entries.iter().zip(self.first + 1..);
        numbered.map(|((entry, status), number)| render(entry, *status, number)).collect()
    }
}

fn render(entry: &Entry, status: Option<u16>, number: u64) -> Value {
    json!({
        "number": number,
        "at": wire(entry.at),
        "method": entry.method.as_str(),
        "path": entry.path,
        "query": without_key(&entry.query),
        "headers": headers(&entry.headers),
        "body": body(&entry.body),
        "status": status,
        "fault": entry.fault,
    })
}

/// The query as it came, except that the key reads `hidden`.
fn without_key(query: &str) -> String {
    let hide = |part: &str| {
        let name = part.split('=').next().unwrap_or_default();
        let decoded = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
        if decoded == "api_key" { "api_key=hidden".to_owned() } else { part.to_owned() }
    };
    query.split('&').map(hide).collect::<Vec<_>>().join("&")
}

/// All headers but those that carry the key or a token made from it.
fn headers(headers: &HeaderMap) -> Map<String, Value> {
    let shown =
        |name: &&header::HeaderName| **name != header::AUTHORIZATION && **name != header::COOKIE;
    headers
        .keys()
        .filter(shown)
        .filter_map(|name| {
            let value = String::from_utf8_lossy(headers.get(name)?.as_bytes()).into_owned();
            Some((name.to_string(), value.into()))
        })
        .collect()
}

fn body(bytes: &Bytes) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(bytes)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(bytes).into_owned()))
}
