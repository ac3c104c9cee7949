//! The modules of the standard library as Rhai sees them: their arguments are checked, whichever language they are
//! written in.

use std::any::TypeId;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

#[cfg(feature = "repl")]
use rhai::GlobalRuntimeState;
use rhai::{Dynamic, EvalAltResult, FuncRegistration, Module, NativeCallContext, RhaiFunc, Shared};

use super::call::Room;
use super::checked::checked;
#[cfg(feature = "repl")]
use super::enclosed::function_names;
use super::tokens::Tokens;
use super::values::raise;
use crate::Error;
use crate::api::ApiFn;
use crate::schema::did_you_mean;

type Raised = Box<EvalAltResult>;

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
    code: Code,
    /// How many names scripts had asked for when it was made.
    asked: usize,
}

/// What stands behind a module.
#[derive(Clone)]
pub(super) struct Code {
    pub(super) functions: &'static [ApiFn],
    /// The module's own code, where it is written in Rhai.
    pub(super) inside: Option<Shared<Module>>,
}

impl Natives {
    pub(super) fn new(room: &Rc<Room>, tokens: &Rc<Tokens>) -> Rc<Self> {
        let (room, tokens) = (Rc::clone(room), Rc::clone(tokens));
        Rc::new(Self { room, tokens, made: RefCell::default() })
    }

    /// The module of this id, which knows every name that was asked for by now. Its code is what `code` gives,
    /// where it was not made before.
    pub(super) fn module(
        &self,
        id: &str,
        code: impl FnOnce() -> Result<Code, Raised>,
    ) -> Result<Shared<Module>, Raised> {
        let asked = self.tokens.count_asked();
        let known =
            self.made.borrow().get(id).map(|known| {
                (Shared::clone(&known.module), known.code.clone(), known.asked == asked)
            });
        let code = match known {
            Some((module, _, true)) => return Ok(module),
            Some((_, code, false)) => code,
            None => code()?,
        };
        let module = Shared::new(module(id, &code, &self.room, &self.tokens.asked()));
        let made = Made { module: Shared::clone(&module), code, asked };
        self.made.borrow_mut().insert(id.to_owned(), made);
        Ok(module)
    }

    /// The functions of this module, where it is one of the standard library.
    #[cfg(feature = "repl")]
    pub(super) fn functions(&self, module: &Module) -> Option<&'static [ApiFn]> {
        Some(self.made.borrow().get(module.id()?)?.code.functions)
    }

    /// The names of a module's functions, in alphabetical order.
    #[cfg(feature = "repl")]
    pub(super) fn names(&self, module: &Module) -> Vec<String> {
        let of_stdlib = self.functions(module).into_iter().flatten();
        let of_stdlib = of_stdlib.map(|function| function.namespace_and_name().1.to_owned());
        let mut names: Vec<String> = function_names(module).chain(of_stdlib).collect();
        names.sort_unstable();
        names.dedup();
        names
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
            let code = module.id().and_then(|id| Some(self.made.borrow().get(id)?.code.clone()));
            let renewed = code.zip(module.id()).map(|(code, id)| self.module(id, || Ok(code)));
            global.push_import(name, renewed.and_then(Result::ok).unwrap_or(module));
        }
    }
}

/// The module with these functions. `asked` are names that scripts look for in some module: those that this
/// one lacks are functions that raise an error, for Rhai asks nobody about a name in a module.
fn module(id: &str, code: &Code, room: &Rc<Room>, asked: &BTreeSet<String>) -> Module {
    let (mut module, functions) = (Module::new(), code.functions);
    module.set_id(id);
    for function in functions {
        let (_, name) = function.namespace_and_name();
        for count in 0..=function.params.len() + TOO_MANY {
            let (room, inside) = (Rc::clone(room), code.inside.clone());
            add(&mut module, name, count, move |native, given| match &inside {
                Some(inside) => checked(native, &room, function, inside, given),
                None => room.call(native, function, given),
            });
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
    work: impl Fn(&NativeCallContext<'_>, &[&mut Dynamic]) -> Result<Dynamic, Raised> + 'static,
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
