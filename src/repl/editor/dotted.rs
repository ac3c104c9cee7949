//! Lines that are commands of the prompt, not code: `.help contacts`.

/// A line that is a command, as far as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CommandLine<'a> {
    /// The command's name without its dot; a `!` behind it is not part of it.
    pub(super) name: &'a str,
    /// Where the dot stands.
    pub(super) start: usize,
    /// Where what follows begins, and what it is; none while the name is typed.
    pub(super) rest: Option<(usize, &'a str)>,
}

/// The command that a line is. A number such as `.5` is none.
pub(super) fn command_line(line: &str) -> Option<CommandLine<'_>> {
    let start = line.len() - line.trim_start().len();
    let behind = line[start..].strip_prefix('.')?;
    if !behind.chars().next().is_none_or(char::is_alphabetic) {
        return None;
    }
    let Some(space) = behind.find(char::is_whitespace) else {
        return Some(CommandLine { name: behind.trim_end_matches('!'), start, rest: None });
    };
    let rest = behind[space..].trim_start();
    let rest = Some((line.len() - rest.len(), rest));
    Some(CommandLine { name: behind[..space].trim_end_matches('!'), start, rest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_told_from_code() {
        let line = command_line("  .save! a b.lua").unwrap();
        assert_eq!(line, CommandLine { name: "save", start: 2, rest: Some((9, "a b.lua")) });
        assert_eq!(command_line(".he").unwrap().rest, None);
        assert_eq!(command_line(".").unwrap().name, "");
        for code in ["", ".5", "x.y", "..", "-.5"] {
            assert_eq!(command_line(code), None, "{code}");
        }
    }
}
