//! Whatever is typed, the prompt goes on.

use cliengo::api::{Context, Registry};
use cliengo::engine::{Limits, Syntax};
use proptest::prelude::*;

use crate::support::{BOTH, Prompt};

/// Pieces that lines are made of, in both languages and in none.
const PIECES: &[&str] = &[
    "local",
    "let",
    "const",
    "function",
    "fn",
    "f",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "#{",
    "end",
    "do",
    "then",
    "if",
    "else",
    "for",
    "in",
    "while",
    "true",
    "repeat",
    "until",
    "return",
    "break",
    "continue",
    "=",
    "==",
    "+",
    "-",
    "..",
    "...",
    ".",
    ":",
    "::",
    ",",
    ";",
    "_",
    "x",
    "y",
    "1",
    "0x",
    "1e",
    "\"a\"",
    "'",
    "\"",
    "`",
    "${",
    "[[",
    "]]",
    "--",
    "--[[",
    "//",
    "/*",
    "*/",
    "|",
    "||",
    "&",
    "=>",
    "switch",
    "type",
    "export",
    "import",
    "as",
    "this",
    "throw",
    "try",
    "catch",
    "nil",
    "()",
    "print",
    "cliengo",
    "cliengo.contacts",
    "\n",
    "\t",
    "\\",
    "é",
    "\u{0}",
    "\u{202e}",
    "private",
    "global",
    "error",
    "#",
    "%",
    "not",
    "and",
    "@native",
    "_ =>",
    "local x: ",
    "| number",
    "& {}",
    "number?",
    "<T>",
    "->",
    "ipairs(x)",
    "x.y",
    "local function f()",
    "x: number",
    "pcall",
    "select('#')",
    "Fn(\"f\")",
];

fn line() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..14);
    let pieces = (pieces, prop::bool::ANY);
    let pieces = pieces.prop_map(|(all, spaced)| all.join(if spaced { " " } else { "" }));
    prop_oneof![4 => pieces, 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_next_line_is_understood(lines in prop::collection::vec(line(), 1..12)) {
        let limits = Limits { memory: Some(64 << 20), operations: Some(200_000) };
        for language in BOTH {
            let syntax = Syntax::new(language, &Registry::builtin());
            let mut prompt = Prompt::under(language, Context::builder(), limits);
            for line in &lines {
                syntax.is_unfinished(line);
                let shape = prompt.try_line(line);
                prompt.session.remark();
                prompt.session.last();
                prompt.session.items(0, 5).unwrap();
                prompt.session.variables();
                if let Err(failure) = shape {
                    prop_assert!(!failure.error.message.is_empty(), "{line}");
                }
            }
            prop_assert_eq!(prompt.value("1 + 1"), 2);
        }
    }
}

#[test]
fn what_is_nested_deep_is_refused_and_not_followed() {
    for language in BOTH {
        let syntax = Syntax::new(language, &Registry::builtin());
        let mut prompt = Prompt::new(language);
        for (open, close) in
            [("(", ")"), ("{", "}"), ("[", "]"), ("#{a:", "}"), ("-", ""), ("f(", ")")]
        {
            for depth in [60, 150, 5_000] {
                let line = format!("local x = {}1{}", open.repeat(depth), close.repeat(depth));
                drop(prompt.try_line(&line));
                syntax.is_unfinished(&line);
                syntax.is_unfinished(&format!("x = {}", open.repeat(depth)));
            }
        }
        assert_eq!(prompt.value("1 + 1"), 2);
    }
}
