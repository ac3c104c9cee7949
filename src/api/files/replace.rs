//! A file that appears whole or not at all: it is written beside its place, and then put there.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};

use cap_std::fs::{Dir, OpenOptions};

use super::place::{Place, restrained};
use crate::Result;

impl Place {
    /// Puts a file with this content in the place.
    pub(super) fn replace(&self, content: &[u8]) -> Result<()> {
        let (folder, name) = (self.made_folder()?, self.name()?);
        let permissions = self.permissions_of_old(&folder, name)?;
        let part = beside(name);
        let written = write(&folder, &part, content, permissions)
            .and_then(|()| folder.rename(&part, &folder, name));
        if written.is_err() {
            // What is left of it is of no use; that it cannot be removed would hide the reason.
            drop(folder.remove_file(&part));
        }
        written.map_err(|error| self.not_written(&error))
    }

    /// Those of the file that is replaced. One that may not be written must not be replaced either.
    fn permissions_of_old(
        &self,
        folder: &Dir,
        name: &OsStr,
    ) -> Result<Option<cap_std::fs::Permissions>> {
        let mut options = OpenOptions::new();
        match folder.open_with(name, restrained(options.write(true))) {
            Ok(old) => Ok(Some(self.regular(old, "write")?.1.permissions())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.not_written(&error)),
        }
    }
}

fn write(
    folder: &Dir,
    part: &OsStr,
    content: &[u8],
    permissions: Option<cap_std::fs::Permissions>,
) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = folder.open_with(part, restrained(options.write(true).create_new(true)))?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.write_all(content)?;
    file.sync_all()
}

/// A name in the same folder that nothing has.
fn beside(name: &OsStr) -> OsString {
    let mut part = OsString::from(".");
    part.push(name);
    part.push(format!(".{:08x}.part", fastrand::u32(..)));
    part
}
