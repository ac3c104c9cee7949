//! Calls: of the registry's functions, of modules, of the script's own.

use super::Walk;
use crate::api::FunctionRef;
use crate::check::facts::{ApiCall, OwnCall};
use crate::check::kinds::Kind;
use crate::check::tree::{Call, Expression, Name};

impl<'a> Walk<'a> {
    pub(super) fn call(&mut self, call: &'a Call, discarded: bool) {
        self.callee(call);
        self.changed_by(call);
        let function = self.called(call);
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

    fn callee(&mut self, call: &'a Call) {
        match &call.callee {
            Expression::Name(name) => {
                self.read(name, true);
                self.own_call(name, call);
            }
            Expression::Field(of, _) => {
                // It may alter what it is a method of.
                self.alters(of);
                match self.is_method_of_value(of, call) {
                    true => self.expression(of),
                    false => self.expression(&call.callee),
                }
            }
            callee => self.expression(callee),
        }
    }

    /// The function, where it is one of the registry or of a module that is written in Rust.
    fn called(&mut self, call: &Call) -> Option<FunctionRef> {
        match self.kind(&call.callee) {
            Kind::Path(path) => self.known.function(&path).cloned(),
            Kind::ModuleFunction(module, name) => {
                self.known.of_module(&module, &name).map(FunctionRef::from)
            }
            Kind::Builtin(name) if name == "require" => {
                self.asked(call.arguments.first());
                None
            }
            _ => None,
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
