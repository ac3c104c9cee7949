//! The accounts that a prompt can be moved to.

use crate::Result;
use crate::client::Client;

/// The accounts that `.profile` chooses from.
pub trait Profiles: Send + Sync {
    /// The name of the profile that the prompt began with, where it has one.
    fn current(&self) -> Option<String>;

    /// The names that can be chosen.
    fn names(&self) -> Vec<String>;

    /// What the prompt works on, in a line: the name, the address, where the key comes from. Never the key.
    fn describe(&self) -> String;

    /// The client of a profile.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where there is no such profile,
    /// [`ErrorKind::Unauthorized`](crate::ErrorKind::Unauthorized) where it has no key.
    fn open(&self, name: &str) -> Result<Client>;
}
