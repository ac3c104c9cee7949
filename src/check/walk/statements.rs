//! Statements.

use super::Walk;
use crate::check::kinds::Kind;
use crate::check::tree::{Expression, Loop, Name, Statement};

impl<'a> Walk<'a> {
    pub(super) fn statements(&mut self, statements: &'a [Statement]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &'a Statement) {
        match statement {
            Statement::Local { names, values } => self.local(names, values),
            Statement::LocalFunction { name, function } => {
                self.declare(name, None, None);
                self.learned.names(&name.text);
                self.named_function(&name.text, function);
            }
            Statement::Assign { targets, values } => self.assign(targets, values),
            Statement::Discard(expression) => self.discard(expression),
            Statement::Evaluate(expressions) => self.expressions(expressions),
            Statement::Block(statements) => self.block(statements),
            Statement::Loop(it) => self.each(it),
            Statement::Import { module, name } => self.import(module, name.as_ref()),
        }
    }

    pub(super) fn block(&mut self, statements: &'a [Statement]) {
        self.scopes.enter();
        self.blocks += 1;
        self.statements(statements);
        self.blocks -= 1;
        self.scopes.leave();
    }

    fn local(&mut self, names: &'a [Name], values: &'a [Expression]) {
        for (place, value) in values.iter().enumerate() {
            self.named_value(names.get(place).map(|name| name.text.as_str()), value);
        }
        let kinds: Vec<_> = values.iter().map(|value| self.kind(value)).collect();
        for (place, name) in names.iter().enumerate() {
            self.declare(name, kinds.get(place).cloned(), values.get(place));
        }
    }

    fn assign(&mut self, targets: &'a [Expression], values: &'a [Expression]) {
        for (place, value) in values.iter().enumerate() {
            let name = targets.get(place).and_then(|target| match target {
                Expression::Name(name) => Some(name.text.as_str()),
                _ => None,
            });
            self.named_value(name, value);
        }
        for target in targets {
            self.set(target);
        }
    }

    /// A value that gets a name: a function may be a handler by its name.
    fn named_value(&mut self, name: Option<&str>, value: &'a Expression) {
        match (name, value) {
            (Some(name), Expression::Function(function)) => {
                self.learned.names(name);
                self.named_function(name, function);
            }
            _ => self.expression(value),
        }
    }

    fn set(&mut self, target: &'a Expression) {
        match target {
            Expression::Name(name) => match self.scopes.number(&name.text) {
                Some(number) => drop(self.learned.changed.insert(number)),
                None => drop(self.learned.globals.insert(name.text.clone())),
            },
            Expression::Field(of, name) => {
                match &**of {
                    Expression::Name(of) if of.text == "_G" => {
                        self.learned.globals.insert(name.text.clone());
                    }
                    _ => drop(self.learned.fields.insert(name.text.clone())),
                }
                self.alters(of);
                self.expression(of);
            }
            // What is put under a name that only the run knows may be anything.
            Expression::Item(of, _) => {
                self.changes(of);
                self.alters(of);
                self.expression(target);
            }
            other => self.expression(other),
        }
    }

    /// The variable may hold something else from now on.
    pub(super) fn changes(&mut self, expression: &Expression) {
        if let Expression::Name(name) = expression
            && let Some(number) = self.scopes.number(&name.text)
        {
            self.learned.changed.insert(number);
        }
    }

    /// The table in the variable may hold something else from now on.
    pub(super) fn alters(&mut self, expression: &Expression) {
        match expression {
            Expression::Name(name) => {
                let number = self.scopes.number(&name.text);
                self.learned.altered.extend(number);
            }
            Expression::Field(of, _) | Expression::Item(of, _) => self.alters(of),
            _ => {}
        }
    }

    fn each(&mut self, it: &'a Loop) {
        self.expressions(&it.over);
        let first = it.over.first().map(|over| self.kind(over));
        let item = match first {
            Some(Kind::List(shape)) => it.item_of_list.map(|place| (place, shape)),
            Some(Kind::Sequence(shape)) => it.item_of_sequence.map(|place| (place, shape)),
            _ => None,
        };
        self.scopes.enter();
        for (place, name) in it.names.iter().enumerate() {
            let kind = item.filter(|(at, _)| *at == place).map(|(_, shape)| Kind::Object(shape));
            self.declare(name, kind, None);
        }
        self.blocks += 1;
        self.statements(&it.body);
        self.blocks -= 1;
        self.scopes.leave();
    }

    fn import(&mut self, module: &'a Expression, name: Option<&'a Name>) {
        self.expression(module);
        self.asked(Some(module));
        let path = self.asked_module(module);
        if let Some(name) = name
            && !self.learned.complete
        {
            self.learned.modules.push((name.text.clone(), path));
        }
    }
}
