//! What happens to an account's contacts, waited for.

use pollster::block_on;

use crate::host;
use crate::runtime::LiveNews;

/// What happens to an account's contacts, in order: an iterator that waits for what comes next. See
/// [`host::Events`].
#[derive(Debug)]
#[must_use = "dropping it ends it"]
pub struct Events(pub(super) host::Events);

impl Iterator for Events {
    type Item = LiveNews;

    fn next(&mut self) -> Option<LiveNews> {
        block_on(self.0.next())
    }
}
