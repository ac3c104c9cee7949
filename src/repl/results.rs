//! Results: the first page of a list, and what comes after it.

use serde_json::Value;

use super::shell::Shell;
use super::trouble::Trouble;
use crate::Error;
use crate::engine::Shape;
use crate::terminal::{self, harmless};

/// Items that are taken from the session at once where a result is wanted whole.
pub(super) const PIECE: usize = 1_000;

/// Where `.more` goes on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) next: usize,
    pub(super) total: usize,
}

impl Shell {
    /// Shows what a line gave: of a list the first page, to a program everything.
    pub(super) fn show(&mut self, shape: Shape) -> Result<(), Trouble> {
        match shape {
            Shape::Nothing => {}
            Shape::List(total) => {
                self.page = Page { next: 0, total };
                return self.show_page();
            }
            Shape::Value(value) => {
                self.page = Page::default();
                self.say_value(&value);
            }
            Shape::Other(words) => {
                self.page = Page::default();
                let paint = self.shared.screen.paint();
                self.shared.screen.say(&format!("{}\n", paint.dim(&harmless(&words))));
            }
        }
        Ok(())
    }

    /// Shows the next rows of the last list.
    pub(super) fn show_page(&mut self) -> Result<(), Trouble> {
        let view = self.shared.screen.view();
        let Page { next, total } = self.page;
        let count = view.rows.min(total - next);
        let rows = match self.shared.screen.is_interactive() {
            true => self.work(move |session, _| session.items(next, count))?,
            false => self.whole_list(total)?,
        };
        self.page.next = next + rows.len();
        self.shared.screen.say(&terminal::table(&rows, total, next, &view));
        Ok(())
    }

    fn say_value(&self, value: &Value) {
        let screen = &self.shared.screen;
        screen.say(&terminal::value(value, &screen.view()));
    }

    /// Every item of the last result, which is a list. It is read in pieces, so that Ctrl-C is heard.
    pub(super) fn whole_list(&mut self, total: usize) -> Result<Vec<Value>, Trouble> {
        self.work(move |session, context| {
            let mut rows = Vec::with_capacity(total);
            while rows.len() < total {
                if let Some(reason) = context.cancel().reason() {
                    return Err(crate::engine::ScriptFailure::of(reason.clone()));
                }
                let piece = session.items(rows.len(), PIECE)?;
                if piece.is_empty() {
                    break;
                }
                rows.extend(piece);
            }
            Ok(rows)
        })
    }

    /// The last result, or that of `code` where some is given, whole.
    ///
    /// # Errors
    /// Where the code fails, where there is no result, and where it has no form as JSON.
    pub(super) fn whole(&mut self, code: &str) -> Result<Value, Trouble> {
        let shape = match code.is_empty() {
            true => self.work(|session, _| Ok(session.last()))?,
            false => self.evaluate(code)?,
        };
        match shape {
            Shape::Value(value) => Ok(value),
            Shape::List(total) => self.whole_list(total).map(Value::Array),
            Shape::Nothing if !code.is_empty() => Ok(Value::Null),
            Shape::Nothing => Err(Error::invalid("there is no result yet")
                .with_hint("ask for something first, such as cliengo.contacts.list()")
                .into()),
            Shape::Other(words) => {
                Err(Error::invalid(format!("{words}: that has no form as text")).into())
            }
        }
    }
}
