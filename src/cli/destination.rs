//! Where output goes: a file that appears whole or not at all, or a stream.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::{Error, Result};

/// Bytes that are held until they are written.
const BUFFER: usize = 1 << 17;

/// An output that counts what it was given.
pub(super) struct Destination {
    output: BufWriter<Output>,
    bytes: u64,
}

enum Output {
    Standard(io::Stdout),
    /// A device or a named pipe: a file beside it could not take its place.
    Stream(File),
    /// A file beside the target, until it takes its place.
    Beside {
        part: NamedTempFile,
        target: PathBuf,
    },
}

impl Destination {
    /// Opens the file, or standard output. `option` is where another file can be named.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where the file could not be written: that is
    /// found before anything is fetched.
    pub(super) fn open(path: Option<&Path>, option: &str) -> Result<Self> {
        let output = match path {
            None => Output::Standard(io::stdout()),
            Some(path) => file(path, None).map_err(|error| refused(path, &error, option))?,
        };
        Ok(Self { output: BufWriter::with_capacity(BUFFER, output), bytes: 0 })
    }

    /// Opens a file that only its owner may read, whatever it was before.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub(super) fn private(path: &Path, option: &str) -> Result<Self> {
        let output = file(path, Some(0o600)).map_err(|error| refused(path, &error, option))?;
        Ok(Self { output: BufWriter::with_capacity(BUFFER, output), bytes: 0 })
    }

    /// How many bytes were written so far.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Lets the file appear, all of it on the disk.
    ///
    /// # Errors
    /// Where it could not be written, or not be put in its place. The target is as it was then.
    pub(super) fn complete(self) -> io::Result<()> {
        match self.output.into_inner().map_err(io::IntoInnerError::into_error)? {
            Output::Standard(mut output) => output.flush(),
            Output::Stream(mut output) => output.flush(),
            Output::Beside { part, target } => {
                part.as_file().sync_all()?;
                part.persist(&target)?;
                // The name is on the disk when the folder is. Not every system lets a folder be synced.
                drop(File::open(folder(&target)).and_then(|folder| folder.sync_all()));
                Ok(())
            }
        }
    }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.output.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(output) => output.write(bytes),
            Self::Stream(output) => output.write(bytes),
            // Not through tempfile, which would name the part in an error.
            Self::Beside { part, .. } => part.as_file_mut().write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(output) => output.flush(),
            Self::Stream(output) => output.flush(),
            Self::Beside { part, .. } => part.as_file_mut().flush(),
        }
    }
}

/// A file, or what stands in its place. `mode` says who may read it; what may be done with the old one, or any new
/// one, unless told.
fn file(path: &Path, mode: Option<u32>) -> io::Result<Output> {
    // Through a link: what it points to is replaced, not the link.
    let (target, old) = match std::fs::canonicalize(path) {
        Ok(target) => {
            // A file that may not be written must not be replaced either.
            let old = OpenOptions::new().write(true).open(&target)?;
            (target, Some(old))
        }
        // A link to what has no name, as `/dev/stdout` is to a pipe, is written through and never replaced.
        Err(error) if error.kind() == io::ErrorKind::NotFound && path.is_symlink() => {
            return File::create(path).map(Output::Stream);
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => (path.to_owned(), None),
        Err(error) => return Err(error),
    };
    let permissions = match old {
        Some(old) if !old.metadata()?.is_file() => return Ok(Output::Stream(old)),
        Some(old) => Some(old.metadata()?.permissions()),
        None => None,
    };
    let part = beside(&target, mode.unwrap_or(0o666))?;
    if let Some(permissions) = permissions.filter(|_| mode.is_none()) {
        part.as_file().set_permissions(permissions)?;
    }
    Ok(Output::Beside { part, target })
}

/// A new file in the target's folder, with these permissions.
fn beside(target: &Path, mode: u32) -> io::Result<NamedTempFile> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".{name}.");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = mode;
    builder.tempfile_in(folder(target))
}

fn folder(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn refused(path: &Path, error: &io::Error, option: &str) -> Error {
    let other = format!("give another file with {option}");
    let (reason, hint) = match error.kind() {
        // tempfile would name the file that it tried.
        io::ErrorKind::NotFound => {
            ("its folder is not there".into(), "make the folder first".to_owned())
        }
        io::ErrorKind::IsADirectory => {
            ("it is a folder".into(), format!("name a file in it with {option}"))
        }
        io::ErrorKind::PermissionDenied => ("permission denied".into(), other),
        _ => (error.to_string(), other),
    };
    Error::invalid(format!("cannot write {}: {reason}", path.display())).with_hint(hint)
}
