//! The walk over a script: which name is what, and what the rules look at.
//!
//! It goes over the script twice. First it learns what is true of the whole file: which variables change,
//! which globals and fields are set, which functions are handlers. Then it notes the facts.

mod expressions;
mod learned;
mod modules;
mod scopes;
mod statements;
mod values;

use super::facts::Facts;
use super::known::Known;
use super::tree::{Function, Name, Program};

use self::learned::Learned;
use self::scopes::Scopes;

/// What the script does, for the rules to judge.
pub(super) fn facts<'a>(program: &'a Program, known: &'a Known<'a>) -> Facts<'a> {
    let first = Walk::over(program, known, Learned::of(program));
    let (mut learned, imports) = (first.learned, first.facts.imports);
    modules::learn(&mut learned, imports, known);
    learned.complete = true;
    Walk::over(program, known, learned).facts
}

struct Walk<'a> {
    known: &'a Known<'a>,
    learned: Learned,
    scopes: Scopes,
    facts: Facts<'a>,
    /// The functions around what is looked at, the innermost last: true for a handler.
    functions: Vec<bool>,
}

impl<'a> Walk<'a> {
    fn over(program: &'a Program, known: &'a Known<'a>, learned: Learned) -> Self {
        let (scopes, facts) = (Scopes::default(), Facts::default());
        let mut walk = Self { known, learned, scopes, facts, functions: Vec::new() };
        walk.scopes.enter();
        walk.statements(&program.body);
        walk.scopes = walk.scopes.alone();
        for (name, function) in &program.functions {
            let handler = walk.learned.handlers.contains(&name.text);
            walk.function(function, &[], handler);
        }
        walk
    }

    /// A function whose first parameters are of these kinds.
    fn function(&mut self, function: &'a Function, kinds: &[super::kinds::Kind], handler: bool) {
        self.scopes.enter();
        self.functions.push(handler);
        for (place, parameter) in function.parameters.iter().enumerate() {
            self.declare(parameter, kinds.get(place).cloned());
        }
        self.statements(&function.body);
        self.functions.pop();
        self.scopes.leave();
    }

    /// A new variable. What changes later is of no kind.
    fn declare(&mut self, name: &Name, kind: Option<super::kinds::Kind>) {
        let number = self.scopes.next_number();
        let changes = !self.learned.complete || self.learned.changed.contains(&number);
        let kind = kind.filter(|_| !changes).unwrap_or(super::kinds::Kind::Unknown);
        self.scopes.declare(&name.text, kind);
    }
}
