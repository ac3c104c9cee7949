//! What single scripts of a daemon may reach, besides what all may.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Result;
use crate::api::{Context, Permissions};

type OfScript = dyn Fn(&Path) -> Result<Permissions> + Send + Sync;

/// What single scripts may reach, besides what all may. It is asked at each load of a script.
#[derive(Clone)]
pub struct Grants {
    of: Arc<OfScript>,
    file: Option<PathBuf>,
}

impl Grants {
    /// What the function gives for a script's path. Where it fails, the script is not loaded.
    pub fn new(of: impl Fn(&Path) -> Result<Permissions> + Send + Sync + 'static) -> Self {
        Self { of: Arc::new(of), file: None }
    }

    /// The same from this file: where it changes, scripts are loaded anew.
    #[must_use]
    pub fn from_file(self, file: impl Into<PathBuf>) -> Self {
        Self { file: Some(file.into()), ..self }
    }

    /// The file that the grants are in.
    pub(super) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// What the script may reach in this context, and what all may.
    pub(super) fn in_context(&self, script: &Path, context: &Context) -> Result<Permissions> {
        Ok(context.permissions().clone().and(&(self.of)(script)?))
    }
}

impl Default for Grants {
    /// Nothing.
    fn default() -> Self {
        Self::new(|_| Ok(Permissions::none()))
    }
}

impl fmt::Debug for Grants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grants").field("file", &self.file).finish_non_exhaustive()
    }
}
