//! Where a path led: a name in the handle of a folder. Whatever is done is done by that name in that handle,
//! and follows no link.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::fs::{Dir, File, Metadata, OpenOptions};

use super::entry::{Entry, Kind};
use super::kept_away::Away;
use super::{MOST, refusal};
use crate::schema::did_you_mean;
use crate::{Error, ErrorKind, Result};

/// The most entries that a folder is listed with.
const MOST_ENTRIES: usize = 100_000;
/// The most names that the one that was meant is looked for among.
const MOST_NAMES: usize = 1_000;

/// Where a path led.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) folder: Arc<Dir>,
    /// None for that folder itself.
    pub(super) name: Option<OsString>,
    /// Folders below it that are missing; the name is in the last of them.
    pub(super) missing: Vec<OsString>,
    /// The whole path, without links.
    pub(super) path: PathBuf,
    /// The path as the script wrote it.
    pub(super) asked: String,
    pub(super) away: Away,
}

impl Place {
    /// What the system tells of it.
    pub(super) fn about(&self) -> io::Result<Metadata> {
        match &self.name {
            None => self.folder.dir_metadata(),
            Some(_) if !self.missing.is_empty() => Err(io::ErrorKind::NotFound.into()),
            Some(name) => self.folder.symlink_metadata(name),
        }
    }

    pub(super) fn is_there(&self) -> bool {
        self.about().is_ok()
    }

    /// That it is not kept away from scripts, under whichever name.
    pub(super) fn check_kind_of_file(&self) -> Result<()> {
        match self.about() {
            Ok(about) if self.away.is_one(&about) => Err(refusal::kept_away(&self.asked)),
            _ => Ok(()),
        }
    }

