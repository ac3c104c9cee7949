//! Errors, as the person at the prompt reads them.

use super::shared::Shared;
use super::trouble::Trouble;
use crate::engine::ScriptFailure;
use crate::terminal;

impl Shared {
    /// Shows why something did not come to its end.
    pub(super) fn report(&self, trouble: &Trouble) {
        let Trouble { failure, sources, writes, not_begun } = trouble;
        let explained = (self.settings().explain)(failure.error.clone());
        let failure = &ScriptFailure { error: explained, ..failure.clone() };
        let view = self.screen.error_view();
        // Where a cancelled line was at that moment is no news to whoever cancelled it, and no error.
        if trouble.is_cancelled() {
            let word = format!("{} ", view.paint.error("error:"));
            let text = terminal::error(&failure.error, view.paint);
            let writes = terminal::writes(writes, *not_begun, view.paint);
            let text = format!("{}{writes}", text.strip_prefix(&word).unwrap_or(&text));
            return self.screen.remark(&terminal::folded(&text, view.width));
        }
        let mut all = self.transcript().quoted(failure);
        all.extend_from_slice(sources);
        let text = terminal::failure(failure, &all, writes, *not_begun, &view);
        self.screen.remark(&terminal::folded(&text, view.width));
    }
}
