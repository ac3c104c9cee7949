//! Whether two names are of one file.

use std::path::Path;

/// True where both paths lead to the same file.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    match (identity(std::fs::metadata(one)), identity(std::fs::metadata(other))) {
        (Some(one), Some(other)) => one == other,
        _ => match (one.canonicalize(), other.canonicalize()) {
            (Ok(one), Ok(other)) => one == other,
            _ => false,
        },
    }
}

/// True where the path leads to what standard output is, as `/dev/stdout` does: to put a file in its
/// place would leave standard output empty.
#[cfg(unix)]
pub(super) fn is_standard_output(path: &Path) -> bool {
    use std::os::fd::AsFd;

    let output = std::io::stdout().as_fd().try_clone_to_owned().map(std::fs::File::from);
    let output = identity(output.and_then(|output| output.metadata()));
    output.is_some() && output == identity(std::fs::metadata(path))
}

#[cfg(not(unix))]
pub(super) fn is_standard_output(_path: &Path) -> bool {
    false
}

/// The device, and the file's number on it.
#[cfg(unix)]
fn identity(metadata: std::io::Result<std::fs::Metadata>) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;

    metadata.ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_metadata: std::io::Result<std::fs::Metadata>) -> Option<(u64, u64)> {
    None
}
