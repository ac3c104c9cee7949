//! Expressions.

use super::Walk;
use crate::api::FunctionRef;
use crate::check::facts::{ApiCall, FieldRead, Missing, ModuleRead, OwnCall, Undefined};
use crate::check::kinds::{Kind, Shape};
use crate::check::tree::{Call, Expression, Name, Table};
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

    fn read(&mut self, name: &'a Name, called: bool) {
        self.learned.used.insert(name.text.clone());
        self.defined(name, called);
    }

    fn defined(&mut self, name: &'a Name, called: bool) {
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

    fn call(&mut self, call: &'a Call, discarded: bool) {
        match &call.callee {
            Expression::Name(name) => {
                self.read(name, true);
                self.own_call(name, call);
            }
            Expression::Field(of, _) if self.is_method_of_value(of, call) => self.expression(of),
            callee => self.expression(callee),
        }
        self.changed_by(call);
        if let Expression::Field(of, _) = &call.callee {
            self.alters(of);
        }
        let function = match self.kind(&call.callee) {
            Kind::Path(path) => self.known.function(&path).cloned(),
            Kind::ModuleFunction(module, name) => {
                self.known.of_module(&module, &name).map(FunctionRef::from)
            }
            Kind::Builtin(name) if name == "require" => {
                self.asked(call.arguments.first());
                None
            }
            _ => None,
        };
        let keeps = function.as_ref().is_some_and(|function| function.keeps_functions());
        let told = self.told(call);
        for argument in &call.arguments {
            self.argument(argument, &told, keeps, function.is_some());
        }
        if let (Some(function), Some(name)) = (function, callee_name(&call.callee)) {
            let in_function = !self.functions.is_empty();
            let in_handler = self.functions.contains(&true);
            let in_block = self.blocks > 0;
            let arguments = call.arguments.iter().map(|argument| self.held(argument)).collect();
            self.facts.calls.push(ApiCall {
                function,
                call,
                arguments,
                name,
                discarded,
                in_function,
                in_handler,
                in_block,
            });
        }
    }

    /// The table that a variable holds, or the expression itself.
    fn held(&self, argument: &'a Expression) -> &'a Expression {
        match argument {
            Expression::Name(name) => self.scopes.table(&name.text).unwrap_or(argument),
            other => other,
        }
    }

    /// A call of a function that is seen from everywhere, and that nothing else of its name can stand for.
    fn own_call(&mut self, name: &'a Name, call: &Call) {
        let is_other = self.scopes.kind(&name.text).is_some()
            || self.known.builtins.contains_key(&name.text)
            || self.known.is_root(&name.text);
        let Some(counts) = self.learned.functions.get(&name.text).filter(|_| !is_other) else {
            return;
        };
        if !counts.contains(&call.arguments.len()) {
            let (counts, given) = (counts.iter().copied().collect(), call.arguments.len());
            self.facts.own_calls.push(OwnCall { name, counts, given });
        }
    }

    /// What is put into a list or an object by a function of the language may be anything.
    fn changed_by(&mut self, call: &Call) {
        let name = callee_name(&call.callee).map(|name| name.text).unwrap_or_default();
        if !CHANGE_WHAT_THEY_GET.contains(&name.as_str()) {
            return;
        }
        if let Expression::Field(of, _) = &call.callee {
            self.changes(of);
        }
        for argument in &call.arguments {
            self.changes(argument);
        }
    }

    /// `contact.keys()` in Rhai calls a method, which is no field.
    fn is_method_of_value(&self, of: &Expression, call: &Call) -> bool {
        call.colon && !matches!(self.kind(of), Kind::Path(_) | Kind::Module(_))
            || matches!(self.kind(of), Kind::Object(_) | Kind::List(_) | Kind::Sequence(_))
    }

    /// `known` is whether the function that gets it is, which alters nothing.
    fn argument(&mut self, argument: &'a Expression, told: &[Kind], keeps: bool, known: bool) {
        match argument {
            Expression::Function(function) => self.function(function, told, keeps),
            Expression::Name(name) if keeps => {
                self.learned.handles(&name.text, told);
                self.defined(name, false);
            }
            Expression::Name(name) if known => self.read(name, false),
            // A function among the options is called by the same watch or schedule.
            Expression::Table(table) if keeps => {
                for (_, value) in &table.entries {
                    self.argument(value, &[], keeps, known);
                }
                self.expressions(&table.others);
            }
            other => self.expression(other),
        }
    }

    pub(super) fn asked(&mut self, module: Option<&Expression>) {
        if let Some(expression) = module
            && let Some(text) = self.asked_module(expression)
        {
            self.facts.imports.push(Name { text, place: expression.place() });
        }
    }
}

/// Functions of the languages that put something into what they are given.
const CHANGE_WHAT_THEY_GET: [&str; 12] = [
    "insert",
    "move",
    "rawset",
    "setmetatable",
    "push",
    "append",
    "splice",
    "pad",
    "set",
    "mixin",
    "fill_with",
    "merge",
];

fn callee_name(callee: &Expression) -> Option<Name> {
    match callee {
        Expression::Name(name) | Expression::Field(_, name) => Some(name.clone()),
        _ => None,
    }
}
