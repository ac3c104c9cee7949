//! The two languages. Each is a thin adapter over the registry in [`api`](crate::api): it turns
//! values of its language into plain ones and back, and names no function of the registry.
//!
//! A script runs on a thread of its own, and its calls block that thread while the asynchronous
//! client works. So a call can stand wherever a plain function can: in a coroutine, in the callback
//! of a sort, in a metamethod.

#[cfg(feature = "bench")]
pub mod bench;
mod bridge;
mod callbacks;
mod column;
mod failure;
mod folder;
#[cfg(all(test, feature = "lua", feature = "rhai"))]
mod kept_tests;
mod loaded;
#[cfg(feature = "lua")]
mod lua;
mod modules;
mod numbers;
#[cfg(feature = "check")]
pub(crate) mod outline;
#[cfg(feature = "rhai")]
mod rhai;
#[cfg(feature = "repl")]
mod session;
mod stdlib;
mod weight;

use std::path::{Path, PathBuf};

use crate::{Error, Result};

pub use crate::api::CountingAllocator;
pub use bridge::Executor;
pub use failure::{Frame, ScriptFailure};
pub use loaded::{LoadedScript, load, run};
#[cfg(feature = "repl")]
pub(crate) use session::MODULE;
#[cfg(feature = "repl")]
pub use session::{Session, Shape, Syntax, Variable};
pub use stdlib::{STDLIB, stdlib_modules};
#[cfg(feature = "types")]
pub(crate) use stdlib::{stdlib_functions, stdlib_registry};

/// A script's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Lua: in its dialect Luau, or 5.4 in a build with the feature `lua54`.
    Lua,
    /// Rhai.
    Rhai,
}

impl Language {
    /// The language of a file, by its extension.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for another extension, or none.
    pub fn of_file(path: &Path) -> Result<Self> {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("lua" | "luau") => Ok(Self::Lua),
            Some("rhai") => Ok(Self::Rhai),
            _ => Err(Error::invalid(format!("the language of {} is not known", path.display()))
                .with_hint("name it .lua or .rhai, or give --lang")),
        }
    }

    /// The language of a file that a folder holds; none for what is no script. The files `.d.lua`,
    /// `.d.luau` and `.d.rhai`, which tell editors what scripts can call, are none.
    pub fn in_folder(path: &Path) -> Option<Self> {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        Self::of_file(path).ok().filter(|_| !stem.ends_with(".d") && path.is_file())
    }

    /// The extension of the language's files.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Lua => "lua",
            Self::Rhai => "rhai",
        }
    }
}

/// A script to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name that errors show: the path as the person wrote it, or `(eval)`.
    pub name: String,
    /// The code.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// The folder that the script's own modules are in, of a link the one of the file that it leads to; none
    /// where it may have none.
    pub folder: Option<PathBuf>,
    /// True where an expression alone is a whole script, as at a prompt.
    pub expression: bool,
}

impl Source {
    /// Reads a script file.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where it cannot be read, is not UTF-8, or
    /// its language is not known.
    pub fn from_file(path: &Path, language: Option<Language>) -> Result<Self> {
        let language = language.map_or_else(|| Language::of_file(path), Ok)?;
        let text = std::fs::read_to_string(path)
            .map_err(|error| Error::invalid(format!("cannot read {}: {error}", path.display())))?;
        let folder = folder::of_script(path);
        Ok(Self::from_text(path.display().to_string(), text, language, folder))
    }

    /// The text of a script file, whose own modules are in this folder. A byte order mark and a first
    /// line for the shell (`#!`) are no code.
    pub fn from_text(name: String, text: String, language: Language, folder: PathBuf) -> Self {
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let comment = match language {
            Language::Lua => "--",
            Language::Rhai => "//",
        };
        let text = match text.strip_prefix("#!") {
            Some(rest) => format!("{comment}{rest}"),
            None => text,
        };
        Self { name, text, language, folder: Some(folder), expression: false }
    }

    /// Code from a command line or a prompt. It has no modules of its own.
    pub fn from_code(code: impl Into<String>, language: Language) -> Self {
        let (name, text) = ("(eval)".to_owned(), code.into());
        Self { name, text, language, folder: None, expression: true }
    }
}

/// What a run may use. Its time is limited through its [`Cancel`](crate::api::Cancel).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most memory of the script's values, in bytes. A call may use what they leave of it.
    ///
    /// Only Lua keeps an account of its values. Rhai's values, and what a call uses while it works, are counted in a
    /// program whose global allocator is a [`CountingAllocator`], as the command line's is.
    pub memory: Option<usize>,
    /// The most operations: in Rhai its own operations, in Lua calls and turns of loops.
    pub operations: Option<u64>,
}

impl Default for Limits {
    /// 1 GiB, and as many operations as the script likes.
    fn default() -> Self {
        Self { memory: Some(1 << 30), operations: None }
    }
}
