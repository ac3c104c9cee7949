//! A text in the person's own editor.

use std::fs;
use std::io::Write;
use std::process::Command;

use crate::engine::Language;
use crate::{Error, ErrorKind, Result};

/// The editor of whoever named none.
const EDITOR: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// Opens the text in `$VISUAL`, or `$EDITOR`, or `vi`, and gives it as it was saved, without line ends at
/// its end.
///
/// # Errors
/// [`ErrorKind::Invalid`] where the editor cannot be started or fails; then nothing is lost, for the text
/// was given.
pub(crate) fn edit(text: &str, language: Language) -> Result<String> {
    let named = ["VISUAL", "EDITOR"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()));
    edit_with(named.as_deref().unwrap_or(EDITOR), text, language)
}

fn edit_with(editor: &str, text: &str, language: Language) -> Result<String> {
    let words = words(editor);
    let Some((program, arguments)) = words.split_first() else {
        return Err(Error::invalid("no editor is named").with_hint(NAME_ONE));
    };
    let suffix = format!(".{}", language.extension());
    // Such files can be read by their owner alone, and are gone when they are dropped.
    let mut file =
        tempfile::Builder::new().prefix("cliengo-").suffix(&suffix).tempfile().map_err(cannot)?;
    file.write_all(text.as_bytes()).map_err(cannot)?;
    file.flush().map_err(cannot)?;
    let path = file.into_temp_path();
    let status = Command::new(program).args(arguments).arg(&path).status().map_err(|error| {
        Error::invalid(format!("the editor {program} cannot be started: {error}"))
            .with_hint(NAME_ONE)
    })?;
    if !status.success() {
        return Err(Error::invalid(format!("the editor {program} failed ({status})"))
            .with_hint("nothing was changed"));
    }
    let edited = fs::read_to_string(&path).map_err(cannot)?;
    Ok(edited.trim_end_matches(['\n', '\r']).to_owned())
}

const NAME_ONE: &str = "name one with the environment variable EDITOR";

fn cannot(error: std::io::Error) -> Error {
    Error::new(ErrorKind::State, format!("the text cannot be edited: {error}"))
}

/// The words of a command as a shell would part them: quotes keep spaces together, a backslash keeps the
/// next letter as it is.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut letters = command.chars();
    while let Some(letter) = letters.next() {
        match (letter, quote) {
            ('\\', None | Some('"')) if !cfg!(windows) => {
                word.get_or_insert_default().extend(letters.next());
            }
            ('"' | '\'', None) => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (letter, Some(end)) if letter == end => quote = None,
            (letter, None) if letter.is_whitespace() => words.extend(word.take()),
            (letter, _) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests;
