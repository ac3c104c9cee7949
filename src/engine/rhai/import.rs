//! `import "list" as list;`

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rhai::{Engine, EvalAltResult, Module, ModuleResolver, Position, Scope, Shared};

use super::enclosed::enclosed;
use super::native::{self, Natives};
use super::values::Problem;
use crate::engine::modules::{Code, Modules};
use crate::{Error, Result};

type Raised = Box<EvalAltResult>;

/// Runs a script's modules, each once.
pub(super) struct Importer {
    modules: Rc<Modules>,
    natives: Rc<Natives>,
    loaded: RefCell<HashMap<String, Option<Shared<Module>>>>,
}

impl Importer {
    pub(super) fn new(modules: &Rc<Modules>, natives: &Rc<Natives>) -> Self {
        let (modules, natives) = (Rc::clone(modules), Rc::clone(natives));
        Self { modules, natives, loaded: RefCell::default() }
    }

    /// Runs the module's text, unless it was run before.
    fn run(
        &self,
        engine: &Engine,
        name: String,
        text: &str,
        position: Position,
    ) -> Result<Shared<Module>, Raised> {
        let known = self.loaded.borrow().get(&name).cloned();
        match known {
            Some(Some(module)) => return Ok(module),
            Some(None) => {
                let circle = format!("the modules import each other in a circle: {name}");
                return Err(raise(Error::invalid(circle), position));
            }
            None => self.loaded.borrow_mut().insert(name.clone(), None),
        };
        let module = load(engine, &name, text)
            .map(Shared::new)
            .map_err(|error| EvalAltResult::ErrorInModule(name.clone(), error, position));
        let mut loaded = self.loaded.borrow_mut();
        match module {
            Ok(module) => {
                loaded.insert(name, Some(Shared::clone(&module)));
                Ok(module)
            }
            Err(error) => {
                loaded.remove(&name);
                Err(error.into())
            }
        }
    }
}

impl ModuleResolver for Importer {
    fn resolve(
        &self,
        engine: &Engine,
        _: Option<&str>,
        path: &str,
        position: Position,
    ) -> Result<Shared<Module>, Raised> {
        let found = self.modules.find(path).map_err(|error| raise(error, position))?;
        match found.code {
            Code::Text(text) => self.run(engine, found.name, &text, position),
            Code::Functions(functions) => {
                self.natives.module(&found.name, || Ok(native::Code { functions, inside: None }))
            }
            Code::Checked(functions, text) => self.natives.module(&found.name, || {
                let inside = evaluated(engine, &found.name, text)?;
                Ok(native::Code { functions, inside: Some(inside.into()) })
            }),
        }
    }
}

fn raise(error: Error, position: Position) -> Raised {
    let problem = rhai::Dynamic::from(Problem(Rc::new(error)));
    EvalAltResult::ErrorRuntime(problem, position).into()
}

fn load(engine: &Engine, name: &str, text: &str) -> Result<Module, Raised> {
    evaluated(engine, name, text).map(enclosed)
}

fn evaluated(engine: &Engine, name: &str, text: &str) -> Result<Module, Raised> {
    let mut program = engine.compile(text)?;
    program.set_source(name);
    Module::eval_ast_as_new(Scope::new(), &program, engine)
}
