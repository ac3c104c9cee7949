//! One line of code: run, remembered, and what it gave.

use std::sync::Arc;

use super::shell::Shell;
use super::trouble::Trouble;
use crate::engine::{Shape, Source};

impl Shell {
    /// Runs what was typed and shows what it gave.
    ///
    /// # Errors
    /// Where it fails.
    pub(super) fn run_line(&mut self, text: &str) -> Result<(), Trouble> {
        let (shape, remark) = self.evaluate_with_remark(text)?;
        let gave = shape != Shape::Nothing;
        self.shared.transcript().keep(text, self.language, gave);
        if let (true, Some(remark)) = (self.shared.screen.is_interactive(), remark) {
            let paint = self.shared.screen.paint();
            self.shared.screen.note(&format!("{} {remark}", paint.hint("hint:")));
        }
        self.show(shape)
    }

    /// Runs code and gives what it gave.
    ///
    /// # Errors
    /// Where it fails.
    pub(super) fn evaluate(&mut self, text: &str) -> Result<Shape, Trouble> {
        self.evaluate_with_remark(text).map(|(shape, _)| shape)
    }

    /// Runs code and gives what it gave, and a hint where that is nothing.
    ///
    /// # Errors
    /// Where it fails.
    pub(super) fn evaluate_with_remark(
        &mut self,
        text: &str,
    ) -> Result<(Shape, Option<String>), Trouble> {
        let source = self.shared.transcript().add(text, self.language);
        self.evaluate_source(source)
    }

    /// Runs a text that has a name of its own, such as a file.
    pub(super) fn evaluate_source(
        &mut self,
        source: Source,
    ) -> Result<(Shape, Option<String>), Trouble> {
        let source = Arc::new(source);
        self.work(move |session, context| {
            let shape = session.evaluate(&source, context)?;
            Ok((shape, session.remark()))
        })
    }
}
