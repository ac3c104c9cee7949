//! The files that a run may reach: those in the folders that it was granted, and no others, wherever links
//! lead and whoever changes them meanwhile.
//!
//! What was granted is opened when the run begins (`root`). A path is then walked from such a handle, folder
//! by folder, and no step follows a link by itself (`walk`): where one leads out of what was granted, its
//! target is looked for among the grants as any other path. What is kept away from every script is refused by
//! what it is, not by its name alone (`kept_away`). A dry run remembers what it would write (`rehearsed`).

mod entry;
mod kept_away;
mod links;
mod place;
mod refusal;
mod rehearsed;
mod replace;
mod root;
mod walk;

use std::path::{Component, Path, PathBuf};

pub(crate) use self::entry::Entry;
use self::kept_away::KeptAway;
use self::place::Place;
use self::refusal::{Access, Asked};
use self::rehearsed::Rehearsed;
use self::root::Root;
use self::walk::Walked;
use super::Permissions;
use crate::{Error, ErrorKind, Result};

/// The most bytes that a script reads of one file, or that a dry run remembers.
pub(crate) const MOST: u64 = 64 << 20;
/// The longest path, in bytes, as of Linux.
const LONGEST: usize = 4096;
/// How often a path may lead from one grant to another.
const MOST_LEAPS: u32 = 40;

/// The files that one run may reach.
#[derive(Debug)]
pub(crate) struct Files {
    /// The working directory when the run began.
    here: PathBuf,
    readable: Vec<Root>,
    writable: Vec<Root>,
    kept_away: KeptAway,
    /// Set in a dry run.
    rehearsed: Option<Rehearsed>,
}

