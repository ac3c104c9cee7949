//! A Rhai engine that stays for line after line.

mod describe;
mod look;
mod unfinished;

use std::collections::HashSet;
use std::mem;
use std::rc::Rc;

use bytes::Bytes;
use rhai::{AST, Caches, Dynamic, Engine, EvalAltResult, FnPtr, GlobalRuntimeState, Module, Scope};
use serde_json::Value;

use super::call::Room;
use super::failure::{Failures, Homes};
use super::function::{Kept, SESSION};
use super::native::Natives;
use super::tokens::Tokens;
use super::{bind, ended, import, vm};
use crate::api::Callback;
use crate::engine::loaded::no_function;
use crate::engine::session::{Look, Machine, Opening, Shape, Step, Variable};
use crate::engine::{Language, Limits, ScriptFailure, Source};

pub(in crate::engine) use unfinished::{is_expression, is_unfinished};

/// The name of the last result.
const LAST: &str = "_";

struct RhaiSession {
    engine: Engine,
    scope: Scope<'static>,
    /// What the lines imported, their constants, and the functions of all of them in one module.
    global: GlobalRuntimeState,
    last: Dynamic,
    room: Rc<Room>,
    tokens: Rc<Tokens>,
    natives: Rc<Natives>,
    limits: Limits,
    homes: Homes,
}

/// Opens a session; see [`Session`](crate::engine::Session).
pub(in crate::engine) fn open(opening: &Opening<'_>) -> Result<Box<dyn Machine>, ScriptFailure> {
    let Opening { bridge, modules, limits, .. } = opening;
    let tokens = Rc::default();
    let mut engine = vm::sandboxed(bridge, *limits);
    let room = bind::globals(&mut engine, bridge, &tokens);
    let natives = Natives::new(&room, &tokens);
    engine.set_module_resolver(import::Importer::new(modules, &natives));
    let mut global = engine.new_global_runtime_state();
    let mut functions = Module::new();
    functions.set_id(SESSION);
    // Rhai keeps constants for functions only where there is something in their module.
    functions.set_var(LAST, ());
    global.lib.push(functions.into());
    let (scope, last, limits, homes) = (Scope::new(), Dynamic::UNIT, *limits, Homes::new());
    Ok(Box::new(RhaiSession { engine, scope, global, last, room, tokens, natives, limits, homes }))
}

impl Machine for RhaiSession {
    fn evaluate(&mut self, source: &Source) -> Result<Shape, ScriptFailure> {
        let context = self.room.bridge.context();
        let cancel = context.cancel();
        vm::begin(&mut self.engine, cancel, self.limits.memory);
        let parsed = self.tokens.during(|| self.engine.compile(&source.text));
        let failures = |homes| Failures { source, cancel, limits: self.limits, homes };
        let mut program = parsed.map_err(|error| failures(None).of_syntax(&error))?;
        program.set_source(source.name.as_str());
        self.adopt(&program);
        self.natives.renew(&mut self.global);
        let result = self.statements(&program);
        self.tidy();
        let failures = Failures { source, cancel, limits: self.limits, homes: Some(&self.homes) };
        let value = ended(result, cancel, &failures)?.flatten();
        Ok(self.keep(value))
    }

    fn last(&self) -> Shape {
        self.shape(&self.last)
    }

    fn items(&self, from: usize, count: usize) -> Result<Vec<Value>, ScriptFailure> {
        let Ok(list) = self.last.as_array_ref() else { return Ok(Vec::new()) };
        Ok(list.iter().skip(from).take(count).map(|item| self.item(item)).collect())
    }

    fn members(&self) -> Vec<Variable> {
        self.last.as_map_ref().map(|map| self.members_of(&map)).unwrap_or_default()
    }

    fn call(&mut self, number: u32, arguments: &[Bytes]) -> Result<Value, ScriptFailure> {
        let function = self.room.callbacks.get(number).ok_or_else(no_function)?;
        let context = self.room.bridge.context();
        let home = self.homes.get(function.pointer.fn_name()).cloned().unwrap_or_default();
        let source = &Source { name: home, ..Source::from_code("", Language::Rhai) };
        let (cancel, limits, homes) = (context.cancel(), self.limits, Some(&self.homes));
        let failures = Failures { source, cancel, limits, homes };
        // Where the function is, its name tells.
        self.global.source = Some(SESSION.into());
        super::called(&mut self.engine, &self.global, &function, arguments, &failures)
    }

