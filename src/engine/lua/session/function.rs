//! Functions in words. Lua keeps no names of their parameters, so the definition is looked up.

use mlua::{Function, Table, Value as LuaValue};

use super::LuaSession;
use crate::api::ApiFn;
use crate::engine::lua::frames::file;
use crate::engine::lua::vm::{PRELUDE, contents};
use crate::engine::session::LAZY;

impl LuaSession {
    pub(super) fn function_in_words(&self, function: &Function) -> String {
        if let Some(usage) = self.usage(function) {
            return usage;
        }
        let info = function.info();
        if info.source.as_deref().map(file) == Some(PRELUDE) {
            return LAZY.to_owned();
        }
        match (self.parameters(function), info.num_params) {
            (Some(names), _) => format!("function({})", names.join(", ")),
            (None, 0) => "function".to_owned(),
            (None, 1) => "function of 1 parameter".to_owned(),
            (None, number) => format!("function of {number} parameters"),
        }
    }

    /// How a function of the registry is called, or another one that the machine came with.
    fn usage(&self, function: &Function) -> Option<String> {
        let is = |path: &str| self.at(path).is_some_and(|at| at.as_function() == Some(function));
        if let Some(own) = ["print", "require"].into_iter().find(|own| is(own)) {
            return Some(format!("function: {own}(…)"));
        }
        let context = self.loaded.room.bridge.context();
        let mut functions = context.registry().functions();
        let found = functions.find(|known| is(&known.full_path()));
        let usage = found.map(|known| known.usage()).or_else(|| self.usage_in_module(function))?;
        Some(format!("function: {usage}"))
    }

    /// How a function of a module of the standard library is called.
    fn usage_in_module(&self, function: &Function) -> Option<String> {
        let natives = self.loaded.room.natives.borrow();
        natives.iter().find_map(|(functions, table)| {
            let held = |name| contents(table).raw_get::<Function>(name);
            let is =
                |known: &&ApiFn| held(known.namespace_and_name().1).is_ok_and(|it| it == *function);
            functions.iter().find(is).map(ApiFn::usage)
        })
    }

    /// The namespace of the registry that this is.
    pub(super) fn namespace(&self, table: &Table) -> Option<String> {
        let context = self.loaded.room.bridge.context();
        let functions = context.registry().functions();
        let mut namespaces =
            functions.filter_map(|known| Some(known.full_path().rsplit_once('.')?.0.to_owned()));
        let found =
            namespaces.find(|path| self.at(path).is_some_and(|it| it.as_table() == Some(table)));
        found.or_else(|| self.module(table).map(str::to_owned))
    }

    /// The module of the standard library that this is.
    pub(super) fn module(&self, table: &Table) -> Option<&'static str> {
        let natives = self.loaded.room.natives.borrow();
        let (functions, _) = natives.iter().find(|(_, known)| known == table)?;
        Some(functions.first()?.namespace_and_name().0)
    }

    fn at(&self, path: &str) -> Option<LuaValue> {
        let mut steps = path.split('.');
        let first = self.globals().get(steps.next()?).ok()?;
        steps
            .try_fold(first, |value: LuaValue, step| contents(value.as_table()?).raw_get(step).ok())
    }

    /// The names of its parameters, where its definition can be told.
    pub(super) fn parameters(&self, function: &Function) -> Option<Vec<String>> {
        let info = function.info();
        let (line, text) = (info.line_defined?, self.lines.text_of(file(&info.source?))?);
        let begin = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let count = usize::from(info.num_params) + usize::from(info.is_vararg);
        let definitions = text.get(begin..)?.split("function").skip(1);
        definitions.filter_map(names).find(|names| names.len() == count)
    }
}

/// The names between the parentheses that follow.
fn names(definition: &str) -> Option<Vec<String>> {
    let (before, rest) = definition.split_once('(')?;
    if before.contains(['\n', ')', '=', '"']) {
        return None;
    }
    let (mut names, mut depth, mut name, mut in_type) = (Vec::new(), 0, String::new(), false);
    for letter in rest.replace("->", "  ").chars() {
        match letter {
            ')' if depth == 0 => {
                names.push(name.trim().to_owned());
                names.retain(|name| !name.is_empty());
                return Some(names);
            }
            ',' if depth == 0 => {
                names.push(std::mem::take(&mut name).trim().to_owned());
                in_type = false;
            }
            ':' if depth == 0 => in_type = true,
            '(' | '{' | '<' => depth += 1,
            ')' | '}' | '>' => depth -= 1,
            letter if !in_type && depth == 0 => name.push(letter),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_names_of_parameters_are_told_from_their_types() {
        let names = |text| super::names(text).unwrap().join(" ");
        assert_eq!(
            names(" f(a, b: { [string]: number }, c: (number, A<B>) -> (), ...) x()"),
            "a b c ..."
        );
        assert_eq!(names("()"), "");
        assert_eq!(super::names(" f(a"), None);
    }
}
