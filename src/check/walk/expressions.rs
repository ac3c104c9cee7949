//! Expressions.

use super::Walk;
use crate::check::facts::{FieldRead, Missing, ModuleRead, Undefined};
use crate::check::kinds::{Kind, Shape};
use crate::check::tree::{Expression, Name, Table};
use crate::schema::{contact_field, nearest};

impl<'a> Walk<'a> {
    pub(super) fn expressions(&mut self, expressions: &'a [Expression]) {
        for expression in expressions {
            self.expression(expression);
        }
    }

    pub(super) fn expression(&mut self, expression: &'a Expression) {
        match expression {
            Expression::Literal(..) => {}
            Expression::Module(name) => self.module(name),
            Expression::Name(name) => {
                self.learned.any_global |= name.text == "_G";
                // Whoever has it may alter what is in it.
                self.alters(expression);
                self.read(name, false);
            }
            Expression::Field(of, name) => self.field(of, name),
            Expression::Item(of, key) => {
                self.expression(of);
                self.expression(key);
            }
            Expression::Call(call) => self.call(call, false),
            Expression::Table(table) => self.table(table),
            Expression::List(items, _) | Expression::Other(items, _) => self.expressions(items),
            Expression::Block(statements, _) => self.block(statements),
            Expression::Function(function) => self.function(function, &[], false),
        }
    }

    pub(super) fn discard(&mut self, expression: &'a Expression) {
        match expression {
            Expression::Call(call) => self.call(call, true),
            other => self.expression(other),
        }
    }

    fn table(&mut self, table: &'a Table) {
        for (_, value) in &table.entries {
            self.expression(value);
        }
        self.expressions(&table.others);
    }

    pub(super) fn read(&mut self, name: &'a Name, called: bool) {
        self.learned.used.insert(name.text.clone());
        self.defined(name, called);
    }

    pub(super) fn defined(&mut self, name: &'a Name, called: bool) {
        if self.is_defined(&name.text) {
            return;
        }
        let names = self.scopes.names().chain(self.known.roots());
        let names = names.chain(self.known.builtins.keys().map(String::as_str));
        let of_file = self.learned.globals.iter().chain(self.learned.functions.keys());
        let names = names.chain(of_file.map(String::as_str));
        let word =
            |name: &&str| name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_');
        let meant = nearest(&name.text, names.filter(word)).map(str::to_owned);
        self.facts.undefined.push(Undefined { name, meant, called });
    }

    /// `global` is Rhai's own: the constants of the script.
    fn module(&mut self, name: &'a Name) {
        let names = || self.learned.modules.iter().map(|(known, _)| known.as_str());
        if name.text != "global" && !names().any(|known| known == name.text) {
            let meant = nearest(&name.text, names()).map(str::to_owned);
            self.facts.undefined.push(Undefined { name, meant, called: false });
        }
    }

    fn field(&mut self, of: &'a Expression, name: &'a Name) {
        // What is read may be a table in the table.
        self.alters(of);
        match of {
            Expression::Name(name) => self.read(name, false),
            of => self.expression(of),
        }
        match self.kind(of) {
            Kind::Path(within) => {
                let members = self.known.members(&within);
                if members.is_some_and(|members| !members.contains(&name.text)) {
                    self.facts.missing.push(Missing { within, name, of_registry: true });
                }
            }
            Kind::Builtin(within) => {
                let members = self.known.builtins.get(&within).filter(|all| !all.is_empty());
                if members.is_some_and(|members| !members.contains(&name.text)) {
                    self.facts.missing.push(Missing { within, name, of_registry: false });
                }
            }
            Kind::Object(shape) if !self.has_field(shape, &name.text) => {
                self.facts.fields.push(FieldRead { shape, name });
            }
            Kind::Module(module) => self.facts.modules.push(ModuleRead { module, name }),
            _ => {}
        }
    }

    /// A field that the script itself sets somewhere may be anybody's.
    fn has_field(&self, shape: Shape, name: &str) -> bool {
        let known = match shape {
            Shape::Contact => contact_field(name).is_some(),
            other => other.fields().contains(&name),
        };
        known || self.learned.fields.contains(name)
    }

    pub(super) fn asked(&mut self, module: Option<&Expression>) {
        if let Some(expression) = module
            && let Some(text) = self.asked_module(expression)
        {
            self.facts.imports.push(Name { text, place: expression.place() });
        }
    }
}
