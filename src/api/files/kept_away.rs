//! What no script reaches, whatever it was granted: the state, the configuration, what the system tells of
//! processes. It holds the key, and says what scripts may reach.

use std::path::{Path, PathBuf};

use cap_std::fs::{Dir, File, Metadata};

use super::root::nearest;

/// The project's configuration, wherever it lies: it would count for whoever calls a script there.
const PROJECT_FILE: &str = "cliengo.toml";

/// The files and folders that no script reaches.
#[derive(Debug)]
pub(super) struct KeptAway(Vec<PathBuf>);

/// The same as they are at this moment.
#[derive(Debug)]
pub(super) struct Away {
    paths: Vec<PathBuf>,
    identities: Vec<Identity>,
}

/// The device, and the file's number on it.
type Identity = (u64, u64);

impl KeptAway {
    pub(super) fn new(paths: Vec<PathBuf>) -> Self {
        Self(paths)
    }

    /// What is in their places at this moment.
    pub(super) fn now(&self) -> Away {
        let real = self.0.iter().map(|path| {
            let (there, missing) = nearest(path);
            missing.iter().fold(there, |path, part| path.join(part))
        });
        Away {
            identities: self.0.iter().filter_map(|path| of_path(path)).collect(),
            paths: self.0.iter().cloned().chain(real).collect(),
        }
    }
}

impl Away {
    /// True where the path is in one of them, or has the name of the project's configuration. Case does not
    /// matter: there are systems on which it does not.
    pub(super) fn holds(&self, path: &Path) -> bool {
        let lower = |path: &Path| PathBuf::from(path.to_string_lossy().to_lowercase());
        let path = lower(path);
        path.file_name().is_some_and(|name| name == PROJECT_FILE)
            || self.paths.iter().any(|away| path.starts_with(lower(away)))
    }

    /// True where this is one of them, under whichever name.
    pub(super) fn is_one(&self, about: &Metadata) -> bool {
        of_metadata(about).is_some_and(|identity| self.identities.contains(&identity))
    }

    pub(super) fn holds_folder(&self, folder: &Dir) -> bool {
        is_about_processes(folder) || folder.dir_metadata().is_ok_and(|about| self.is_one(&about))
    }

    pub(super) fn holds_file(&self, file: &File) -> bool {
        is_about_processes(file) || file.metadata().is_ok_and(|about| self.is_one(&about))
    }
}

#[cfg(unix)]
fn of_path(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;

    std::fs::metadata(path).ok().map(|about| (about.dev(), about.ino()))
}

#[cfg(unix)]
fn of_metadata(about: &Metadata) -> Option<Identity> {
    use cap_fs_ext::MetadataExt;

    Some((MetadataExt::dev(about), MetadataExt::ino(about)))
}

#[cfg(not(unix))]
fn of_path(_: &Path) -> Option<Identity> {
    None
}

#[cfg(not(unix))]
fn of_metadata(_: &Metadata) -> Option<Identity> {
    None
}

/// True on the file system that tells of processes (`/proc`): it holds this one's environment, and with it
/// the key.
#[cfg(target_os = "linux")]
fn is_about_processes(it: &impl std::os::fd::AsFd) -> bool {
    rustix::fs::fstatfs(it).is_ok_and(|about| about.f_type == rustix::fs::PROC_SUPER_MAGIC)
}

#[cfg(not(target_os = "linux"))]
fn is_about_processes<T>(_: &T) -> bool {
    false
}
