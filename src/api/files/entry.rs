//! What is in a folder.

use std::time::SystemTime;

use cap_std::fs::Metadata;

/// One thing in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// In bytes.
    pub(crate) size: u64,
    /// None where the system does not tell, or it was not written yet.
    pub(crate) modified: Option<SystemTime>,
}

/// What a thing in a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a socket or a device.
    Other,
}

impl Kind {
    pub(super) fn of(about: &Metadata) -> Self {
        match about {
            _ if about.is_symlink() => Self::Link,
            _ if about.is_dir() => Self::Folder,
            _ if about.is_file() => Self::File,
            _ => Self::Other,
        }
    }

    /// The word that scripts see.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Folder => "folder",
            Self::Link => "link",
            Self::Other => "other",
        }
    }
}
