//! What a program gives a host to run: code, or a file.

use std::path::{Path, PathBuf};

use crate::engine::{Language, Source};
use crate::{Error, Result};

/// What a host runs: a text is code, a path is a file, and a [`Source`] is what it says.
///
/// A file is read on the script's thread, when it is run.
#[derive(Debug, Clone)]
pub struct ScriptSource(Given);

#[derive(Debug, Clone)]
enum Given {
    Code(String),
    File(PathBuf),
    Source(Source),
}

impl From<&str> for ScriptSource {
    fn from(code: &str) -> Self {
        Self(Given::Code(code.to_owned()))
    }
}

impl From<String> for ScriptSource {
    fn from(code: String) -> Self {
        Self(Given::Code(code))
    }
}

impl From<&Path> for ScriptSource {
    fn from(path: &Path) -> Self {
        Self(Given::File(path.to_owned()))
    }
}

impl From<PathBuf> for ScriptSource {
    fn from(path: PathBuf) -> Self {
        Self(Given::File(path))
    }
}

impl From<Source> for ScriptSource {
    fn from(source: Source) -> Self {
        Self(Given::Source(source))
    }
}

impl ScriptSource {
    /// The name that errors show, where nobody gave another.
    pub(super) fn name(&self) -> String {
        match &self.0 {
            Given::Code(_) => "(eval)".to_owned(),
            Given::File(path) => path.display().to_string(),
            Given::Source(source) => source.name.clone(),
        }
    }

    /// The script in this language, under this name.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where the file cannot be read, or the script is in
    /// another language.
    pub(super) fn read(self, language: Language, name: String) -> Result<Source> {
        let source = match self.0 {
            Given::Code(code) => Source::from_code(code, language),
            Given::File(path) => {
                // An extension that says nothing leaves it to the program.
                let known = Language::of_file(&path).unwrap_or(language);
                Source::from_file(&path, Some(known))?
            }
            Given::Source(source) => source,
        };
        match source.language == language {
            true => Ok(Source { name, ..source }),
            false => Err(another_language(&name, source.language)),
        }
    }
}

fn another_language(name: &str, language: Language) -> Error {
    let language = language.extension();
    Error::invalid(format!("{name} is a script in another language"))
        .with_hint(format!("run it with Host::{language}"))
}