impl Files {
    /// Opens what is granted. `state` is the folder of the run's own state, which is kept away from it.
    pub(crate) fn begin(permissions: &Permissions, state: Option<&Path>, dry_run: bool) -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        let kept = permissions.kept_away().chain(state).map(|path| clean(&here.join(path)));
        let code = permissions.protected_code().map(|path| clean(&here.join(path)));
        let kept_away = KeptAway::new(kept.collect(), code.collect());
        // The working directory by itself: a folder above it may let nobody list it.
        let everywhere = || [here.as_path()].into_iter().chain(here.ancestors().last());
        let everywhere = || everywhere().filter(|_| permissions.is_all());
        let readable = Root::open_all(permissions.readable().chain(everywhere()), &here);
        let writable = Root::open_all(permissions.writable().chain(everywhere()), &here);
        let rehearsed = dry_run.then(Rehearsed::default);
        Self { here, readable, writable, kept_away, rehearsed }
    }

    /// A dry run remembers no more than this of what it would write, in bytes.
    pub(crate) fn bound(&self, memory: usize) {
        if let Some(rehearsed) = &self.rehearsed {
            rehearsed.bound(memory as u64);
        }
    }

    /// The content of a file.
    ///
    /// # Errors
    /// [`ErrorKind::Denied`] where the run may not read it; [`ErrorKind::NotFound`]; [`ErrorKind::Limit`] for
    /// more than [`MOST`]; [`ErrorKind::Invalid`] for what is no file, or cannot be read.
    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>> {
        let place = self.place(path, Access::Read, true)?;
        match &self.rehearsed {
            Some(rehearsed) => rehearsed.read(&place),
            None => place.read(),
        }
    }

    /// Puts a file with this content in its place, whole or not at all. Folders that are missing are made.
    ///
    /// # Errors
    /// [`ErrorKind::Denied`] where the run may not write it; [`ErrorKind::Invalid`] where it cannot be
    /// written.
    pub(crate) fn write(&self, path: &str, content: &[u8]) -> Result<()> {
        let place = self.place(path, Access::Write, true)?;
        place.may_be_written()?;
        match &self.rehearsed {
            Some(rehearsed) => rehearsed.write(&place, content),
            None => place.replace(content)?,
        }
        Ok(())
    }

    /// That [`write`](Self::write) would be let write there.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub(crate) fn may_write(&self, path: &str) -> Result<()> {
        self.place(path, Access::Write, true)?.may_be_written()
    }

    /// Adds this to the end of a file, which is made where it is missing.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub(crate) fn append(&self, path: &str, content: &[u8]) -> Result<()> {
        let place = self.place(path, Access::Write, true)?;
        place.may_be_written()?;
        match &self.rehearsed {
            Some(rehearsed) => rehearsed.append(&place, content),
            None => place.append(content)?,
        }
        Ok(())
    }

    /// Removes a file, or a link; false where there was none.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub(crate) fn remove(&self, path: &str) -> Result<bool> {
        let place = self.place(path, Access::Write, false)?;
        place.may_be_removed()?;
        match &self.rehearsed {
            Some(rehearsed) => Ok(rehearsed.remove(&place)),
            None => place.remove(),
        }
    }

    /// True where there is a file or a folder.
    ///
    /// # Errors
    /// [`ErrorKind::Denied`] where the run may not read it.
    pub(crate) fn exists(&self, path: &str) -> Result<bool> {
        let place = match self.place(path, Access::Read, true) {
            Err(error) if error.kind == ErrorKind::NotFound => return Ok(false),
            place => place?,
        };
        Ok(match &self.rehearsed {
            Some(rehearsed) => rehearsed.exists(&place),
            None => place.is_there(),
        })
    }

    /// What is in a folder, by name.
    ///
    /// # Errors
    /// As [`read`](Self::read); [`ErrorKind::Limit`] for too many entries.
    pub(crate) fn list(&self, path: &str) -> Result<Vec<Entry>> {
        let place = self.place(path, Access::List, true)?;
        match &self.rehearsed {
            Some(rehearsed) => rehearsed.list(&place),
            None => place.list(),
        }
    }

    /// Where the path leads, if that is within what was granted. `follow`: also where it is a link itself.
    fn place(&self, path: &str, access: Access, follow: bool) -> Result<Place> {
        if path.is_empty() || path.contains('\0') || path.len() > LONGEST {
            let shown: String = path.chars().take(40).collect();
            return Err(Error::invalid(format!("{shown:?} is no path")));
        }
        let asked = Asked { path, access, whole: clean(&self.here.join(path)), here: &self.here };
        let mut goal = asked.whole.clone();
        for _ in 0..MOST_LEAPS {
            match self.look(&asked, &goal, follow)? {
                Walked::Here(place) => return Ok(place),
                Walked::Elsewhere(target) => goal = target,
                Walked::Nowhere => return Err(self.denied(&asked, &goal)),
            }
        }
        Err(Error::new(ErrorKind::Invalid, format!("\"{path}\" leads from link to link")))
    }

    /// The run may not reach the goal. Where no grant would change that, none is named.
    fn denied(&self, asked: &Asked<'_>, goal: &Path) -> Error {
        let away = self.kept_away.now();
        match away.holds(goal) || asked.access == Access::Write && away.holds_code(goal) {
            true => asked.kept_away(),
            false => asked.denied(goal),
        }
    }

    /// Walks from the grants that the goal is in, the nearest first.
    fn look(&self, asked: &Asked<'_>, goal: &Path, follow: bool) -> Result<Walked> {
        let roots = match asked.access {
            Access::Write => &self.writable,
            Access::Read | Access::List => &self.readable,
        };
        let mut found = Walked::Nowhere;
        for root in roots {
            let Some(below) = root.below(goal) else { continue };
            match walk::walk(root, below, follow, asked, &self.kept_away)? {
                here @ Walked::Here(_) => return Ok(here),
                elsewhere => found = elsewhere,
            }
        }
        Ok(found)
    }
}

/// The path without `.` and `..`; what `..` leaves is not looked at, so nothing is learnt about it.
fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(clean.pop()),
            other => clean.push(other),
        }
    }
    clean
}
