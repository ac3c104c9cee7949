//! The file: an entry on each line, newest last, with `\n` for the ends of lines in it.
//!
//! rustyline's own file is not used: it empties the file before it writes it anew, which loses everything
//! where the program is ended just then.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::Told;
use crate::Result;

/// The newest entries of the file, oldest first; none where there is no file yet.
///
/// A file that has grown to twice as many is written anew without the oldest.
pub(super) fn read(path: &Path, most: usize) -> Result<Vec<String>> {
    let bytes = match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        read => read.told("read", path)?,
    };
    // A file that cannot be closed to others is another's, and told of where it cannot be written either.
    let _ = close(path);
    // What another program damaged costs the letters that it damaged.
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let newest = lines.len().saturating_sub(most);
    if newest >= most {
        shorten(path, most)?;
    }
    Ok(lines[newest..].iter().map(|line| unescaped(line)).collect())
}

/// Writes the entry behind all others.
pub(super) fn append(path: &Path, entry: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        make(folder).told("keep", path)?;
    }
    let mut file = locked(path).told("keep", path)?;
    // One write, so that not even a kill leaves half a line for the next entry to stand behind.
    file.write_all(format!("{}\n", escaped(entry)).as_bytes()).told("keep", path)
}

/// Writes the file anew with its newest entries alone. Under its lock, for another prompt may be about to
/// append.
fn shorten(path: &Path, most: usize) -> Result<()> {
    let _lock = locked(path).told("shorten", path)?;
    let bytes = fs::read(path).told("shorten", path)?;
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut shorter = tempfile::NamedTempFile::new_in(folder).told("shorten", path)?;
    let newest = lines[lines.len().saturating_sub(most)..].concat();
    shorter.write_all(&newest).told("shorten", path)?;
    shorter.persist(path).map_err(|error| error.error).told("shorten", path)?;
    Ok(())
}

/// The file for appending, which nobody else writes until it is dropped.
fn locked(path: &Path) -> std::io::Result<File> {
    loop {
        let file = open(path)?;
        file.lock()?;
        // Another prompt may have put a shorter file in its place while this one waited.
        if is_in_place(&file)? {
            return Ok(file);
        }
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    let _ = close(path);
    Ok(file)
}

/// Has nobody else read the file, which an older program or a copy may have left open to all.
#[cfg(unix)]
fn close(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    let mut permissions = fs::metadata(path)?.permissions();
    if permissions.mode() & 0o077 == 0 {
        return Ok(());
    }
    permissions.set_mode(0o600);
    fs::set_permissions(path, permissions)
}

#[cfg(not(unix))]
fn close(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn is_in_place(file: &File) -> std::io::Result<bool> {
    Ok(std::os::unix::fs::MetadataExt::nlink(&file.metadata()?) > 0)
}

#[cfg(not(unix))]
fn is_in_place(_: &File) -> std::io::Result<bool> {
    Ok(true)
}

fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn escaped(entry: &str) -> String {
    entry.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescaped(line: &str) -> String {
    let mut entry = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        entry.push(match letter {
            '\\' => match letters.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                other => other.unwrap_or('\\'),
            },
            letter => letter,
        });
    }
    entry
}
