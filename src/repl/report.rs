//! Errors, as the person at the prompt reads them.

use super::shared::Shared;
use super::trouble::Trouble;
use crate::terminal;

impl Shared {
    /// Shows why something did not come to its end.
    pub(super) fn report(&self, trouble: &Trouble) {
        let Trouble { failure, source, writes, not_begun } = trouble;
        let view = self.screen.error_view();
        let text = terminal::failure(failure, source.as_slice(), writes, *not_begun, &view);
        self.screen.remark(&text);
    }
}
