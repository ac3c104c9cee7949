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
        (Lua, "local t = {} while true do t[#t + 1] = ('x'):rep(1000000) .. #t end"),
        (Rhai, "let t = []; loop { let s = \"\"; s.pad(1000000, 'x'); t.push(s); }"),
    ] {
        let mut prompt =
            Prompt::with(language, |program| program.arguments(&["--max-memory", "64M"]));
        let answer = prompt.answers(line);
        assert!(answer.contains("memory"), "{answer}");
        assert_eq!(prompt.answers("1 + 1"), "2");
    }
}
