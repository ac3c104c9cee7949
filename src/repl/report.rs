//! Errors, as the person at the prompt reads them.

use super::shared::{PROMPT, Shared};
use super::trouble::Trouble;
use crate::engine::{Language, Source};
use crate::terminal;

impl Shared {
    /// Shows why something did not come to its end.
    pub(super) fn report(&self, trouble: &Trouble) {
        let none = Source { name: PROMPT.to_owned(), ..Source::from_code("", Language::Lua) };
        let Trouble { failure, source, writes, not_begun } = trouble;
        let source = source.as_ref().unwrap_or(&none);
        let paint = self.screen.error_paint();
        self.screen.remark(&terminal::failure(failure, source, writes, *not_begun, paint));
    }
}
