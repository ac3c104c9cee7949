//! One line of code: run, remembered, and what it gave.

use std::sync::Arc;

use super::shell::Shell;
use super::trouble::Trouble;
use crate::engine::{Shape, Source};

/// What a text gave.
pub(super) struct Given {
    pub(super) shape: Shape,
    /// Its other values, where it gave several.
    pub(super) others: Vec<Shape>,
    /// A hint where it gave nothing.
    pub(super) remark: Option<String>,
}

impl Shell {
    /// Runs what was typed and shows what it gave.
    ///
    /// # Errors
    /// Where it fails.
    pub(super) fn run_line(&mut self, text: &str) -> Result<(), Trouble> {
        let source = self.shared.transcript().add(text, self.language);
        let Given { shape, others, remark } = self.evaluate_source(source)?;
        let gave = shape != Shape::Nothing;
        self.shared.transcript().keep(text, self.language, gave);
        if let (true, Some(remark)) = (self.shared.screen.is_interactive(), remark) {
            let paint = self.shared.screen.paint();
            self.shared.screen.note(&format!("{} {remark}", paint.hint("hint:")));
        }
        self.show_all(shape, &others)
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
        self.evaluate_source(source).map(|given| (given.shape, given.remark))
    }

    /// Runs a text that has a name of its own, such as a file.
    ///
    /// # Errors
    /// Where it fails.
    pub(super) fn evaluate_source(&mut self, source: Source) -> Result<Given, Trouble> {
        let source = Arc::new(source);
        self.work(move |session, context| {
            let shape = session.evaluate(&source, context)?;
            Ok(Given { shape, others: session.others().to_vec(), remark: session.remark() })
        })
    }
}
