//! What Rhai values are, told without converting them whole.

use rhai::{Dynamic, FnPtr, Map, Shared};
use serde_json::Value;

use super::RhaiSession;
use crate::api::Namespace;
use crate::engine::rhai::encode::to_value;
use crate::engine::rhai::maps::is_vacant;
use crate::engine::rhai::values::Rows;
use crate::engine::session::{
    self, LAZY, MODULE, MOST, MOST_MEMBERS, Shape, Variable, beginning, listed,
};

type Function = Shared<rhai::ScriptFuncDef>;

impl RhaiSession {
    pub(super) fn shape(&self, value: &Dynamic) -> Shape {
        if value.is_unit() {
            return Shape::Nothing;
        }
        if let Ok(list) = value.as_array_ref() {
            return Shape::List(list.len());
        }
        to_value(value).map_or_else(|_| Shape::Other(self.describe(value)), Shape::Value)
    }

    /// An item as JSON; what has no such form is told in words.
    pub(super) fn item(&self, item: &Dynamic) -> Value {
        to_value(item).unwrap_or_else(|_| self.describe(item).into())
    }

    /// In words, what has no form as JSON.
    fn describe(&self, value: &Dynamic) -> String {
        if let Some(pointer) = value.read_lock::<FnPtr>() {
            return self.signature(&pointer);
        }
        if value.read_lock::<Rows>().is_some() {
            return LAZY.to_owned();
        }
        if let Some(namespace) = value.read_lock::<Namespace>() {
            return self.namespace(*namespace);
        }
        match value.as_map_ref() {
            Ok(map) => format!("object with {}", listed(&names(&map))),
            Err(_) => value.flatten_clone().to_string(),
        }
    }

    /// `cliengo.contacts: get, list, …`
    fn namespace(&self, namespace: Namespace) -> String {
        let functions = self.room.functions.keys();
        let mut names: Vec<_> = functions
            .filter_map(|(known, name)| match (*known == namespace, namespace) {
                (true, _) => Some((*name).to_owned()),
                (false, Namespace::CLIENGO) if known.is_below_cliengo() => {
                    Some(known.name().to_owned())
                }
                _ => None,
            })
            .collect();
        names.sort_unstable();
        names.dedup();
        format!("{namespace}: {}", listed(&names))
    }

    fn signature(&self, pointer: &FnPtr) -> String {
        match self.definition(pointer) {
            Some(function) => {
                format!("function({})", parameters(function, pointer.curry().len()).join(", "))
            }
            None => format!("function {}", pointer.fn_name()),
        }
    }

    fn definition(&self, pointer: &FnPtr) -> Option<&Function> {
        self.functions().find(|known| known.name == pointer.fn_name())
    }

    /// The functions that the lines defined.
    pub(super) fn functions(&self) -> impl Iterator<Item = &Function> {
        let infos = self.global.lib.iter().flat_map(|module| module.iter_script_fn_info());
        infos.map(|(.., function)| function)
    }

    pub(super) fn function_variables(&self) -> impl Iterator<Item = Variable> {
        let named = self.functions().filter(|function| !function.name.starts_with("anon$"));
        named.map(|function| {
            let parameters = parameters(function, 0);
            Variable {
                name: function.name.to_string(),
                kind: "function".to_owned(),
                shown: format!("function({})", parameters.join(", ")),
                members: Vec::new(),
                parameters,
                module: None,
            }
        })
    }

    /// The modules that the lines imported; the last of those with one name.
    pub(super) fn imported(&self) -> Vec<Variable> {
        let mut imported = Vec::<Variable>::new();
        for (name, module) in self.global.iter_imports() {
            if imported.iter().any(|known| known.name == name) {
                continue;
            }
            let members = self.natives.names(module);
            let of_stdlib = self.natives.functions(module).and_then(|functions| functions.first());
            imported.push(Variable {
                name: name.to_owned(),
                kind: MODULE.to_owned(),
                shown: listed(&members),
                members,
                parameters: Vec::new(),
                module: of_stdlib.map(|function| function.namespace_and_name().0),
            });
        }
        imported
    }

    /// What is in a map, by name.
    pub(super) fn members_of(&self, map: &Map) -> Vec<Variable> {
        let there = map.iter().filter(|(_, value)| !is_vacant(value)).take(MOST_MEMBERS);
        there.map(|(name, value)| self.variable(name, value)).collect()
    }

    pub(super) fn variable(&self, name: &str, value: &Dynamic) -> Variable {
        let members = |value: &Dynamic| value.as_map_ref().map_or(Vec::new(), |map| names(&map));
        let list = value.as_array_ref().ok();
        let pointer = value.read_lock::<FnPtr>();
        let parameters = pointer
            .as_ref()
            .and_then(|pointer| Some(parameters(self.definition(pointer)?, pointer.curry().len())));
        let shown = self.pruned(value, 0);
        let members = match &list {
            Some(list) => list.first().map_or(Vec::new(), members),
            None => members(value),
        };
        let is_plain = list.is_some()
            || value.is_string()
            || value.as_map_ref().is_ok()
            || to_value(value).is_ok();
        let in_words = (!is_plain).then(|| self.describe(value));
        let kind = match (&list, &pointer) {
            (Some(list), _) => format!("list of {}", list.len()),
            (None, Some(_)) => "function".to_owned(),
            (None, None) if in_words.is_some() => value.type_name().to_owned(),
            (None, None) => session::kind(&shown, &members),
        };
        let shown = in_words.unwrap_or_else(|| session::brief(&shown));
        let (name, parameters) = (name.to_owned(), parameters.unwrap_or_default());
        Variable { name, kind, shown, members, parameters, module: None }
    }

    /// The value as JSON, as much of it as fits on a line.
    fn pruned(&self, value: &Dynamic, depth: usize) -> Value {
        if depth > 2 {
            return "…".into();
        }
        if let Ok(list) = value.as_array_ref() {
            return list.iter().take(MOST).map(|item| self.pruned(item, depth + 1)).collect();
        }
        if let Ok(text) = value.as_immutable_string_ref() {
            return beginning(&text);
        }
        let Ok(map) = value.as_map_ref() else { return self.item(value) };
        let there = map.iter().filter(|(_, value)| !is_vacant(value)).take(MOST);
        let entry = |(name, value): (&rhai::Identifier, &Dynamic)| {
            (name.to_string(), self.pruned(value, depth + 1))
        };
        Value::Object(there.map(entry).collect())
    }
}

/// The names in a map; it keeps them sorted.
pub(super) fn names(map: &Map) -> Vec<String> {
    let there = map.iter().filter(|(_, value)| !is_vacant(value));
    there.map(|(name, _)| name.to_string()).collect()
}

/// The names of the parameters that are not bound yet.
fn parameters(function: &Function, bound: usize) -> Vec<String> {
    function.params.iter().skip(bound).map(ToString::to_string).collect()
}
