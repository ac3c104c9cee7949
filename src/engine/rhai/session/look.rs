//! What stands at a path, without running any Rhai.

use rhai::{Dynamic, Map};

use super::RhaiSession;
use super::describe::names;
use crate::api::Namespace;
use crate::engine::rhai::builtins::BUILTINS;
use crate::engine::rhai::maps::is_vacant;
use crate::engine::session::{Look, Step};
use crate::schema::camel_case;

impl RhaiSession {
    pub(super) fn look_at(&self, path: &[Step<'_>]) -> Look {
        let (first, rest) = match path.split_first() {
            Some((Step::Name(first), rest)) => (first, rest),
            Some((Step::Module(name), _)) => return self.module(name),
            _ => return Look::Names(self.known()),
        };
        let Some(value) = self.scope.get(first) else {
            let known = self.known().iter().any(|name| name == first);
            return if known { Look::Other } else { Look::Nothing };
        };
        look_in(value, rest)
    }

    /// The functions of an imported module.
    fn module(&self, name: &str) -> Look {
        let module = self.global.iter_imports().find(|(known, _)| *known == name);
        let Some((_, module)) = module else { return Look::Nothing };
        Look::Names(self.natives.names(module))
    }

    /// The names of variables and functions, those of the language too.
    fn known(&self) -> Vec<String> {
        let own = self.scope.iter_raw().map(|(name, ..)| name.to_owned());
        let functions = self.functions().map(|function| function.name.to_string());
        let given =
            self.room.functions.keys().filter(|(namespace, _)| *namespace == Namespace::GLOBAL);
        let given = given.map(|(_, name)| (*name).to_owned());
        let named = BUILTINS.iter().map(|name| (*name).to_owned());
        own.chain(functions).chain(given).chain(named).collect()
    }
}

fn look_in(value: &Dynamic, rest: &[Step<'_>]) -> Look {
    match (rest.split_first(), value.as_map_ref()) {
        (None, Ok(map)) => Look::Names(names(&map)),
        (None, Err(_)) if value.is_unit() => Look::Nothing,
        (Some((Step::Index(index), rest)), _) => match value.as_array_ref() {
            Ok(list) => list.get(*index).map_or(Look::Nothing, |item| look_in(item, rest)),
            Err(_) => Look::Other,
        },
        (Some((Step::Name(name), rest)), Ok(map)) => match entry(&map, name) {
            Some(value) => look_in(value, rest),
            // A map has methods too.
            None if BUILTINS.contains(name) => Look::Other,
            None => Look::Nothing,
        },
        _ => Look::Other,
    }
}

fn entry<'a>(map: &'a Map, name: &str) -> Option<&'a Dynamic> {
    let value = map.get(name).filter(|value| !is_vacant(value));
    value.or_else(|| map.get(camel_case(name)?.as_str()))
}
