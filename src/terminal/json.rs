//! Values as JSON on many lines, in colour.

use serde_json::Value;

use super::{Paint, Role, harmless};

/// The value as JSON, indented, on whole lines.
pub(crate) fn json(value: &Value, paint: Paint) -> String {
    let mut text = String::new();
    write(value, 0, paint, &mut text);
    text.push('\n');
    text
}

fn write(value: &Value, depth: usize, paint: Paint, text: &mut String) {
    match value {
        Value::Array(list) if !list.is_empty() => {
            let item = |item: &Value, text: &mut String| write(item, depth + 1, paint, text);
            enclosed(['[', ']'], list.iter(), depth, text, item);
        }
        Value::Object(object) if !object.is_empty() => {
            let member = |(name, value): (&String, &Value), text: &mut String| {
                text.push_str(&paint.name(&harmless(&Value::from(name.as_str()).to_string())));
                text.push_str(": ");
                write(value, depth + 1, paint, text);
            };
            enclosed(['{', '}'], object.iter(), depth, text, member);
        }
        other => text.push_str(&paint.role(role(other), &harmless(&other.to_string()))),
    }
}

/// Brackets around items on lines of their own.
fn enclosed<T>(
    [open, close]: [char; 2],
    items: impl Iterator<Item = T>,
    depth: usize,
    text: &mut String,
    write: impl Fn(T, &mut String),
) {
    let new_line = |depth: usize| format!("\n{}", "  ".repeat(depth));
    text.push(open);
    for (place, item) in items.enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(&new_line(depth + 1));
        write(item, text);
    }
    text.push_str(&new_line(depth));
    text.push(close);
}

fn role(value: &Value) -> Role {
    match value {
        Value::Null => Role::Nothing,
        Value::Bool(_) => Role::Truth,
        Value::Number(_) => Role::Number,
        Value::String(_) => Role::String,
        Value::Array(_) | Value::Object(_) => Role::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn without_colours_it_is_what_every_program_writes() {
        let value = json!({ "a": [1, [], {}, null, "x\n\"y\""], "b": { "c": true } });
        assert_eq!(json(&value, Paint::PLAIN), format!("{value:#}\n"));
    }

    #[test]
    fn a_value_is_coloured_by_its_type() {
        let shown = json(&json!({ "a": [1, "x"] }), Paint { on: true });
        assert_eq!(
            shown,
            "{\n  \x1b[36m\"a\"\x1b[0m: [\n    \x1b[33m1\x1b[0m,\n    \x1b[32m\"x\"\x1b[0m\n  ]\n}\n"
        );
    }
}
