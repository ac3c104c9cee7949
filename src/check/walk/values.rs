//! What values surely are.

use serde_json::Value;

use super::Walk;
use crate::check::kinds::{KEEP_THE_ITEMS, Kind, Shape, given_by, told_by};
use crate::check::tree::{Call, Expression, Name};
use crate::engine::Language;

impl Walk<'_> {
    pub(super) fn kind(&self, expression: &Expression) -> Kind {
        match expression {
            Expression::Name(name) => self.kind_of_name(name),
            Expression::Module(name) => {
                let module = self.learned.modules.iter().find(|(known, _)| *known == name.text);
                let path = module.and_then(|(_, path)| path.clone());
                path.map_or(Kind::Unknown, Kind::Module)
            }
            Expression::Field(of, name) => match self.kind(of) {
                Kind::Path(path) if self.known.members(&path).is_some() => {
                    Kind::Path(format!("{path}.{}", name.text))
                }
                Kind::Module(module) => Kind::ModuleFunction(module, name.text.clone()),
                _ => Kind::Unknown,
            },
            Expression::Item(of, _) => match self.kind(of) {
                Kind::List(shape) => Kind::Object(shape),
                _ => Kind::Unknown,
            },
            Expression::Call(call) => self.kind_of_call(call),
            _ => Kind::Unknown,
        }
    }

    fn kind_of_name(&self, name: &Name) -> Kind {
        if let Some(kind) = self.scopes.kind(&name.text) {
            return kind.clone();
        }
        let text = name.text.clone();
        match self.known.builtins.get(&text) {
            _ if self.learned.globals.contains(&text) => Kind::Unknown,
            _ if self.known.is_root(&text) => Kind::Path(text),
            Some(_) => Kind::Builtin(text),
            None => Kind::Unknown,
        }
    }

    fn kind_of_call(&self, call: &Call) -> Kind {
        match self.kind(&call.callee) {
            Kind::Path(path) => match self.known.function(&path) {
                Some(function) if !function.is_own() => given_by(function.path),
                _ => Kind::Unknown,
            },
            Kind::Builtin(name) if name == "require" => {
                let asked = call.arguments.first().and_then(|asked| self.asked_module(asked));
                asked.map_or(Kind::Unknown, Kind::Module)
            }
            Kind::ModuleFunction(module, name)
                if module == "list" && KEEP_THE_ITEMS.contains(&name.as_str()) =>
            {
                match call.arguments.first().map(|items| self.kind(items)) {
                    Some(Kind::List(shape)) => Kind::List(shape),
                    _ => Kind::Unknown,
                }
            }
            _ => Kind::Unknown,
        }
    }

    /// What a function that is given to this call is called with.
    pub(super) fn told(&self, call: &Call) -> Vec<Kind> {
        let object = |shape: &Option<Shape>| shape.map_or(Kind::Unknown, Kind::Object);
        match self.kind(&call.callee) {
            Kind::Path(path) => match self.known.function(&path) {
                Some(function) => told_by(function.path).iter().map(object).collect(),
                None => Vec::new(),
            },
            Kind::ModuleFunction(module, _) if module == "list" => {
                match call.arguments.first().map(|items| self.kind(items)) {
                    Some(Kind::List(shape)) => vec![Kind::Object(shape)],
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }

    /// The module that is asked for by this text.
    pub(super) fn asked_module(&self, expression: &Expression) -> Option<String> {
        match expression {
            Expression::Literal(Value::String(text), _) => Some(text.clone()),
            _ => None,
        }
    }

    /// True where the name means something.
    pub(super) fn is_defined(&self, name: &str) -> bool {
        let of_scopes = self.scopes.kind(name).is_some();
        let of_file =
            self.learned.globals.contains(name) || self.learned.functions.contains_key(name);
        // Rhai has its functions apart from its variables.
        let of_language = self.known.builtins.contains_key(name);
        let of_rhai = self.known.source.language == Language::Rhai && name == "this";
        self.learned.any_global
            || of_scopes
            || of_file
            || of_language
            || of_rhai
            || self.known.is_root(name)
    }
}
