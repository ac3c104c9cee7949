//! Which files are scripts, and whether they changed.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::engine::Language;
use crate::{Error, Result};

/// When the files of a script were changed, and how long they are.
pub(super) type Signature = Vec<(PathBuf, Option<(SystemTime, u64)>)>;

/// The files as they are now.
pub(super) fn signature(files: &[PathBuf]) -> Signature {
    let of = |path: &Path| {
        let about = std::fs::metadata(path).ok()?;
        Some((about.modified().ok()?, about.len()))
    };
    files.iter().map(|path| (path.clone(), of(path))).collect()
}

/// The scripts that these paths name: files as they are, whether they are there or not, and the scripts
/// directly in folders. A file that is named twice is one script.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a folder that is not there or cannot be read.
pub(super) fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            if !path.is_file() && Language::of_file(path).is_err() {
                return Err(Error::invalid(format!("there is no folder {}", path.display())));
            }
            found.push(path.clone());
            continue;
        }
        let cannot =
            |error| Error::invalid(format!("cannot read the folder {}: {error}", path.display()));
        let entries = std::fs::read_dir(path).map_err(cannot)?;
        let mut scripts: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| Language::in_folder(path).is_some())
            .collect();
        scripts.sort();
        found.extend(scripts);
    }
    let mut known = HashSet::new();
    found.retain(|path: &PathBuf| known.insert(path.canonicalize().unwrap_or(path.clone())));
    Ok(found)
}
