//! The first line of a file that was written here: by it, a file that a person changed is told from one that may
//! be replaced.

use ring::digest::{SHA256, digest};

const WRITTEN_BY: &str = "written by `cliengo types`, which replaces it";
const HASH: &str = ", hash ";
/// Letters of the hash that the line tells.
const LETTERS: usize = 16;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Written here, and as it was written.
    Ours,
    /// Written here, and changed since.
    Changed,
    /// Somebody else's.
    Foreign,
}

/// The whole file: its first line and what follows.
pub(super) fn stamped(mark: &str, body: &str) -> String {
    format!("{mark}{}\n{body}", line(body))
}

/// JSON has no comments: there the line is the first name of the object that the body is.
pub(super) fn stamped_json(body: &str) -> String {
    let body = body.strip_prefix("{\n").unwrap_or(body);
    format!("{{ \"generated\": \"{}\",\n{body}", line(body))
}

fn line(body: &str) -> String {
    format!("cliengo {}{HASH}{}; {WRITTEN_BY}", env!("CARGO_PKG_VERSION"), hash(body))
}

/// What the file is.
pub(super) fn origin(text: &str) -> Origin {
    let (first, body) = text.split_once('\n').unwrap_or((text, ""));
    if !first.contains(WRITTEN_BY) {
        return Origin::Foreign;
    }
    let told = first.split_once(HASH).map(|(_, rest)| rest);
    let told = told.and_then(|rest| rest.get(..LETTERS)).unwrap_or_default();
    if told == hash(body) { Origin::Ours } else { Origin::Changed }
}

/// The same whatever ends the lines: version control may change that.
fn hash(body: &str) -> String {
    let digest = digest(&SHA256, body.replace("\r\n", "\n").as_bytes());
    let mut letters: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    letters.truncate(LETTERS);
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_changed_is_told_from_what_was_written() {
        for text in [stamped("-- ", "one\ntwo\n"), stamped_json("{\n  \"a\": 1\n}\n")] {
            assert_eq!(origin(&text), Origin::Ours);
            assert_eq!(origin(&text.replace('\n', "\r\n")), Origin::Ours);
            assert_eq!(origin(&format!("{text}more\n")), Origin::Changed);
            assert_eq!(origin(text.split_once('\n').unwrap().1), Origin::Foreign);
        }
        assert_eq!(origin(""), Origin::Foreign);
    }
}
