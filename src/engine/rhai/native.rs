//! The modules of the standard library that are written in Rust, as Rhai sees them.

use std::any::TypeId;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

#[cfg(feature = "repl")]
use rhai::GlobalRuntimeState;
use rhai::{Dynamic, EvalAltResult, FuncRegistration, Module, NativeCallContext, RhaiFunc, Shared};

use super::call::Room;
use super::tokens::Tokens;
use super::values::raise;
use crate::Error;
use crate::api::ApiFn;
#[cfg(feature = "repl")]
use crate::engine::stdlib::{STDLIB, stdlib_functions};
use crate::schema::did_you_mean;

/// A call is looked up with so many arguments more than the function takes, so that one too many is our
/// error and not "function not found".
const TOO_MANY: usize = 2;
/// The most arguments that a misspelt name is called with.
const MISSPELT: usize = 8;

/// The modules that were made, by their ids.
pub(super) struct Natives {
    room: Rc<Room>,
    tokens: Rc<Tokens>,
    made: RefCell<HashMap<String, Made>>,
}

struct Made {
    module: Shared<Module>,
    /// How many names scripts had asked for when it was made.
    asked: usize,
}

impl Natives {
    pub(super) fn new(room: &Rc<Room>, tokens: &Rc<Tokens>) -> Rc<Self> {
        let (room, tokens) = (Rc::clone(room), Rc::clone(tokens));
        Rc::new(Self { room, tokens, made: RefCell::default() })
    }

    /// The module with these functions, which knows every name that was asked for by now.
    pub(super) fn module(&self, id: &str, functions: &'static [ApiFn]) -> Shared<Module> {
        let asked = self.tokens.count_asked();
        let mut made = self.made.borrow_mut();
        if let Some(known) = made.get(id).filter(|known| known.asked == asked) {
            return Shared::clone(&known.module);
        }
        let module = Shared::new(module(id, functions, &self.room, &self.tokens.asked()));
        made.insert(id.to_owned(), Made { module: Shared::clone(&module), asked });
        module
    }

    /// What was imported knows the names that were asked for since.
    #[cfg(feature = "repl")]
    pub(super) fn renew(&self, global: &mut GlobalRuntimeState) {
        let asked = self.tokens.count_asked();
        if self.made.borrow().values().all(|known| known.asked == asked) {
            return;
        }
        let imported: Vec<_> = global
            .scan_imports_raw()
            .map(|(name, module)| (name.clone(), Shared::clone(module)))
            .collect();
        global.truncate_imports(0);
        for (name, module) in imported {
            let functions =
                module.id().and_then(|id| id.strip_prefix(STDLIB)).map(stdlib_functions);
            let renewed = functions.flatten().zip(module.id());
            let renewed = renewed.map(|(functions, id)| self.module(id, functions));
            global.push_import(name, renewed.unwrap_or(module));
        }
    }
}

/// The module with these functions. `asked` are names that scripts look for in some module: those that this
/// one lacks are functions that raise an error, for Rhai asks nobody about a name in a module.
fn module(
    id: &str,
    functions: &'static [ApiFn],
    room: &Rc<Room>,
    asked: &BTreeSet<String>,
) -> Module {
    let mut module = Module::new();
    module.set_id(id);
    for function in functions {
        let (_, name) = function.namespace_and_name();
        for count in 0..=function.params.len() + TOO_MANY {
            let room = Rc::clone(room);
            add(&mut module, name, count, move |native, given| room.call(native, function, given));
        }
    }
    let known = |name: &str| functions.iter().any(|it| it.namespace_and_name().1 == name);
    for name in asked.iter().filter(|name| !known(name)) {
        for count in 0..=MISSPELT {
            let (room, wanted) = (Rc::clone(room), name.clone());
            add(&mut module, name, count, move |_, _| {
                Err(raise(&room.bridge, missing(functions, &wanted)))
            });
        }
    }
    module.build_index();
    module
}

/// Adds a function with so many arguments of any type.
fn add(
    module: &mut Module,
    name: &str,
    count: usize,
    work: impl Fn(&NativeCallContext<'_>, &[&mut Dynamic]) -> Result<Dynamic, Box<EvalAltResult>>
    + 'static,
) {
    let func = move |native: Option<NativeCallContext<'_>>, given: &mut [&mut Dynamic]| {
        let Some(native) = native else { return Ok(Dynamic::UNIT) };
        // Of a function in a module Rhai does not add the place itself.
        work(&native, given).map_err(|mut error| {
            if error.position().is_none() {
                error.set_position(native.call_position());
            }
            error
        })
    };
    let func = RhaiFunc::Method {
        func: Shared::new(func),
        has_context: true,
        // It changes no argument, so that constants may be given.
        is_pure: true,
        is_volatile: true,
    };
    FuncRegistration::new(name).in_internal_namespace().set_into_module_raw(
        module,
        vec![TypeId::of::<Dynamic>(); count],
        func,
    );
}

fn missing(functions: &'static [ApiFn], name: &str) -> Error {
    let mut names: Vec<_> = functions.iter().map(|it| it.namespace_and_name().1).collect();
    names.sort_unstable();
    let hint = did_you_mean(name, names.iter().copied())
        .unwrap_or_else(|| format!("it has {}", names.join(", ")));
    let module = functions.first().map_or("the module", |it| it.namespace_and_name().0);
    Error::invalid(format!("{module} has no \"{name}\"")).with_hint(hint)
}
