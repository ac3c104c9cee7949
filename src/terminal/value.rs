//! Values as people read them.

use serde_json::Value;

use super::cell::Cell;
use super::rows::objects;
use super::text::harmless_lines;
use super::{View, sheet, table};

/// The value as whole lines: text as it is, an object as a sheet, a list as a table; nothing for nothing.
pub(crate) fn value(value: &Value, view: &View) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => match view.width {
            Some(_) => format!("{}\n", harmless_lines(text)),
            None => format!("{text}\n"),
        },
        Value::Object(object) if !object.is_empty() => sheet(object, view),
        Value::Array(list) if list.is_empty() || is_shown_as_table(value, view) => {
            table(list, list.len(), 0, view)
        }
        // A program that reads it may take it for JSON.
        Value::Array(_) => format!("{value:#}\n"),
        other => format!("{}\n", Cell::of("", Some(other)).painted(view.paint)),
    }
}

fn is_shown_as_table(list: &Value, view: &View) -> bool {
    view.width.is_some() || objects(list).is_some()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::terminal::Paint;
    use crate::terminal::text::width;

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".*".prop_map(Value::from),
            "[\u{0}-\u{9f}漢é🙏👩\u{301}\u{200d}]{0,60}".prop_map(Value::from),
            Just(json!("2026-11-26T02:07:44.912Z")),
        ];
        let name = || prop_oneof!["id|name|status|tags|geoip|logs", ".{0,30}"];
        leaf.prop_recursive(6, 60, 8, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::hash_map(name(), inner, 0..8)
                    .prop_map(|object| Value::Object(object.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_value_goes_over_the_edge_of_the_terminal_or_steers_it(
            value in any_value(),
            columns in 30usize..200,
        ) {
            let view = View { width: Some(columns), ..View::PLAIN };
            let shown = super::value(&value, &view);
            let is_harmful = |letter: char| crate::terminal::text::steers(letter) && !matches!(letter, '\n' | '\t');
            prop_assert!(!shown.contains(is_harmful), "{shown:?}");
            prop_assert!(shown.is_empty() || shown.ends_with('\n'), "{shown:?}");
            if !value.is_string() {
                for line in shown.lines() {
                    prop_assert!(width(line) <= columns, "{} > {columns}: {line:?}", width(line));
                }
            }
        }

        #[test]
        fn colours_change_nothing_but_colours(value in any_value(), columns in 30usize..200) {
            let view = View { width: Some(columns), ..View::PLAIN };
            let coloured = super::value(&value, &View { paint: Paint { on: true }, ..view });
            let mut plain = String::new();
            let mut rest = coloured.as_str();
            while let Some((before, after)) = rest.split_once('\x1b') {
                plain.push_str(before);
                rest = after.split_once('m').unwrap().1;
            }
            plain.push_str(rest);
            // Behind a name that is a space, its colour ends.
            let lines = |text: &str| text.lines().map(|it| it.trim_end().to_owned()).collect::<Vec<_>>();
            prop_assert_eq!(lines(&plain), lines(&super::value(&value, &view)));
        }
    }

    #[test]
    fn each_kind_of_value_has_its_form() {
        let view = View { width: Some(80), ..View::PLAIN };
        for (value, expected) in [
            (json!(null), ""),
            (json!("uno\n\tdos\u{7}"), "uno\n\tdos\\u{7}\n"),
            (json!(4.5), "4.5\n"),
            (json!({}), "{}\n"),
            (json!([]), "0 rows\n"),
            (json!([1, "x", { "a": 1 }]), "1\nx\n{\"a\":1}\n\n3 rows\n"),
            (json!([{ "a": 1 }]), "a\n1\n\n1 row\n"),
        ] {
            assert_eq!(super::value(&value, &view), expected);
        }
    }

    #[test]
    fn a_program_gets_text_as_it_is_and_a_list_as_json() {
        let plain = |value| super::value(&value, &View::PLAIN);
        assert_eq!(plain(json!("a\u{1b}[2J")), "a\u{1b}[2J\n");
        assert_eq!(plain(json!([1, "x"])), "[\n  1,\n  \"x\"\n]\n");
    }
}
