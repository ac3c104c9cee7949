//! `{ status, headers, body }`: an answer as scripts see it.

mod readable;

use bytes::Bytes;
use serde_json::{Map, Value, json};

use self::readable::Readable;
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

/// True for a whole JSON text that languages can read: it is not nested so deeply that reading it would be an
/// attack, and no number is beyond all that they know (`1e400`).
pub(crate) fn is_json(body: &[u8]) -> bool {
    !too_deep(body) && serde_json::from_slice::<Readable>(body).is_ok()
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
    fn a_body_with_a_number_that_no_language_knows_is_a_text() {
        for body in ["1e400", "[1,{\"a\":-1e400}]"] {
            assert!(!is_json(body.as_bytes()), "{body}");
        }
        for body in ["12345678901234567890123", "{\"a\":[1e300,true,null,\"\"]}"] {
            assert!(is_json(body.as_bytes()), "{body}");
        }
    }

    #[test]
    fn a_body_that_is_nested_without_end_is_a_text() {
        let deep = [vec![b'['; 1 << 20], vec![b']'; 1 << 20]].concat();
        assert!(!is_json(&deep) && is_json(b"[[]]"));
    }
}
