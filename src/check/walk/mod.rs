//! The walk over a script: which name is what, and what the rules look at.
//!
//! It goes over the script three times. First it learns what is true of the whole file: which variables
//! change, which globals and fields are set. Then it knows which functions are handlers, under whatever name a
//! watch was called. At last it notes the facts.

mod calls;
mod expressions;
mod learned;
mod modules;
mod scopes;
mod statements;
mod values;

use super::facts::Facts;
use super::kinds::Kind;
use super::known::Known;
use super::tree::{Expression, Function, Name, Program};

use self::learned::Learned;
use self::scopes::Scopes;

/// What the script does, for the rules to judge.
pub(super) fn facts<'a>(program: &'a Program, known: &'a Known<'a>) -> Facts<'a> {
    let first = Walk::over(program, known, Learned::of(program));
    let (mut learned, imports) = (first.learned, first.facts.imports);
    modules::learn(&mut learned, imports, known);
    // Under which names the registry is known was not known yet.
    learned.used.clear();
    learned.altered.clear();
    learned.complete = true;
    let learned = Walk::over(program, known, learned).learned;
    Walk::over(program, known, learned).facts
}

struct Walk<'a> {
    known: &'a Known<'a>,
    learned: Learned,
    scopes: Scopes<'a>,
    facts: Facts<'a>,
    /// The functions around what is looked at, the innermost last: true for a handler.
    functions: Vec<bool>,
    /// How many blocks are around it: what stands in one may not run.
    blocks: usize,
}

impl<'a> Walk<'a> {
    fn over(program: &'a Program, known: &'a Known<'a>, learned: Learned) -> Self {
        let (scopes, facts) = (Scopes::default(), Facts::default());
        let mut walk = Self { known, learned, scopes, facts, functions: Vec::new(), blocks: 0 };
        walk.scopes.enter();
        walk.statements(&program.body);
        walk.scopes = walk.scopes.alone();
        for (name, function) in &program.functions {
            walk.named_function(&name.text, function);
        }
        walk
    }

    /// A function that may be a handler by its name.
    fn named_function(&mut self, name: &str, function: &'a Function) {
        let told = self.learned.handler(name);
        self.function(function, told.as_deref().unwrap_or_default(), told.is_some());
    }

    /// A function whose first parameters are of these kinds.
    fn function(&mut self, function: &'a Function, kinds: &[Kind], handler: bool) {
        self.scopes.enter();
        self.functions.push(handler);
        for (place, parameter) in function.parameters.iter().enumerate() {
            self.declare(parameter, kinds.get(place).cloned(), None);
        }
        self.statements(&function.body);
        self.functions.pop();
        self.scopes.leave();
    }

    /// A new variable. What changes later is of no kind, and no table.
    fn declare(&mut self, name: &Name, kind: Option<Kind>, value: Option<&'a Expression>) {
        let number = self.scopes.next_number();
        let changes = !self.learned.complete || self.learned.changed.contains(&number);
        let kind = kind.filter(|_| !changes).unwrap_or(Kind::Unknown);
        let table = value.filter(|value| matches!(value, Expression::Table(_)));
        let table = table.filter(|_| !changes && !self.learned.altered.contains(&number));
        self.scopes.declare(&name.text, kind, table);
    }
}
