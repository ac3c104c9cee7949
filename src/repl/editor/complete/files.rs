//! Names of files and folders.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Entry, Found};
use crate::engine::{Language, stdlib_modules};

/// A folder with more is not shown whole: nobody reads so many names.
const MOST: usize = 1_000;

/// The files and folders that go on from this path, which begins at this byte of the line.
pub(super) fn any(start: usize, typed: &str) -> Found {
    if typed == "~" {
        return Found { start, entries: vec![Entry::plain("~/")] };
    }
    let (folder, name) = split(typed);
    let place = match folder.strip_prefix("~/") {
        Some(below) => std::env::home_dir().map(|home| home.join(below)),
        None if folder.is_empty() => Some(PathBuf::from(".")),
        None => Some(PathBuf::from(folder)),
    };
    let place = place.unwrap_or_default();
    let entries = inside(&place, name)
        .into_iter()
        .map(|(name, is_folder)| Entry::plain(if is_folder { format!("{name}/") } else { name }));
    Found::among(start + folder.len(), name, entries)
}

/// The modules that a script may name: those of the program and those of its folder.
pub(super) fn modules(
    start: usize,
    typed: &str,
    folder: Option<&Path>,
    language: Language,
) -> Found {
    let (below, name) = split(typed);
    let own = folder.map(|folder| inside(&folder.join(below), name)).unwrap_or_default();
    let own = own.into_iter().filter_map(|(name, is_folder)| match is_folder {
        true => Some(Entry::plain(format!("{name}/"))),
        false => Some(Entry::plain(module(&name, language)?).told("A module of this folder.")),
    });
    let builtin = stdlib_modules().filter(|_| below.is_empty());
    let builtin = builtin.map(|name| Entry::plain(name).told("A module of the standard library."));
    Found::among(start + below.len(), name, builtin.chain(own).collect::<Vec<_>>())
}

/// The module's name that a file's is.
fn module(file: &str, language: Language) -> Option<&str> {
    let extensions: &[&str] = match language {
        Language::Lua => &[".lua", ".luau"],
        Language::Rhai => &[".rhai"],
    };
    extensions.iter().find_map(|extension| file.strip_suffix(extension))
}

/// The folder with its slash, and the rest.
fn split(typed: &str) -> (&str, &str) {
    typed.split_at(typed.rfind('/').map_or(0, |slash| slash + 1))
}

/// The names in a folder in order, with whether each is a folder. Hidden ones only where a dot is typed.
fn inside(folder: &Path, typed: &str) -> Vec<(String, bool)> {
    let Ok(listing) = fs::read_dir(folder) else { return Vec::new() };
    let wanted = |name: &str| typed.starts_with('.') || !name.starts_with('.');
    let mut names: Vec<_> = listing
        .flatten()
        .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path().is_dir())))
        .filter(|(name, _)| wanted(name) && !name.contains(char::is_control))
        .take(MOST)
        .collect();
    names.sort();
    names
}
