//! A script that comes on standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::engine::{Language, Source};
use crate::{Error, Result};

/// True for the path that means standard input.
pub(super) fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// The script on standard input. Its modules are looked for in the working folder.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where its language is not told, or it cannot be read.
pub(super) fn standard_input(language: Option<Language>) -> Result<Source> {
    let language = language.ok_or_else(|| {
        Error::invalid("the language of standard input is not known").with_hint("give --lang")
    })?;
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| Error::invalid(format!("cannot read standard input: {error}")))?;
    let name = "(standard input)".to_owned();
    Ok(Source::from_text(name, text, language, PathBuf::from(".")))
}
