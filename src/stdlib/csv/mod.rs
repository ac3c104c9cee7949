//! `csv`: reads and writes tables as text.

mod format;
mod parse;
mod quotes;
// Some of it the import needs alone.
#[cfg_attr(not(feature = "cli"), allow(dead_code))]
mod table;

use super::Module;
use super::shape::{function, needed, optional};
use crate::api::{ApiFn, Example, Named, ParamType, ReturnType};
use crate::schema::FieldType;

#[cfg(feature = "cli")]
pub(crate) use table::{Row, Table};

pub(super) const MODULE: Module = Module {
    name: "csv",
    doc: "Reads and writes tables as text, such as those of spreadsheets.",
    functions: &[PARSE, FORMAT],
};

const PARSE: ApiFn = function(
    "csv.parse",
    &[
        needed("text", ParamType::Text, "The table."),
        optional("opts", ParamType::Named(PARSE_OPTIONS), "How it is written."),
    ],
    ("a list of objects, or of lists; every cell is a text", ReturnType::List(&ReturnType::Any)),
    "Reads a table. Its first row names the columns, and tells whether a comma, a semicolon or a tab parts \
     the cells. Rows without anything in them are left out; a row with more or fewer cells than the others \
     is an error that names its line.",
    Example {
        lua: r#"local csv = require "csv" return csv.parse("name;phone\nAna;5555-0001\n")"#,
        rhai: r#"import "csv" as csv; csv::parse("name;phone\nAna;5555-0001\n")"#,
        expect: r#"[{ "name": "Ana", "phone": "5555-0001" }]"#,
    },
    |call| Box::pin(async move { parse::parse(&call).map_err(|error| error.within("csv.parse")) }),
);

const FORMAT: ApiFn = function(
    "csv.format",
    &[
        needed("rows", ParamType::Values, "Objects, or lists, one for each row."),
        optional("opts", ParamType::Named(FORMAT_OPTIONS), "How to write it."),
    ],
    ("the table as text", ReturnType::Text),
    "Writes a table. Its columns are a contact's in their usual order, then all others as they come. What is \
     absent is an empty cell, and what is nested is written as JSON.",
    Example {
        lua: r#"local csv = require "csv" return csv.format{ { name = "Ana, M", rating = 5 } }"#,
        rhai: r#"import "csv" as csv; csv::format([#{ name: "Ana, M", rating: 5 }])"#,
        expect: r#""name,rating\n\"Ana, M\",5\n""#,
    },
    |call| {
        Box::pin(async move { format::format(&call).map_err(|error| error.within("csv.format")) })
    },
);

const DELIMITER: Named = Named::new(
    "delimiter",
    "The sign between cells; to read a table it is found out, to write one it is a comma.",
)
.of(FieldType::Text);

const GUARD: Named = Named::new(
    "guard",
    "False takes texts as they are. Else a text that a spreadsheet would run as a formula is written with \
     a quote mark in front, which is taken off again where a table is read; so is one of a text that begins \
     like that itself.",
)
.of(FieldType::Truth);

const HEADER: Named =
    Named::new("header", "False means a table without a row of names.").of(FieldType::Truth);

const PARSE_OPTIONS: &[Named] = &[HEADER, DELIMITER, GUARD];

const FORMAT_OPTIONS: &[Named] = &[
    Named::new("columns", "The names of the columns to write, in order; all unless told.")
        .of(FieldType::List),
    HEADER,
    DELIMITER,
    GUARD,
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use crate::stdlib::testing::call;

    /// Cells with all that means something in a table, and what a spreadsheet would run; or any, without the control
    /// characters that are shown as symbols.
    fn cell() -> impl Strategy<Value = String> {
        "[a-c=+@,;\"'\\t\r\n|é 1-]{0,6}|[^\\p{Cc}]{0,6}|sep=[;,a]|\u{feff}a?"
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_as_it_was(
            rows in prop::collection::vec(prop::collection::vec(cell(), 3), 1..6),
            delimiter in prop::sample::select(vec![",", ";", "\t"]),
        ) {
            // A row without anything in it is left out.
            let rows: Vec<_> = rows.into_iter().map(|mut row| { row[2].push('x'); row }).collect();
            let options = json!({ "delimiter": delimiter, "header": false });
            let text = call("csv.format", json!([rows, options])).unwrap();
            let read = call("csv.parse", json!([text, options])).unwrap();
            prop_assert_eq!(read, json!(rows));
        }

        #[test]
        fn no_text_makes_it_fail_without_words(text in "[a-b,;\"\\t\r\n]{0,20}") {
            match call("csv.parse", json!([text])) {
                Ok(read) => prop_assert!(read.as_array().is_some_and(|rows| rows.iter().all(Value::is_object))),
                Err(error) => prop_assert!(error.message.starts_with("csv.parse: ")),
            }
        }
    }
}