    fn function(&self, name: &str) -> Option<Callback> {
        if let Some(pointer) = self.scope.get_value::<FnPtr>(name) {
            return Some(self.callback(pointer));
        }
        let defined = self.functions().find(|known| known.name == name)?;
        let known = self.room.callbacks.find(|kept| kept.is(&self.global, name));
        let keep = || Kept::of_script(&self.global, FnPtr::from(defined.clone()));
        let number = known.unwrap_or_else(|| self.room.callbacks.keep(keep()));
        Some(Callback { number, place: self.place(name) })
    }

    fn last_function(&self) -> Option<Callback> {
        self.last.read_lock::<FnPtr>().map(|pointer| self.callback(pointer.clone()))
    }

    fn variables(&self) -> Vec<Variable> {
        let named = self.scope.iter_raw().filter(|(name, ..)| *name != LAST);
        let mut variables: Vec<_> =
            named.map(|(name, _, value)| self.variable(name, value)).collect();
        variables.extend(self.function_variables());
        variables.extend(self.imported());
        variables.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        variables
    }

    fn look(&self, path: &[Step<'_>]) -> Look {
        self.look_at(path)
    }
}

impl RhaiSession {
    /// The functions of the line are there from now on, instead of those with their names and as many
    /// parameters. All are in one module: a function that was given away finds those of later lines.
    fn adopt(&mut self, program: &AST) {
        if !program.has_functions() {
            return;
        }
        let known = self.global.lib.first().map(|known| (**known).clone());
        let mut functions = known.unwrap_or_default();
        functions.merge(program.shared_lib());
        let home = program.source().unwrap_or_default();
        let defined = program.iter_fn_def().map(|known| (known.name.to_string(), home.to_owned()));
        self.homes.extend(defined);
        functions.set_id(SESSION);
        self.global.lib.clear();
        self.global.lib.push(functions.into());
    }

    #[allow(deprecated, reason = "rhai offers no other way to keep the state")]
    fn statements(&mut self, program: &AST) -> Result<Dynamic, Box<EvalAltResult>> {
        let (engine, global) = (&self.engine, &mut self.global);
        global.source = program.source().map(Into::into);
        (global.level, global.scope_level, global.num_operations) = (0, 0, 0);
        let statements = program.statements();
        engine.eval_statements_raw(global, &mut Caches::new(), &mut self.scope, statements)
    }

    /// Keeps the last variable of each name, in the order in which they came: a line that says `let`
    /// again would otherwise make the scope grow.
    fn tidy(&mut self) {
        let mut seen = HashSet::new();
        let names: Vec<_> = self.scope.iter_raw().map(|(name, ..)| name.to_owned()).collect();
        // From the last one on, as Rhai gives them.
        let mut latest: Vec<_> = names.into_iter().map(|name| seen.insert(name)).collect();
        if latest.iter().all(|is_latest| *is_latest) {
            return;
        }
        latest.reverse();
        let entries = mem::take(&mut self.scope).into_iter().zip(latest);
        let kept = entries.filter(|(_, is_latest)| *is_latest);
        self.scope.extend(kept.map(|((name, value, _), _)| {
            let constant = value.is_read_only();
            (name, constant, value)
        }));
    }

    fn keep(&mut self, value: Dynamic) -> Shape {
        if value.is_unit() {
            return Shape::Nothing;
        }
        // Shared, for a copy of a list would be a copy of all its items.
        self.last = value.into_shared();
        drop(self.scope.remove::<Dynamic>(LAST));
        self.scope.push_dynamic(LAST, self.last.clone());
        self.shape(&self.last)
    }

    fn callback(&self, pointer: FnPtr) -> Callback {
        let place = self.place(pointer.fn_name());
        let kept = Kept::of_script(&self.global, pointer);
        Callback { number: self.room.callbacks.keep(kept), place }
    }

    /// Where the function of this name is: `leads.rhai:3`.
    fn place(&self, name: &str) -> String {
        let defined = self.functions().find(|known| known.name == name);
        let line = defined.and_then(|known| known.body.start_position().line());
        match (self.homes.get(name), line) {
            (Some(home), Some(line)) => format!("{home}:{line}"),
            _ => String::new(),
        }
    }
}
