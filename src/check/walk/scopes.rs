//! The variables that are seen at a place.

use crate::check::kinds::Kind;
use crate::check::tree::Expression;

/// A variable.
struct Variable<'a> {
    name: String,
    /// Tells it from all others; the same in every walk over a script.
    number: usize,
    kind: Kind,
    /// The table that it holds wherever it is seen.
    table: Option<&'a Expression>,
}

/// The scopes around a place, the innermost last.
#[derive(Default)]
pub(super) struct Scopes<'a> {
    stack: Vec<Vec<Variable<'a>>>,
    made: usize,
}

impl<'a> Scopes<'a> {
    pub(super) fn enter(&mut self) {
        self.stack.push(Vec::new());
    }

    pub(super) fn leave(&mut self) {
        self.stack.pop();
    }

    /// No scope, and the same numbers.
    pub(super) fn alone(&self) -> Self {
        Self { stack: Vec::new(), made: self.made }
    }

    /// The number that the next variable gets.
    pub(super) fn next_number(&self) -> usize {
        self.made
    }

    pub(super) fn declare(&mut self, name: &str, kind: Kind, table: Option<&'a Expression>) {
        let variable = Variable { name: name.to_owned(), number: self.made, kind, table };
        self.made += 1;
        if let Some(scope) = self.stack.last_mut() {
            scope.push(variable);
        }
    }

    pub(super) fn kind(&self, name: &str) -> Option<&Kind> {
        self.find(name).map(|variable| &variable.kind)
    }

    pub(super) fn table(&self, name: &str) -> Option<&'a Expression> {
        self.find(name).and_then(|variable| variable.table)
    }

    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.find(name).map(|variable| variable.number)
    }

    fn find(&self, name: &str) -> Option<&Variable<'a>> {
        let all = self.stack.iter().rev().flat_map(|scope| scope.iter().rev());
        all.into_iter().find(|variable| variable.name == name)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.stack.iter().flatten().map(|variable| variable.name.as_str())
    }
}
