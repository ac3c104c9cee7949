//! A file or a folder that was granted, opened when the run begins.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cap_std::ambient_authority;
use cap_std::fs::Dir;

use super::clean;

/// A file or a folder that was granted. What its path becomes later is of no interest: the folder's handle
/// stays what it was.
#[derive(Debug)]
pub(super) struct Root {
    /// The path as it was granted.
    granted: PathBuf,
    /// Where that led when the run began.
    pub(super) real: PathBuf,
    /// The folder, or the one that holds the file, or the nearest that was there; none where it could not be
    /// opened.
    pub(super) folder: Option<Arc<Dir>>,
    /// Where that folder is.
    pub(super) opened: PathBuf,
    /// What leads from that folder to what was granted. Links there are not followed: they came later.
    pub(super) pinned: Vec<OsString>,
}

impl Root {
    /// Opens all of these, the longest paths first.
    pub(super) fn open_all<'a>(granted: impl Iterator<Item = &'a Path>, here: &Path) -> Vec<Self> {
        let mut roots: Vec<Self> =
            granted.map(|path| Self::open(&clean(&here.join(path)))).collect();
        roots.sort_by_key(|root| std::cmp::Reverse(root.granted.components().count()));
        roots
    }

    fn open(granted: &Path) -> Self {
        let (mut opened, mut pinned) = nearest(granted);
        let real = pinned.iter().fold(opened.clone(), |path, part| path.join(part));
        if pinned.is_empty() && !opened.is_dir() {
            pinned.extend(opened.file_name().map(OsString::from));
            opened.pop();
        }
        let folder = Dir::open_ambient_dir(&opened, ambient_authority()).ok().map(Arc::new);
        Self { granted: granted.to_owned(), real, folder, opened, pinned }
    }

    /// What leads from what was granted to this path; none where the path is not in it.
    pub(super) fn below<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        path.strip_prefix(&self.granted).or_else(|_| path.strip_prefix(&self.real)).ok()
    }
}

/// The nearest that is there on the way to a path, without links, and what leads from it to the path.
pub(super) fn nearest(path: &Path) -> (PathBuf, Vec<OsString>) {
    let mut missing = Vec::new();
    for ancestor in path.ancestors() {
        if let Ok(real) = ancestor.canonicalize() {
            missing.reverse();
            return (real, missing);
        }
        missing.extend(ancestor.file_name().map(OsString::from));
    }
    missing.reverse();
    (PathBuf::new(), missing)
}
