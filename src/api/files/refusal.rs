//! Why a file cannot be reached, in words that name what would allow it.

use std::io;
use std::path::{Path, PathBuf};

use crate::api::permissions::quoted;
use crate::{Error, ErrorKind};

/// What a script wants of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
    /// To read the folder itself.
    List,
}

/// What a script asked for.
pub(super) struct Asked<'a> {
    /// The path as the script wrote it.
    pub(super) path: &'a str,
    pub(super) access: Access,
    /// The same from the root on.
    pub(super) whole: PathBuf,
    /// The working directory.
    pub(super) here: &'a Path,
}

impl Asked<'_> {
    fn verb(&self) -> &'static str {
        match self.access {
            Access::Write => "write",
            Access::Read | Access::List => "read",
        }
    }

    /// The run may not reach `goal`, which is where the path led.
    pub(super) fn denied(&self, goal: &Path) -> Error {
        let (path, verb) = (self.path, self.verb());
        let message = match goal == self.whole {
            true => format!("this run may not {verb} \"{path}\""),
            false => {
                let goal = self.shown(goal).display();
                format!("\"{path}\" leads to {goal}, which this run may not {verb}")
            }
        };
        let allow = self.to_allow(goal).display().to_string();
        // Else it is an option.
        let allow = if allow.starts_with('-') { format!("./{allow}") } else { allow };
        let allow = quoted(&allow);
        Error::new(ErrorKind::Denied, message)
            .with_hint(format!("allow the run to {verb} the path {allow}"))
    }

    /// The path that allows it: the folder of the file. For a file in the working directory it is the file:
    /// the folder would be all that is there.
    fn to_allow<'a>(&self, goal: &'a Path) -> &'a Path {
        let folder = match self.access {
            Access::List => goal,
            _ => goal.parent().filter(|folder| *folder != self.here).unwrap_or(goal),
        };
        let shown = self.shown(folder);
        if shown.as_os_str().is_empty() { Path::new(".") } else { shown }
    }

    /// The path from the working directory on, where it is there.
    fn shown<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(self.here).unwrap_or(path)
    }

    /// No run may reach it.
    pub(super) fn kept_away(&self) -> Error {
        kept_away(self.path)
    }

    /// The way there is barred.
    pub(super) fn cannot(&self, error: &io::Error) -> Error {
        cannot(self.verb(), self.path, error)
    }
}

/// No run may reach it.
pub(super) fn kept_away(path: &str) -> Error {
    Error::new(ErrorKind::Denied, format!("no script may reach \"{path}\"")).with_hint(
        "out of reach are cliengo's state and configuration, scripts and modules that run with grants, \
         and what the system tells of processes",
    )
}

/// The system says no.
pub(super) fn cannot(verb: &str, path: &str, error: &io::Error) -> Error {
    let missing = || Error::new(ErrorKind::NotFound, format!("there is no \"{path}\""));
    let reason = match error.kind() {
        io::ErrorKind::NotFound => return missing(),
        io::ErrorKind::NotADirectory => {
            return missing().with_hint("a part of the path is no folder");
        }
        io::ErrorKind::PermissionDenied => "the system does not permit it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    };
    Error::invalid(format!("cannot {verb} \"{path}\": {reason}"))
}
