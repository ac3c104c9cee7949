//! A value of the program's own that its scripts read.

use bytes::Bytes;
use serde::Serialize;

use super::intern::text;
use crate::{Error, Result};

/// A value of the program's own, which its scripts read in both languages. It is what it was when it was told;
/// what changes is a function's to give.
///
/// ```
/// # #[cfg(all(feature = "lua", feature = "rhai"))] {
/// use cliengo::Host;
///
/// let host = Host::builder().value("crm.teams", ["north", "south"])?.build().blocking();
/// assert_eq!(host.lua().eval::<String>("crm.teams[1]")?, "north");
/// assert_eq!(host.rhai().eval::<String>("crm.teams[0]")?, "north");
/// # }
/// # Ok::<(), cliengo::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnValue {
    /// Where scripts find it: `crm.teams`, or `teams` without a namespace.
    path: &'static str,
    /// What it is, in a sentence; empty unless told.
    doc: &'static str,
    json: Bytes,
}

impl OwnValue {
    /// A value that scripts find at `path`: `"crm.teams"`, or `"teams"` without a namespace.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where it cannot be written as JSON.
    pub fn new(path: impl AsRef<str>, value: impl Serialize) -> Result<Self> {
        let path = path.as_ref();
        let json = serde_json::to_vec(&value)
            .map_err(|error| Error::invalid(format!("{path}: its value is no JSON: {error}")))?;
        Ok(Self { path: text(path), doc: "", json: json.into() })
    }

    /// What it is, in a sentence.
    #[must_use]
    pub fn with_doc(mut self, doc: impl AsRef<str>) -> Self {
        self.doc = text(doc.as_ref());
        self
    }

    /// Where scripts find it.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// What it is, in a sentence; empty unless told.
    pub fn doc(&self) -> &'static str {
        self.doc
    }

    /// The value, a JSON document.
    pub fn json(&self) -> &Bytes {
        &self.json
    }
}
