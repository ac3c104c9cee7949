//! The way from a grant to a file, one folder after the other.

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cap_fs_ext::DirExt;
use cap_std::fs::Dir;

use super::clean;
use super::kept_away::{KeptAway, is_about_processes};
use super::place::Place;
use super::refusal::{Access, Asked};
use super::root::Root;
use crate::Result;

/// As many links as Linux follows on one path.
const MOST_LINKS: u32 = 40;

/// Where a walk ended.
pub(super) enum Walked {
    /// Within the grant.
    Here(Place),
    /// Out of the grant, on the way to this path.
    Elsewhere(PathBuf),
    /// There is no way.
    Nowhere,
}

/// Walks from what was granted. Each step opens one folder in the handle of the one before and follows no
/// link; links are read and walked here.
pub(super) fn walk(
    root: &Root,
    below: &Path,
    follow: bool,
    asked: &Asked<'_>,
    kept_away: &KeptAway,
) -> Result<Walked> {
    let Some(folder) = &root.folder else { return Ok(Walked::Nowhere) };
    let ahead = root.pinned.iter().cloned().chain(below.iter().map(OsString::from)).collect();
    let folders = vec![(Arc::clone(folder), root.opened.clone())];
    let mut walk = Walk { root, folders, ahead, passed: 0, links: 0 };
    let ended = walk.go(follow).map_err(|error| asked.cannot(&error))?;
    match ended {
        End::Elsewhere(path) => Ok(Walked::Elsewhere(path)),
        End::Swapped => Ok(Walked::Nowhere),
        End::Barred => Err(asked.kept_away()),
        End::Here { name, missing } => {
            walk.place(name, missing, asked, kept_away).map(Walked::Here)
        }
    }
}

struct Walk<'a> {
    root: &'a Root,
    /// The folders on the way, each with its path.
    folders: Vec<(Arc<Dir>, PathBuf)>,
    ahead: VecDeque<OsString>,
    /// How many steps were taken.
    passed: usize,
    links: u32,
}

enum End {
    /// In the last folder, under this name, or that folder itself; after these folders, which are missing.
    Here {
        name: Option<OsString>,
        missing: Vec<OsString>,
    },
    Elsewhere(PathBuf),
    /// A link was put where what was granted is.
    Swapped,
    /// Among what the system tells of processes: links there lead to what they have open, and what is not there
    /// tells which processes are.
    Barred,
}

impl Walk<'_> {
    fn go(&mut self, follow: bool) -> io::Result<End> {
        while let Some(part) = self.ahead.pop_front() {
            if is_about_processes(self.folder()) {
                return Ok(End::Barred);
            }
            if part == ".." {
                if let Some(elsewhere) = self.climb() {
                    return Ok(End::Elsewhere(elsewhere));
                }
                continue;
            }
            let pinned = self.passed < self.root.pinned.len();
            self.passed += 1;
            let last = self.ahead.is_empty();
            let is_link = match self.folder().symlink_metadata(&part) {
                Ok(about) => about.is_symlink(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return self.missing(part),
                Err(error) => return Err(error),
            };
            match (is_link, last) {
                (true, _) if pinned => return Ok(End::Swapped),
                (true, last) if !last || follow => {
                    if let Some(elsewhere) = self.follow(&part)? {
                        return Ok(End::Elsewhere(elsewhere));
                    }
                }
                (_, true) => return Ok(End::Here { name: Some(part), missing: Vec::new() }),
                (_, false) => self.enter(&part)?,
            }
        }
        Ok(End::Here { name: None, missing: Vec::new() })
    }

    fn folder(&self) -> &Dir {
        &self.folders[self.folders.len() - 1].0
    }

    fn path(&self) -> &Path {
        &self.folders[self.folders.len() - 1].1
    }

    fn enter(&mut self, part: &OsStr) -> io::Result<()> {
        let folder = self.folder().open_dir_nofollow(part)?;
        let path = self.path().join(part);
        self.folders.push((Arc::new(folder), path));
        Ok(())
    }

    /// Back to the folder before; where that was not granted, the path that it leads to.
    fn climb(&mut self) -> Option<PathBuf> {
        if self.folders.len() > 1 + self.root.pinned.len() {
            self.folders.pop();
            return None;
        }
        Some(self.onward(&self.path().join("..")))
    }

    /// Goes on where a link leads; where that is an absolute path, gives it.
    fn follow(&mut self, link: &OsStr) -> io::Result<Option<PathBuf>> {
        self.links += 1;
        if self.links > MOST_LINKS {
            return Err(io::Error::other("it leads from link to link"));
        }
        let target = self.folder().read_link_contents(link)?;
        if target.has_root() || target.is_absolute() {
            return Ok(Some(self.onward(&target)));
        }
        for part in target.iter().rev().filter(|part| *part != ".") {
            self.ahead.push_front(part.to_owned());
        }
        Ok(None)
    }

    /// All that is still ahead, from this path on.
    fn onward(&self, from: &Path) -> PathBuf {
        clean(&self.ahead.iter().fold(from.to_owned(), |path, part| path.join(part)))
    }

    /// The end at a name that is not there.
    fn missing(&mut self, part: OsString) -> io::Result<End> {
        let mut missing: Vec<_> = std::iter::once(part).chain(self.ahead.drain(..)).collect();
        if missing.iter().any(|part| part == "..") {
            return Err(io::ErrorKind::NotFound.into());
        }
        let name = missing.pop();
        Ok(End::Here { name, missing })
    }

    fn place(
        self,
        name: Option<OsString>,
        missing: Vec<OsString>,
        asked: &Asked<'_>,
        kept_away: &KeptAway,
    ) -> Result<Place> {
        let path =
            missing.iter().chain(&name).fold(self.path().to_owned(), |path, part| path.join(part));
        let away = kept_away.now();
        let is_code = asked.access == Access::Write && away.holds_code(&path);
        if is_code
            || kept_away.is_led_to_by(&path)
            || away.holds(&path)
            || self.folders.iter().any(|(folder, _)| away.holds_folder(folder))
        {
            return Err(asked.kept_away());
        }
        let folder = Arc::clone(&self.folders[self.folders.len() - 1].0);
        let place = Place { folder, name, missing, path, asked: asked.path.to_owned(), away };
        place.check_kind_of_file()?;
        Ok(place)
    }
}
