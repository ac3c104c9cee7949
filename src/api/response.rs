//! `{ status, headers, body }`: an answer as scripts see it.

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::readable::Readable;
use super::{Answer, Record, RecordField, ReturnType};
use crate::client::text::too_deep;

const fn sure(name: &'static str, gives: ReturnType, doc: &'static str) -> RecordField {
    RecordField { name, gives, optional: false, doc }
}

/// The answer to a call over HTTP.
pub(crate) const RESPONSE: Record = Record {
    name: "Response",
    doc: "The answer to a call over HTTP.",
    fields: &[
        sure("status", ReturnType::Integer, "The HTTP status."),
        sure("headers", ReturnType::Object, "The headers, under their names in lower case."),
        sure("body", ReturnType::Any, "The body; decoded where it is JSON, else a text."),
    ],
};

/// The answer; a body that is JSON goes in as the bytes it came in, any other as a text.
pub(crate) fn answer(
    status: u16,
    headers: Map<String, Value>,
    body: &Bytes,
    is_json: bool,
) -> Answer {
    if !is_json {
        let body = String::from_utf8_lossy(body).into_owned();
        return Answer::Value(json!({ "status": status, "headers": headers, "body": body }));
    }
    let head = json!({ "headers": headers, "status": status }).to_string();
    let whole = [head.trim_end_matches('}').as_bytes(), b",\"body\":", body, b"}"].concat();
    Answer::Json(whole.into())
}

/// True for a whole JSON text that scripts can be given: it is not nested so deeply that reading it would be an
/// attack, and its numbers are some for a computer (`1e400` is none).
pub(crate) fn is_json(body: &[u8]) -> bool {
    !too_deep(body) && sonic_rs::from_slice::<Readable>(body).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_keeps_its_body_to_the_byte() {
        let headers = Map::from_iter([("date".to_owned(), "now".into())]);
        let body = Bytes::from_static(b"{\"id\":2624930455263478640}");
        let Answer::Json(whole) = answer(200, headers, &body, is_json(&body)) else { panic!() };
        assert_eq!(
            whole,
            r#"{"headers":{"date":"now"},"status":200,"body":{"id":2624930455263478640}}"#
        );
    }

    #[test]
    fn a_body_that_is_nested_without_end_is_a_text() {
        let deep = [vec![b'['; 1 << 20], vec![b']'; 1 << 20]].concat();
        assert!(!is_json(&deep) && is_json(b"[[]]"));
    }

    #[test]
    fn a_number_beyond_all_that_computers_count_with_makes_a_text_of_its_body() {
        for body in ["1e400", "[{\"a\":[-1e400]}]", "[1] 2", "{\"a\":1", "nul", "[NaN]"] {
            assert!(!is_json(body.as_bytes()), "{body}");
        }
        for body in ["12345678901234567890123", "[null,true,1.5,-1,\"\",{\"a\":{}}]", "1e-400"] {
            assert!(is_json(body.as_bytes()), "{body}");
        }
    }
}
