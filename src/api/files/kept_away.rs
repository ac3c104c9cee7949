//! What no script reaches, whatever it was granted: the state, the configuration, what the system tells of
//! processes. It holds the key, and says what scripts may reach.

use std::path::{Path, PathBuf};

use cap_std::fs::{Dir, File, Metadata};

use super::clean;
use super::links::on_the_way;
use super::root::nearest;

/// What the system tells of processes.
const PROCESSES: &str = "/proc";

/// The project's configuration, wherever it lies: it would count for whoever calls a script there.
const PROJECT_FILE: &str = "cliengo.toml";

/// What the files of scripts and modules end with.
const CODE: [&str; 3] = ["lua", "luau", "rhai"];

/// The files and folders that no script reaches.
#[derive(Debug)]
pub(super) struct KeptAway {
    paths: Vec<PathBuf>,
    /// Folders whose scripts and modules are not written.
    code: Vec<PathBuf>,
    /// The links that lead to all of these: with another in its place, something else would be protected.
    links: Vec<PathBuf>,
}

/// The same as they are at this moment.
#[derive(Debug)]
pub(super) struct Away {
    paths: Vec<PathBuf>,
    code: Vec<PathBuf>,
    identities: Vec<Identity>,
}

/// The device, and the file's number on it.
type Identity = (u64, u64);

impl KeptAway {
    pub(super) fn new(paths: Vec<PathBuf>, code: Vec<PathBuf>) -> Self {
        let links = paths.iter().chain(&code).flat_map(|path| on_the_way(path)).collect();
        Self { paths, code, links }
    }

    /// True for a link that leads to one of them.
    pub(super) fn is_led_to_by(&self, link: &Path) -> bool {
        self.links.iter().any(|known| known == link)
    }

    /// What is in their places at this moment.
    pub(super) fn now(&self) -> Away {
        Away {
            identities: self.paths.iter().filter_map(|path| of_path(path)).collect(),
            paths: lower(&self.paths),
            code: lower(&self.code),
        }
    }
}

impl Away {
    /// True where the path is in one of them, or has the name of the project's configuration, be it for a
    /// folder, which would stand in that file's way. Case does not matter: there are systems on which it does
    /// not.
    pub(super) fn holds(&self, path: &Path) -> bool {
        let path = lower_case(path);
        path.iter().any(|name| name == PROJECT_FILE)
            || cfg!(target_os = "linux") && path.starts_with(PROCESSES)
            || self.paths.iter().any(|away| path.starts_with(away))
    }

    /// True where the path is of a script or a module that is not written.
    pub(super) fn holds_code(&self, path: &Path) -> bool {
        let path = lower_case(path);
        let extension = path.extension().and_then(|extension| extension.to_str());
        extension.is_some_and(|extension| CODE.contains(&extension))
            && self.code.iter().any(|folder| path.starts_with(folder))
    }

    /// True for a file with more names than one, where there is code that is not written: it may be among it.
    pub(super) fn may_hold_code(&self, about: &Metadata) -> bool {
        !self.code.is_empty() && has_more_names(about)
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

/// The paths as they are written and as they lead, in lower case.
fn lower(paths: &[PathBuf]) -> Vec<PathBuf> {
    let real = paths.iter().map(|path| {
        let (there, missing) = nearest(path);
        missing.iter().fold(there, |path, part| path.join(part))
    });
    // A link to what is not there yet.
    let linked = paths.iter().filter_map(|path| Some(path.parent()?.join(path.read_link().ok()?)));
    let all = paths.iter().cloned().chain(real).chain(linked.map(|path| clean(&path)));
    all.map(|path| lower_case(&path)).collect()
}

fn lower_case(path: &Path) -> PathBuf {
    path.to_string_lossy().to_lowercase().into()
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

#[cfg(unix)]
fn has_more_names(about: &Metadata) -> bool {
    use cap_fs_ext::MetadataExt;

    MetadataExt::nlink(about) > 1
}

#[cfg(not(unix))]
fn has_more_names(_: &Metadata) -> bool {
    false
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
pub(super) fn is_about_processes(it: &impl std::os::fd::AsFd) -> bool {
    rustix::fs::fstatfs(it).is_ok_and(|about| about.f_type == rustix::fs::PROC_SUPER_MAGIC)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn is_about_processes<T>(_: &T) -> bool {
    false
}
