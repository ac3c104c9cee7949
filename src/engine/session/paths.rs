//! Names in a line of code, and the names that follow them: `contact.name`, `list[1].email`.

use crate::engine::Language;

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Step<'a> {
    Name(&'a str),
    Index(usize),
    /// A module, by the name it was imported under.
    #[cfg_attr(not(feature = "rhai"), allow(dead_code))]
    Module(&'a str),
}

/// A name with what follows it.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::engine) struct Path<'a> {
    pub(in crate::engine) steps: Vec<Step<'a>>,
    /// Where each step begins, in bytes.
    pub(in crate::engine) places: Vec<usize>,
    /// True where it is called.
    pub(in crate::engine) is_called: bool,
    /// Where it ends, in bytes.
    end: usize,
}

const LUA: &[&str] = &[
    "and", "break", "continue", "do", "else", "elseif", "end", "false", "for", "function", "if",
    "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
];
const RHAI: &[&str] = &[
    "as", "break", "catch", "const", "continue", "do", "else", "export", "false", "fn", "for",
    "global", "if", "import", "in", "let", "loop", "private", "return", "switch", "this", "throw",
    "true", "try", "until", "while",
];

/// The path that the text is, where it is one and nothing else.
pub(in crate::engine) fn whole(language: Language, text: &str) -> Option<Path<'_>> {
    let text = text.trim().trim_end_matches(';').trim_end();
    let path = path(language, text, 0)?;
    (path.end == text.len() && !path.is_called).then_some(path)
}

/// The paths in a line, in order; not what stands in texts and comments, nor the names of an object's
/// fields where one is written down.
pub(in crate::engine) fn paths(language: Language, line: &str) -> Vec<Path<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(letter) = line[at..].chars().next() {
        let rest = &line[at..];
        let comment = if language == Language::Lua { "--" } else { "//" };
        if rest.starts_with(comment) {
            break;
        }
        if matches!(letter, '"' | '\'' | '`') {
            at = quoted(line, at, letter);
        } else if letter.is_ascii_digit() {
            at += word(rest).len();
        } else if matches!(letter, '.' | ':') {
            // `..` stands between two values, a single one before a name of something that is no path.
            let dots = rest.len() - rest.trim_start_matches(letter).len();
            let is_step = letter == ':' || dots == 1;
            at += dots + if is_step { word(&rest[dots..]).len() } else { 0 };
        } else if let Some(path) = path(language, line, at) {
            at = path.end;
            let after = line[at..].trim_start();
            let is_field = match language {
                Language::Lua => after.starts_with('=') && !after.starts_with("=="),
                Language::Rhai => after.starts_with(':'),
            };
            if !is_field || path.steps.len() > 1 {
                found.push(path);
            }
        } else {
            at += word(rest).len().max(letter.len_utf8());
        }
    }
    found
}

/// True where the code may declare this name for a part of itself.
pub(in crate::engine) fn is_declared(language: Language, text: &str, name: &str) -> bool {
    let begins: &[&str] = match language {
        Language::Lua => &["local", "for", "function"],
        Language::Rhai => &["let", "const", "for", "fn", "as", "catch", "|"],
    };
    let mut declares = false;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let word = word(rest);
        let token = if word.is_empty() { &rest[..letter.len_utf8()] } else { word };
        rest = &rest[token.len()..];
        declares = match token {
            "|" => !declares && begins.contains(&"|"),
            "=" | ")" | ";" | "{" | "in" | "do" => false,
            token => declares || begins.contains(&token),
        };
        if declares && token == name {
            return true;
        }
    }
    false
}

fn path(language: Language, text: &str, at: usize) -> Option<Path<'_>> {
    let name = word(&text[at..]);
    let keywords = if language == Language::Lua { LUA } else { RHAI };
    let begins = name.chars().next().is_some_and(|first| !first.is_ascii_digit());
    if !begins || keywords.contains(&name) {
        return None;
    }
    let (mut steps, mut places, mut end) = (vec![Step::Name(name)], vec![at], at + name.len());
    while let Some((step, place, after)) = step(text, end) {
        steps.push(step);
        places.push(place);
        end = after;
    }
    let is_called = text[end..].trim_start().starts_with(['(', '{', '"', '\'', '`'])
        && (language == Language::Lua || text[end..].starts_with('('));
    Some(Path { steps, places, is_called, end })
}

/// `.name`, `:name`, `["name"]` or `[1]`; what it is, where that stands, and where it ends.
fn step(text: &str, at: usize) -> Option<(Step<'_>, usize, usize)> {
    let rest = &text[at..];
    if let Some(name) = rest.strip_prefix(['.', ':']) {
        let name = word(name);
        let begins = name.chars().next().is_some_and(|first| !first.is_ascii_digit());
        return begins.then(|| (Step::Name(name), at + 1, at + 1 + name.len()));
    }
    let inside = rest.strip_prefix('[')?;
    let (inside, _) = inside.split_once(']')?;
    let end = at + inside.len() + 2;
    if let Ok(index) = inside.parse() {
        return Some((Step::Index(index), at, end));
    }
    let name = inside.strip_prefix('"')?.strip_suffix('"')?;
    (!name.contains(['"', '\\'])).then_some((Step::Name(name), at + 2, end))
}

/// The letters, digits and underscores at the beginning.
fn word(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    &text[..end.unwrap_or(text.len())]
}

/// Where the text in quotes ends that begins at `at`.
fn quoted(line: &str, at: usize, quote: char) -> usize {
    let mut letters = line[at + 1..].char_indices();
    while let Some((offset, letter)) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            _ if letter == quote => return at + 1 + offset + 1,
            _ => {}
        }
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(language: Language, line: &str) -> Vec<String> {
        let name = |step: &Step<'_>| match step {
            Step::Name(name) => (*name).to_owned(),
            Step::Index(index) => index.to_string(),
            Step::Module(name) => format!("{name}::"),
        };
        let path = |path: Path<'_>| {
            let steps: Vec<_> = path.steps.iter().map(name).collect();
            format!("{}{}", steps.join("."), if path.is_called { "()" } else { "" })
        };
        paths(language, line).into_iter().map(path).collect()
    }

    #[test]
    fn a_line_names_what_it_reads_and_calls() {
        let line = "local x = a.b[1]['c'] .. s:upper() + f{ n = g 'x.y' } -- z";
        assert_eq!(names(Language::Lua, line), ["a.b.1", "s.upper()", "f()", "g()"]);
        let line =
            "let y = a.b[\"c\"] + #{ n: m, `${q}`: 1 }; for é in 1..list.len() {} m::f(f().g) // z";
        assert_eq!(names(Language::Rhai, line), ["y", "a.b.c", "m", "é", "list.len()", "f()"]);
    }

    #[test]
    fn a_path_alone_is_told_from_more() {
        let is_path = |text| whole(Language::Rhai, text).is_some();
        assert!(is_path(" a.b[0].c; ") && is_path("a"));
        assert!(!is_path("a.b()") && !is_path("a + b") && !is_path("if") && !is_path(""));
    }
}
