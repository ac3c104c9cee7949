//! What the line editor asks while a line is typed.

use std::borrow::Cow;
use std::cell::Cell;

use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::SearchDirection;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Context, Helper};

use super::complete::complete;
use super::dotted::command_line;
use super::highlight::highlight;
use super::hint::{Ghost, goes_on, hint};
use super::known::Known;
use crate::engine::{Language, Syntax};
use crate::terminal::{Paint, View};

/// Columns of a terminal that does not tell.
const COLUMNS: usize = 80;

/// Answers the line editor.
pub(super) struct Assistant {
    pub(super) known: Known,
    syntax: Syntax,
    paint: Paint,
    /// False where the line is shown for the last time, when its cursor is gone.
    has_cursor: Cell<bool>,
    /// Has to know that a line is being typed.
    begun: Box<dyn Fn() + Send>,
}

impl Assistant {
    pub(super) fn new(known: Known, paint: Paint) -> Self {
        let syntax = Syntax::new(known.language, &known.registry);
        let (has_cursor, begun) = (Cell::new(true), Box::new(|| {}));
        Self { known, syntax, paint, has_cursor, begun }
    }

    /// Has this done whenever a line is about to be shown: the editor has the terminal then, and takes what is
    /// to stand above the line.
    pub(super) fn when_begun(&mut self, act: impl Fn() + Send + 'static) {
        self.begun = Box::new(act);
    }

    /// Goes over to another language.
    pub(super) fn set_language(&mut self, language: Language) {
        self.known.language = language;
        self.syntax = Syntax::new(language, &self.known.registry);
    }

    /// True for code that Enter does not end.
    fn is_unfinished(&self, text: &str) -> bool {
        command_line(text).is_none() && self.syntax.is_unfinished(text)
    }
}

impl Helper for Assistant {}

impl Completer for Assistant {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let (before, after) = line.split_at_checked(at).unwrap_or((line, ""));
        let found = complete(before, after, &self.known);
        let columns = View::of_output().width.unwrap_or(COLUMNS);
        let replacements = found.entries.iter().map(|entry| entry.replacement.clone());
        let lines = found.lines(columns.saturating_sub(1)).into_iter().zip(replacements);
        let pair = |(display, replacement)| Pair { display, replacement };
        Ok((found.start, lines.map(pair).collect()))
    }
}

impl Hinter for Assistant {
    type Hint = Ghost;

    fn hint(&self, line: &str, at: usize, context: &Context<'_>) -> Option<Ghost> {
        (self.begun)();
        if at < line.len() {
            return None;
        }
        let ghost = hint(line, &self.known, || {
            let newest = context.history_index().min(context.history().len().checked_sub(1)?);
            let found = context.history().starts_with(line, newest, SearchDirection::Reverse);
            found.ok().flatten().map(|found| found.entry.into_owned())
        });
        ghost.or_else(|| goes_on(line).filter(|_| self.is_unfinished(line)))
    }
}

impl Highlighter for Assistant {
    fn highlight<'l>(&self, line: &'l str, at: usize) -> Cow<'l, str> {
        let cursor = self.has_cursor.get().then_some(at);
        Cow::Owned(highlight(line, cursor, &self.known, self.paint))
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        Cow::Owned(self.paint.heading(prompt))
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(self.paint.dim(hint))
    }

    fn highlight_candidate<'c>(&self, candidate: &'c str, _: CompletionType) -> Cow<'c, str> {
        match candidate.split_once("  ") {
            Some((name, doc)) => Cow::Owned(format!("{name}  {}", self.paint.dim(doc))),
            None => Cow::Borrowed(candidate),
        }
    }

    /// Every key can change the colour of what stands before it.
    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        self.has_cursor.set(kind != CmdKind::ForcedRefresh);
        self.paint.on
    }
}

impl Validator for Assistant {
    fn validate(&self, context: &mut ValidationContext) -> rustyline::Result<ValidationResult> {
        Ok(if self.is_unfinished(context.input()) {
            ValidationResult::Incomplete
        } else {
            ValidationResult::Valid(None)
        })
    }
}
