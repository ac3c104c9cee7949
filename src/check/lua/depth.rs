//! Scripts that are nested too deep to be parsed by a parser that calls itself for each level.
//!
//! Lua refuses those on its own; this looks at scripts that it refused for something else before that.

/// Levels that no person writes, and that the parser has room for.
const MOST_BRACKETS: i64 = 1_000;
/// Words and signs each of which may stand in the one before.
const NESTING: [&str; 4] = ["not ", "- ", "#", "function"];
const MOST_WORDS: usize = 10_000;

/// True where the script may be too deep: what is between quotes counts too.
pub(super) fn may_be_too_deep(text: &str) -> bool {
    let (mut depth, mut deepest) = (0_i64, 0);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    let many = |word: &str| text.matches(word).nth(MOST_WORDS).is_some();
    deepest > MOST_BRACKETS || NESTING.into_iter().any(many)
}
