//! Where scripts find modules besides the standard library and their own folder.

use std::path::{Path, PathBuf};

use super::OwnModule;
use crate::{Error, Result};

/// The modules of the program's own, and the folders of libraries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ModuleSources {
    pub(crate) own: Vec<OwnModule>,
    /// In the order in which they are looked through.
    pub(crate) libraries: Vec<PathBuf>,
}

impl ModuleSources {
    /// Only these folders.
    #[cfg(feature = "check")]
    pub(crate) fn of_libraries(folders: &[PathBuf]) -> Self {
        Self { own: Vec::new(), libraries: folders.to_vec() }
    }

    /// Adds a module of the program's own.
    ///
    /// # Errors
    /// As [`OwnModule::check`].
    pub(crate) fn add(&mut self, module: OwnModule) -> Result<()> {
        module.check(&self.own)?;
        self.own.push(module);
        Ok(())
    }

    /// Adds a folder.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where there is no such folder.
    pub(crate) fn add_library(&mut self, folder: &Path) -> Result<()> {
        if !folder.is_dir() {
            return Err(Error::invalid(format!("there is no folder {}", folder.display()))
                .with_hint("a library is a folder with modules in it"));
        }
        self.libraries.push(folder.to_owned());
        Ok(())
    }
}