    /// The whole content of the file.
    pub(super) fn read(&self) -> Result<Vec<u8>> {
        let about = self.about().map_err(|error| self.not_read(&error))?;
        // A socket cannot be opened, and opening a device may do something.
        self.check_regular(&about, "read")?;
        let mut options = OpenOptions::new();
        let file = self.open(options.read(true)).map_err(|error| self.not_read(&error))?;
        let (file, about) = self.regular(file, "read")?;
        if about.len() > MOST {
            return Err(self.too_large());
        }
        let mut content = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default());
        let read = file.take(MOST + 1).read_to_end(&mut content);
        read.map_err(|error| self.not_read(&error))?;
        // It may have grown since.
        match content.len() as u64 > MOST {
            true => Err(self.too_large()),
            false => Ok(content),
        }
    }

    /// Adds this to the end of the file.
    pub(super) fn append(&self, content: &[u8]) -> Result<()> {
        let folder = self.made_folder()?;
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        let cannot = |error| self.not_written(&error);
        let file = folder.open_with(self.name()?, restrained(&mut options)).map_err(cannot)?;
        let (mut file, about) = self.regular(file, "write")?;
        // What is replaced leaves the other names what they were; what is added to does not.
        if self.away.may_hold_code(&about) {
            let message =
                format!("\"{}\" is a hard link: it may be code that runs with grants", self.asked);
            return Err(Error::new(ErrorKind::Denied, message)
                .with_hint("write the file anew with fs.write"));
        }
        file.write_all(content).map_err(cannot)
    }

    /// Removes it; false where it is not there.
    pub(super) fn remove(&self) -> Result<bool> {
        if !self.is_there() {
            return Ok(false);
        }
        let removed = self.folder.remove_file_or_symlink(self.name()?);
        removed.map(|()| true).map_err(|error| refusal::cannot("remove", &self.asked, &error))
    }

    /// What is in the folder, by name.
    pub(super) fn list(&self) -> Result<Vec<Entry>> {
        let cannot = |error: io::Error| match error.kind() {
            io::ErrorKind::NotADirectory => {
                let message = format!("\"{}\" is no folder", self.asked);
                Error::invalid(message).with_hint("read a file with fs.read")
            }
            _ => self.not_read(&error),
        };
        self.about().map_err(cannot)?;
        let folder = match &self.name {
            None => Arc::clone(&self.folder),
            Some(name) => Arc::new(self.folder.open_dir_nofollow(name).map_err(cannot)?),
        };
        if self.away.holds_folder(&folder) {
            return Err(refusal::kept_away(&self.asked));
        }
        let mut entries = Vec::new();
        for entry in folder.entries().map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            // What was removed meanwhile is not there.
            let Ok(about) = folder.symlink_metadata(entry.file_name()) else { continue };
            let (name, kind) = (entry.file_name().to_string_lossy().into_owned(), Kind::of(&about));
            let modified = about.modified().ok().map(cap_std::time::SystemTime::into_std);
            entries.push(Entry { name, kind, size: about.len(), modified });
            if entries.len() > MOST_ENTRIES {
                let message = format!("\"{}\" has more than {MOST_ENTRIES} entries", self.asked);
                return Err(Error::new(ErrorKind::Limit, message).with_hint("use smaller folders"));
            }
        }
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(entries)
    }

    /// That a file can be there, or is.
    pub(super) fn may_be_written(&self) -> Result<()> {
        self.name()?;
        match self.about() {
            Ok(about) => self.check_regular(&about, "write"),
            Err(_) => Ok(()),
        }
    }

    /// That it is a file or a link, or is not there.
    pub(super) fn may_be_removed(&self) -> Result<()> {
        self.name()?;
        match self.about() {
            Ok(about) if about.is_symlink() => Ok(()),
            Ok(about) => self.check_regular(&about, "remove"),
            Err(_) => Ok(()),
        }
    }

    /// The name in the folder.
    pub(super) fn name(&self) -> Result<&OsString> {
        let folder = || Error::invalid(format!("\"{}\" is a folder", self.asked));
        self.name.as_ref().ok_or_else(|| folder().with_hint("name a file in it"))
    }

    /// The folder of the file, made where it is missing.
    pub(super) fn made_folder(&self) -> Result<Arc<Dir>> {
        let mut folder = Arc::clone(&self.folder);
        for part in &self.missing {
            let made = match folder.create_dir(part) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
                _ => folder.open_dir_nofollow(part),
            };
            folder = Arc::new(made.map_err(|error| self.not_written(&error))?);
        }
        Ok(folder)
    }

    fn open(&self, options: &mut OpenOptions) -> io::Result<File> {
        match &self.name {
            None => Err(io::ErrorKind::IsADirectory.into()),
            Some(name) => self.folder.open_with(name, restrained(options)),
        }
    }

    /// The file, if it is one, and is not kept away.
    pub(super) fn regular(&self, file: File, verb: &str) -> Result<(File, Metadata)> {
        let about = file.metadata().map_err(|error| refusal::cannot(verb, &self.asked, &error))?;
        if self.away.holds_file(&file) {
            return Err(refusal::kept_away(&self.asked));
        }
        self.check_regular(&about, verb)?;
        Ok((file, about))
    }

    fn check_regular(&self, about: &Metadata, verb: &str) -> Result<()> {
        let what = match Kind::of(about) {
            Kind::File => return Ok(()),
            Kind::Folder => "it is a folder",
            Kind::Link => "it became a link meanwhile",
            Kind::Other => "it is a pipe, a socket or a device",
        };
        Err(Error::invalid(format!("cannot {verb} \"{}\": {what}", self.asked)))
    }

    fn too_large(&self) -> Error {
        let message = format!("\"{}\" is larger than {} MiB", self.asked, MOST >> 20);
        Error::new(ErrorKind::Limit, message).with_hint("split it into smaller files")
    }

    pub(super) fn not_written(&self, error: &io::Error) -> Error {
        refusal::cannot("write", &self.asked, error)
    }

    pub(super) fn not_read(&self, error: &io::Error) -> Error {
        let cannot = refusal::cannot("read", &self.asked, error);
        match cannot.kind {
            ErrorKind::NotFound => cannot.with_hint_if(self.meant()),
            _ => cannot,
        }
    }

    /// The name in the folder that was probably meant.
    fn meant(&self) -> Option<String> {
        let name = self.name.as_ref().filter(|_| self.missing.is_empty())?.to_str()?;
        let entries = self.folder.entries().ok()?.take(MOST_NAMES);
        let names: Vec<String> =
            entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
        did_you_mean(name, names.iter().map(String::as_str))
    }
}

/// Follows no link, and does not wait for the other end of a pipe.
pub(super) fn restrained(options: &mut OpenOptions) -> &OpenOptions {
    options.follow(FollowSymlinks::No).nonblock(true)
}
