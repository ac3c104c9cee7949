//! Results: the first page of a list, and what comes after it.

use std::fmt::Write as _;

use serde_json::Value;

use super::screen::Screen;
use super::shell::Shell;
use super::trouble::Trouble;
use crate::Error;
use crate::engine::{Shape, Variable};
use crate::terminal::{self, cut, harmless, thousands, width};

/// Items that are taken from the session at once where a result is wanted whole.
pub(super) const PIECE: usize = 1_000;

/// What is said of a value that is nothing. Only Lua gives several values.
const NOTHING: &str = "nil";

/// Where `.more` goes on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) next: usize,
    pub(super) total: usize,
}

/// An object that has no form as JSON: a line for each member that there is room for.
fn members_of(members: &[Variable], screen: &Screen) -> String {
    let (view, paint) = (screen.view(), screen.paint());
    let shown = members.iter().take(view.rows).map(|member| (harmless(&member.name), member));
    let shown: Vec<(String, &Variable)> = shown.collect();
    let longest = shown.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    let room = view.width.map_or(usize::MAX, |all| all.saturating_sub(longest + 2));
    let mut text = String::new();
    for (name, member) in &shown {
        let gap = " ".repeat(longest - width(name) + 2);
        let value = harmless(&member.shown);
        let _ = writeln!(text, "{}{gap}{}", paint.name(name), cut(&value, room));
    }
    if shown.len() < members.len() {
        let more = thousands(members.len() - shown.len());
        let _ = writeln!(text, "{}", paint.dim(&format!("… and {more} more")));
    }
    text
}

impl Shell {
    /// Shows all that a line gave. Where that is several values, each is shown, for a nothing among them has a
    /// meaning by its place.
    pub(super) fn show_all(&mut self, first: Shape, others: &[Shape]) -> Result<(), Trouble> {
        if first == Shape::Nothing && !others.is_empty() {
            self.say_words(NOTHING);
        }
        self.show(first)?;
        for shape in others {
            match shape {
                Shape::Value(value) => self.say_value(value),
                Shape::Other(words) => self.say_words(words),
                Shape::Nothing | Shape::List(_) => self.say_words(NOTHING),
            }
        }
        Ok(())
    }

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
                let members = self.work(|session, _| Ok(session.members()))?;
                match members.is_empty() {
                    true => self.say_words(&words),
                    false => self.shared.screen.say(&members_of(&members, &self.shared.screen)),
                }
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

    fn say_words(&self, words: &str) {
        let screen = &self.shared.screen;
        screen.say(&format!("{}\n", screen.paint().dim(&harmless(words))));
    }

    fn say_value(&self, value: &Value) {
        let screen = &self.shared.screen;
        screen.say(&terminal::value(value, &screen.view()));
    }

    /// Every item of the last result, which is a list.
    ///
    /// # Errors
    /// As [`in_pieces`](Self::in_pieces).
    pub(super) fn whole_list(&mut self, total: usize) -> Result<Vec<Value>, Trouble> {
        let mut rows = Vec::with_capacity(total);
        self.in_pieces(total, |_, _, piece| {
            rows.extend(piece);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The last result, or that of `code` where some is given.
    ///
    /// # Errors
    /// Where the code fails, and where there is no result.
    pub(super) fn result_of(&mut self, code: &str) -> Result<Shape, Trouble> {
        let shape = match code.is_empty() {
            true => self.work(|session, _| Ok(session.last()))?,
            false => self.evaluate(code)?,
        };
        match shape {
            Shape::Nothing if code.is_empty() => Err(Error::invalid("there is no result yet")
                .with_hint("ask for something first, such as cliengo.contacts.list()")
                .into()),
            Shape::Other(words) => {
                Err(Error::invalid(format!("{words}: that has no form as text")).into())
            }
            shape => Ok(shape),
        }
    }

    /// Goes through the items of the last result, a list, in pieces: what is done with one is seen, and a
    /// Ctrl-C is heard, before the next is there.
    ///
    /// # Errors
    /// Where an item has no form as JSON, where it is cancelled, and what `take` gives.
    pub(super) fn in_pieces(
        &mut self,
        total: usize,
        mut take: impl FnMut(&mut Self, usize, Vec<Value>) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        let mut next = 0;
        while next < total {
            let piece = self.work(move |session, _| session.items(next, PIECE))?;
            if let Some(reason) = self.ended() {
                return Err(reason.clone().into());
            }
            let count = piece.len();
            if count == 0 {
                return Ok(());
            }
            take(self, next, piece)?;
            next += count;
        }
        Ok(())
    }
}
