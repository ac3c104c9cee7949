//! The files for editors, and how they get into a folder.

use std::fs;
use std::io::ErrorKind as Io;
use std::path::Path;

use super::stamp::{Origin, origin, stamped, stamped_json};
use super::{json, lua, luau, rhai};
use crate::api::Registry;
use crate::{Error, ErrorKind, Result};

/// The settings of lua-language-server, written where there are none.
const SETTINGS: &str = ".luarc.json";
const SETTINGS_TEXT: &str = include_str!("luarc.json");

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It was not there.
    New,
    /// Another version of it was there.
    Updated,
    /// It was there as it is to be.
    UpToDate,
    /// A file of the person's own is there, and stays as it is.
    Kept,
}

impl Written {
    /// The words for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "written",
            Self::Updated => "updated",
            Self::UpToDate => "up to date",
            Self::Kept => "kept as it is",
        }
    }
}

/// The name and the text of each file that describes these functions to editors.
///
/// ```
/// use cliengo::api::Registry;
///
/// let files = cliengo::types::files(&Registry::builtin());
/// let (_, lua) = files.iter().find(|(name, _)| name == "cliengo.d.lua").unwrap();
/// assert!(lua.contains("function cliengo.contacts.update(id, fields) end"));
/// ```
pub fn files(registry: &Registry) -> Vec<(String, String)> {
    let mut files = vec![
        ("cliengo.d.lua".to_owned(), stamped("-- ", &lua::file(registry))),
        ("cliengo.d.luau".to_owned(), stamped("-- ", &luau::file(registry))),
        ("cliengo.d.rhai".to_owned(), stamped("// ", &rhai::file(registry))),
        ("api.json".to_owned(), stamped_json(&json::file(registry))),
    ];
    let modules = lua::module_files().into_iter();
    files.extend(modules.map(|(name, text)| (name, stamped("-- ", &text))));
    files
}

/// Writes the files into a folder, which is made where it is not there.
///
/// # Errors
/// [`ErrorKind::Denied`] where a file of one of the names was not written here, or was changed since: then none
/// is written. [`ErrorKind::State`] where the folder cannot be written to.
pub fn write(folder: &Path, registry: &Registry) -> Result<Vec<(String, Written)>> {
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let mut planned = Vec::new();
    for (name, text) in files(registry) {
        let state = state(&folder.join(&name), &text)?;
        planned.push((name, text, state));
    }
    let settings = folder.join(SETTINGS);
    let state = match read(&settings)? {
        None => Written::New,
        Some(there) if there == SETTINGS_TEXT => Written::UpToDate,
        Some(_) => Written::Kept,
    };
    planned.push((SETTINGS.to_owned(), SETTINGS_TEXT.to_owned(), state));
    for (name, text, state) in &planned {
        if matches!(state, Written::New | Written::Updated) {
            let path = folder.join(name);
            fs::write(&path, text).map_err(|error| failed(&path, &error))?;
        }
    }
    Ok(planned.into_iter().map(|(name, _, state)| (name, state)).collect())
}

/// What is to be done with a file.
fn state(path: &Path, text: &str) -> Result<Written> {
    let Some(there) = read(path)? else { return Ok(Written::New) };
    match origin(&there) {
        Origin::Ours if there.replace("\r\n", "\n") == text => Ok(Written::UpToDate),
        Origin::Ours => Ok(Written::Updated),
        Origin::Changed => Err(refused(path, "was changed since it was written")),
        Origin::Foreign => {
            Err(refused(path, "is there already, and was not written by cliengo types"))
        }
    }
}

fn refused(path: &Path, why: &str) -> Error {
    Error::new(ErrorKind::Denied, format!("{} {why}", path.display()))
        .with_hint("move it away, then do this again; nothing was written")
}

/// The text of a file; none where there is no such file.
fn read(path: &Path) -> Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == Io::NotFound => Ok(None),
        Err(error) => Err(failed(path, &error)),
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Error {
    Error::new(ErrorKind::State, format!("{}: {error}", path.display()))
        .with_hint("name a folder that you may write to")
}
