//! The scripts at a path.

use std::fs::read_dir;
use std::path::{Path, PathBuf};

use crate::engine::Language;
use crate::{Error, Result};

/// The file itself, or every script below the folder, in the order of their names.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where nothing is there, or a folder cannot be read.
pub(super) fn scripts(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.exists() {
        return Err(Error::invalid(format!("there is no {}", path.display()))
            .with_hint("give a script, or a folder with scripts"));
    }
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    below(path, &mut found)?;
    found.sort();
    Ok(found)
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let unreadable = |error: std::io::Error| {
        Error::invalid(format!("cannot read {}: {error}", folder.display()))
    };
    for entry in read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        let (path, name) = (entry.path(), entry.file_name());
        // A link may lead round in a circle; what is hidden is nobody's script.
        if name.to_string_lossy().starts_with('.') || kind.is_symlink() && path.is_dir() {
            continue;
        }
        if path.is_dir() {
            below(&path, found)?;
        } else if Language::in_folder(&path).is_some() {
            found.push(path);
        }
    }
    Ok(())
}
