//! What stands dimly behind the cursor: the rest of a call's signature, or of a line that was typed before.

use super::cursor::{Argument, Cursor};
use super::dotted::command_line;
use super::known::Known;
use crate::api::Param;

/// The ghost of what may follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ghost {
    /// What is shown.
    pub(super) shown: String,
    /// True where the shown text can be taken over as it is.
    pub(super) is_text: bool,
}

impl rustyline::hint::Hint for Ghost {
    fn display(&self) -> &str {
        &self.shown
    }

    fn completion(&self) -> Option<&str> {
        self.is_text.then_some(&self.shown)
    }
}

/// The ghost behind a line; `earlier` finds the newest line of the history that begins like it.
pub(super) fn hint(
    line: &str,
    known: &Known,
    earlier: impl FnOnce() -> Option<String>,
) -> Option<Ghost> {
    let is_command = command_line(line).is_some();
    let signature = if is_command { None } else { signature(line, known) };
    if let Some(shown) = signature {
        return Some(Ghost { shown, is_text: false });
    }
    if line.trim().is_empty() || (is_command && is_finished(line, known)) {
        return None;
    }
    let rest = earlier()?.strip_prefix(line).map(str::to_owned)?;
    // What would be taken over unseen, for it stands on other lines, is not offered.
    Some(Ghost { shown: rest, is_text: true })
        .filter(|it| !it.shown.contains('\n') && !it.shown.is_empty())
}

/// The ghost at the beginning of a block's next line, where nothing is typed yet. It stands in the place of a
/// second prompt: the line editor counts the columns of every line but the first from the edge of the screen.
pub(super) fn goes_on(block: &str) -> Option<Ghost> {
    let (_, newest) = block.rsplit_once('\n')?;
    let shown = "... the block goes on; Ctrl-C drops it".to_owned();
    newest.trim().is_empty().then_some(Ghost { shown, is_text: false })
}

/// True for a command line to which nothing need be added.
fn is_finished(line: &str, known: &Known) -> bool {
    command_line(line).and_then(|line| known.command(&line)).is_some()
}

/// What is left of the signature of the innermost call at the end of the line.
fn signature(line: &str, known: &Known) -> Option<String> {
    let cursor = Cursor::at(line, known.language);
    if cursor.in_comment() || cursor.in_text().is_some() || cursor.owner().is_some() {
        return None;
    }
    let argument = cursor.argument().filter(|it| !it.is_item)?;
    let level = cursor.level()?;
    let begun = level.typed > 0 || !cursor.word().1.is_empty();
    let names = parameters(&argument, known)?;
    let left = names.get(argument.index + usize::from(begun)..).unwrap_or_default().join(", ");
    match argument.object {
        Some(object) if begun || object.commas > 0 || object.value_of.is_some() => None,
        Some(object) => {
            let end = if object.callee.is_some() { "}" } else { "})" };
            let name = names.get(argument.index)?;
            Some(format!(" {name} {end}"))
        }
        None if argument.index >= names.len().max(1) => None,
        None if begun && !left.is_empty() => Some(format!(", {left})")),
        None => Some(format!("{left})")),
    }
}

/// The parameters of what is called, with a `?` behind those that may be left out.
fn parameters(argument: &Argument<'_, '_>, known: &Known) -> Option<Vec<String>> {
    let path = argument.callee.dotted();
    let name = |param: &Param| format!("{}{}", param.name, if param.optional { "?" } else { "" });
    if let Some(function) = known.function(&path) {
        return Some(function.params.iter().map(name).collect());
    }
    let shared = known.shared();
    let variable = shared.variables.iter().find(|it| it.name == path)?;
    // None known is not the same as none.
    Some(variable.parameters.clone()).filter(|parameters| !parameters.is_empty())
}

#[cfg(test)]
mod tests;
