//! Errors as a person sees them.

use super::{error, failure};
use crate::api::{WriteRecord, WriteState};
use crate::engine::{Language, ScriptFailure, Source};
use crate::terminal::{Paint, View};
use crate::{Error, ErrorKind};

fn source(name: &str, text: &str) -> Source {
    Source { name: name.into(), ..Source::from_code(text, Language::Lua) }
}

/// The failure at this line and column of a source that is the text.
fn shown(text: &str, line: usize, column: Option<usize>, view: &View) -> String {
    let failed = ScriptFailure::of(Error::invalid("no")).at("s.lua", line, column);
    failure(&failed, &[source("s.lua", text)], &[], 0, view)
}

#[test]
fn a_caret_stands_below_the_column_whatever_stands_before_it() {
    for (text, column, line, mark) in [
        ("pritn('x')", 1, "    1 | pritn('x')", "      | ^"),
        ("\tx = nope", 6, "    1 |     x = nope", "      |         ^"),
        ("a = '漢🙏é' + z", 13, "    1 | a = '漢🙏é' + z", "      |               ^"),
        ("a = '\u{1b}[2J' + z", 14, "    1 | a = '\\u{1b}[2J' + z", "      |                   ^"),
        ("end", 4, "    1 | end", "      |    ^"),
    ] {
        let shown = shown(text, 1, Some(column), &View::PLAIN);
        let lines: Vec<_> = shown.lines().collect();
        assert_eq!(lines, ["error: no", "  at s.lua:1", line, mark], "{shown}");
    }
}

#[test]
fn a_line_whose_column_is_not_known_is_underlined() {
    let shown = shown("a = 1\n  b = nil + 1  \n", 2, None, &View::PLAIN);
    assert_eq!(shown, "error: no\n  at s.lua:2\n    2 |   b = nil + 1\n      |   ^~~~~~~~~~~\n");
}

#[test]
fn a_long_line_is_cut_around_the_column_so_that_it_stays_one_line() {
    let text = format!("{}BAD{}", "x".repeat(500), "y".repeat(500));
    for width in [40, 80, 200] {
        let shown = shown(&text, 1, Some(501), &View { width: Some(width), ..View::PLAIN });
        let lines: Vec<_> = shown.lines().collect();
        let at = lines[3].find('^').unwrap();
        let column = lines[2].char_indices().nth(at).unwrap().0;
        assert!(lines[2][column..].starts_with("BAD"), "{shown}");
        assert!(lines[2].chars().count() <= width, "{shown}");
    }
}

#[test]
fn the_call_the_hint_and_the_callers_follow_the_place() {
    let error = Error::new(ErrorKind::NotFound, "two\nlines").with_hint("look");
    let failed = ScriptFailure::of(error).at("(prompt 3)", 1, Some(2)).at("(prompt 7)", 2, None);
    let failed = ScriptFailure { column: Some(2), ..failed };
    let sources = [source("(prompt 3)", " f()"), source("(prompt 7)", "x")];
    assert_eq!(
        failure(&failed, &sources, &[], 2, &View::PLAIN),
        "error: two\n  lines\n  at (prompt 3):1\n    1 |  f()\n      |  ^\n  hint: look\n  \
         called from (prompt 7):2\n2 writes were not begun.\n"
    );
}

#[test]
fn many_writes_are_counted_and_those_of_unknown_outcome_named() {
    let write = |state| WriteRecord { method: "PATCH", path: "/x".into(), state, created: None };
    let mut writes: Vec<_> = (0..30).map(|_| write(WriteState::Done(200))).collect();
    writes.push(write(WriteState::Unknown));
    let shown = failure(&ScriptFailure::of(Error::invalid("no")), &[], &writes, 0, &View::PLAIN);
    let lines: Vec<_> = shown.lines().collect();
    assert_eq!(lines[1], "Before that, the run made these writes:");
    assert_eq!(lines[2], "  30 PATCH done, 1 outcome unknown");
    assert_eq!(lines[3], "  PATCH /x — outcome unknown");
    assert_eq!(lines.last(), Some(&"  … and 11 more"));
}

#[test]
fn an_error_is_red_and_its_hint_has_a_colour_of_its_own() {
    let shown = error(&Error::invalid("no\u{1b}[2J").with_hint("look"), Paint { on: true });
    let expected = "\x1b[1;31merror:\x1b[0m no\\u{1b}[2J\n  \x1b[36mhint:\x1b[0m look\n";
    assert_eq!(shown, expected);
}

#[test]
fn of_a_deep_recursion_both_ends_are_shown() {
    let deep = |frames: usize| {
        let failed = ScriptFailure::of(Error::invalid("no"));
        let failed = (1..=frames).fold(failed, |failed, line| failed.at("s.lua", line, None));
        failure(&failed, &[source("s.lua", "")], &[], 0, &View::PLAIN)
    };
    assert!(deep(10).ends_with("called from s.lua:9\n  called from s.lua:10\n"));
    let shown = deep(60);
    let end = "called from s.lua:8\n  … and 51 more\n  called from s.lua:60\n";
    assert!(shown.contains("at s.lua:1\n") && shown.ends_with(end), "{shown}");
    assert_eq!(shown.lines().count(), 11, "{shown}");
}
