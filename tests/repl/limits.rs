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
