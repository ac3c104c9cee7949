//! Lines whose author knows better.

use super::{Code, Finding, Registered};
use crate::engine::{Language, Source};

/// Drops the findings and the registrations of lines that end with the comment. What does not parse does not run, whatever its
/// author knows.
pub(super) fn drop_ignored(
    findings: &mut Vec<Finding>,
    registered: &mut Vec<Registered>,
    source: &Source,
) {
    let lines: Vec<_> = source.text.lines().collect();
    let ignored = |line: usize| {
        let line = lines.get(line.saturating_sub(1));
        line.is_some_and(|line| has_comment(line, source.language))
    };
    findings.retain(|finding| finding.code == Code::Syntax || !ignored(finding.line));
    registered.retain(|it| !ignored(it.line()));
}

fn has_comment(line: &str, language: Language) -> bool {
    let sign = match language {
        Language::Lua => "--",
        Language::Rhai => "//",
    };
    let comments = line.match_indices(sign).map(|(at, _)| line[at + sign.len()..].trim());
    comments.into_iter().any(|comment| {
        comment.strip_prefix("cliengo:").is_some_and(|word| word.trim_start().starts_with("ignore"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_comment_is_known_by_its_words_in_its_own_language() {
        assert!(has_comment("x()  -- cliengo: ignore", Language::Lua));
        assert!(has_comment("x(); //cliengo:ignore, it is there", Language::Rhai));
        assert!(!has_comment("x() -- ignore cliengo", Language::Lua));
        assert!(!has_comment("x() // cliengo: ignore", Language::Lua));
    }
}
