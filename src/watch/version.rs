//! Tells one state of a contact from another, whatever the order of its names.

use serde_json::Value;

use super::{WatchDefinition, WatchKind};
use crate::client::Row;
use crate::store::Version;

/// The version that the watch gives this row.
///
/// A watch of new contacts sees no difference between two states of a contact. A watch of updates sees
/// its content, and the date of its update unless it is told to look at the content alone.
pub(crate) fn version(definition: &WatchDefinition, row: &Row) -> Version {
    match definition.kind {
        WatchKind::Updated => of_content(row, definition.content_only),
        _ => Version([0; 16]),
    }
}

/// True where the row is in the state that is known, even if that was kept when `content_only` was other
/// than it is now: what an edit changes of the watch is no change of the contact.
pub(crate) fn is_known(definition: &WatchDefinition, row: &Row, known: Version) -> bool {
    definition.kind != WatchKind::Updated || of_content(row, is_of_content_only(known)) == known
}

/// The version of a row that no watch can do anything with: it is known, so that it is told of once.
pub(crate) const MALFORMED: Version = Version([0xff; 16]);

/// What a malformed row is known by: its id, or where it has none a hash of its text.
pub(crate) fn malformed_key(row: &Row) -> String {
    if row.has_id() {
        return row.id.clone();
    }
    let hash = ring::digest::digest(&ring::digest::SHA256, &row.json);
    let digits = hash.as_ref().iter().take(8).map(|byte| format!("{byte:02x}"));
    format!("row:{}", digits.collect::<String>())
}

/// The lowest bit of a version tells what it was made of.
const CONTENT_ONLY: u8 = 1;

fn is_of_content_only(version: Version) -> bool {
    version.0[0] & CONTENT_ONLY != 0
}

fn of_content(row: &Row, content_only: bool) -> Version {
    let mut text = String::with_capacity(row.json.len());
    match serde_json::from_slice::<Value>(&row.json) {
        Ok(Value::Object(mut fields)) => {
            if content_only {
                fields.remove("lastUpdateDate");
            }
            write_canonical(&Value::Object(fields), &mut text);
        }
        // What cannot be read is told apart by its bytes.
        _ => text.push_str(&String::from_utf8_lossy(&row.json)),
    }
    let hash = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    let mut version = [0; 16];
    version.copy_from_slice(&hash.as_ref()[..16]);
    version[0] = version[0] & !CONTENT_ONLY | u8::from(content_only);
    Version(version)
}

/// Names in order, and no space: two answers of one state are one text.
fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<_> = fields.iter().collect();
            names.sort_unstable_by_key(|(name, _)| *name);
            text.push('{');
            for (name, value) in names {
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write_canonical(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write_canonical(item, text);
                text.push(',');
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(kind: WatchKind, content_only: bool, json: &'static str) -> Version {
        let definition = WatchDefinition { content_only, ..WatchDefinition::new(kind, "w") };
        let row = Row { id: "a".into(), json: json.into(), ..Row::default() };
        version(&definition, &row)
    }

    #[test]
    fn the_order_of_names_is_no_change_and_a_value_is() {
        let of = |json| versions(WatchKind::Updated, false, json);
        let first = of(r#"{"id":"a","tags":["x"],"geoip":{"city":"Salta","state":null}}"#);
        assert_eq!(of(r#"{"geoip":{"state":null,"city":"Salta"},"tags":["x"],"id":"a"}"#), first);
        assert_ne!(of(r#"{"id":"a","tags":["y"],"geoip":{"city":"Salta","state":null}}"#), first);
    }

    #[test]
    fn a_new_date_alone_counts_unless_only_the_content_does() {
        let (before, after) = (
            r#"{"id":"a","lastUpdateDate":"2026-05-07T12:00:00.000Z"}"#,
            r#"{"id":"a","lastUpdateDate":"2026-05-08T12:00:00.000Z"}"#,
        );
        let differ = |content_only| {
            versions(WatchKind::Updated, content_only, before)
                != versions(WatchKind::Updated, content_only, after)
        };
        assert!(differ(false) && !differ(true));
    }

    #[test]
    fn an_edit_of_content_only_is_no_change_of_a_contact() {
        let json = r#"{"id":"a","lastUpdateDate":"2026-05-07T12:00:00.000Z"}"#;
        let row = |json: &'static str| Row { id: "a".into(), json: json.into(), ..Row::default() };
        for content_only in [false, true] {
            let kept = versions(WatchKind::Updated, content_only, json);
            let edited = WatchDefinition {
                content_only: !content_only,
                ..WatchDefinition::new(WatchKind::Updated, "w")
            };
            assert_ne!(version(&edited, &row(json)), kept);
            assert!(is_known(&edited, &row(json), kept));
            assert!(!is_known(&edited, &row(r#"{"id":"a","name":"Eva"}"#), kept));
        }
    }

    #[test]
    fn a_watch_of_new_contacts_sees_no_change() {
        let of = |json| versions(WatchKind::New, false, json);
        assert_eq!(of(r#"{"id":"a","name":"Ana"}"#), of(r#"{"id":"a","name":"Eva"}"#));
    }
}
