//! Words of the languages, and their comments.

const LUA: &str = "and break do else elseif end false for function goto if in local nil not or repeat return \
                   then true until while";

const RHAI: &str = "Fn as async await break case catch const continue default do else exit export false fn \
                    for global go goto if import in is let loop match module new nil null package private \
                    protected public return shared spawn static super switch sync this thread throw true \
                    try until use var void while with yield";

fn has(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// True for a word of Lua's, which is no name.
pub(super) fn is_lua_word(word: &str) -> bool {
    has(LUA, word)
}

/// True for a word of Rhai's, which is no name.
pub(super) fn is_rhai_word(word: &str) -> bool {
    has(RHAI, word)
}

/// Writes each line of the words behind a mark of a comment.
pub(super) fn lines(text: &mut String, mark: &str, words: &str) {
    for line in words.lines() {
        text.push_str(mark);
        text.push_str(line);
        text.push('\n');
    }
}
