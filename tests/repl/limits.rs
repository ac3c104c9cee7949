//! What a line may use, and that the prompt outlives it.

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::Prompt;

#[test]
fn a_line_has_no_more_time_than_it_is_given() {
    let mut prompt = Prompt::with(Lua, |program| program.arguments(&["--timeout", "1s"]));
    let answer = prompt.answers("while true do end");
    assert!(answer.contains("1 s"), "{answer}");
    assert_eq!(prompt.answers("1 + 1"), "2");
}

#[test]
fn too_much_memory_ends_the_line_and_not_the_prompt() {
    for (language, line) in [
        (Lua, "local s = 'x' while true do s = s .. s end"),
        (Rhai, "let s = \"x\"; loop { s += s; }"),
    ] {
        let mut prompt =
            Prompt::with(language, |program| program.arguments(&["--max-memory", "64M"]));
        let answer = prompt.answers(line);
        assert!(answer.contains("memory"), "{answer}");
        assert_eq!(prompt.answers("1 + 1"), "2");
    }
}

#[test]
fn a_text_that_doubles_ends_by_the_limit_and_loses_nothing() {
    // So much that a copy of it, made to show a part of it, would take longer than a cancelled line may.
    for (language, limit, before, line) in [
        (Lua, "300M", "kept = 40 + 2", "s = 'x' while true do s = s .. s end"),
        (Rhai, "1G", "let kept = 40 + 2", "let s = \"x\"; loop { s += s; }"),
    ] {
        let mut prompt =
            Prompt::with(language, |program| program.arguments(&["--max-memory", limit]));
        prompt.answers(before);
        let answer = prompt.answers(line);
        assert!(answer.contains("memory"), "{answer}");
        assert_eq!(prompt.answers("kept"), "42");
        assert!(prompt.answers(".vars").contains("\"xxx"), "what it made by then is there");
    }
}
