//! `import "list" as list;`

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rhai::{Engine, EvalAltResult, Module, ModuleResolver, Position, Scope, Shared};

use super::values::Problem;
use crate::engine::modules::{Module as Found, Modules};
use crate::{Error, Result};

type Raised = Box<EvalAltResult>;

/// Runs a script's modules, each once.
pub(super) struct Importer {
    modules: Rc<Modules>,
    loaded: RefCell<HashMap<String, Option<Shared<Module>>>>,
}

impl Importer {
    pub(super) fn new(modules: Rc<Modules>) -> Self {
        Self { modules, loaded: RefCell::default() }
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
        let raise = |error: Error| -> Raised {
            let problem = rhai::Dynamic::from(Problem(Rc::new(error)));
            EvalAltResult::ErrorRuntime(problem, position).into()
        };
        let found = self.modules.find(path).map_err(raise)?;
        let known = self.loaded.borrow().get(&found.name).cloned();
        match known {
            Some(Some(module)) => return Ok(module),
            Some(None) => {
                let name = &found.name;
                return Err(raise(Error::invalid(format!(
                    "the modules import each other in a circle: {name}"
                ))));
            }
            None => self.loaded.borrow_mut().insert(found.name.clone(), None),
        };
        let module = load(engine, &found)
            .map(Shared::new)
            .map_err(|error| EvalAltResult::ErrorInModule(found.name.clone(), error, position));
        let mut loaded = self.loaded.borrow_mut();
        match module {
            Ok(module) => {
                loaded.insert(found.name, Some(Shared::clone(&module)));
                Ok(module)
            }
            Err(error) => {
                loaded.remove(&found.name);
                Err(error.into())
            }
        }
    }
}

fn load(engine: &Engine, found: &Found) -> Result<Module, Raised> {
    let mut program = engine.compile(&found.text)?;
    program.set_source(found.name.as_str());
    Module::eval_ast_as_new(Scope::new(), &program, engine)
}
