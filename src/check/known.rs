//! What a script may name: the registry, the language's own names, the modules.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::api::{ApiFn, FunctionRef, ModuleSources, Registry};
use crate::engine::outline::{self, Code, Module};
use crate::engine::{Language, Source};
use crate::{Error, Result};

/// What the checked script may name.
pub(super) struct Known<'a> {
    pub(super) source: &'a Source,
    /// Every function by its whole path: `cliengo.contacts.list`.
    functions: BTreeMap<String, FunctionRef>,
    /// Every path below which there is something, with what there is: `cliengo.contacts`.
    namespaces: BTreeMap<String, BTreeSet<String>>,
    /// The language's own names, with what is in them.
    pub(super) builtins: BTreeMap<String, BTreeSet<String>>,
    sources: Arc<ModuleSources>,
    /// The modules that were looked for.
    modules: RefCell<BTreeMap<String, std::result::Result<Arc<Module>, Error>>>,
}

impl<'a> Known<'a> {
    pub(super) fn new(source: &'a Source, registry: &Registry, sources: ModuleSources) -> Self {
        let builtins = match source.language {
            Language::Lua => outline::lua_names(),
            Language::Rhai => outline::rhai_names(),
        };
        let (functions, namespaces) = (BTreeMap::new(), BTreeMap::new());
        let (sources, modules) = (Arc::new(sources), RefCell::default());
        let mut known = Self { source, functions, namespaces, builtins, sources, modules };
        for function in registry.functions() {
            known.add(&function.full_path(), Some(function));
            if let Some(alias) = function.alias {
                let path = function.full_path();
                let above = path.rsplit_once('.').map(|(above, _)| format!("{above}."));
                known.add(&format!("{}{alias}", above.unwrap_or_default()), Some(function));
            }
        }
        for value in registry.values() {
            known.add(&format!("cliengo.{}", value.path), None);
        }
        known
    }

    fn add(&mut self, path: &str, function: Option<&FunctionRef>) {
        if let Some(function) = function {
            self.functions.insert(path.to_owned(), function.clone());
        }
        let mut below = path;
        while let Some((above, name)) = below.rsplit_once('.') {
            self.namespaces.entry(above.to_owned()).or_default().insert(name.to_owned());
            below = above;
        }
    }

    /// The module that the script finds under this name.
    ///
    /// # Errors
    /// Where there is none, or it is where the script may not read.
    pub(super) fn module(&self, name: &str) -> Result<Arc<Module>> {
        let find = || outline::module(self.source, &self.sources, name).map(Arc::new);
        self.modules.borrow_mut().entry(name.to_owned()).or_insert_with(find).clone()
    }

    /// The function of a module of the standard library.
    pub(super) fn of_module(&self, module: &str, name: &str) -> Option<&'static ApiFn> {
        match self.module(module).ok()?.code {
            Code::Functions(functions) | Code::Checked(functions, _) => {
                functions.iter().find(|it| it.namespace_and_name().1 == name)
            }
            Code::Text(_) => None,
        }
    }

    pub(super) fn function(&self, path: &str) -> Option<&FunctionRef> {
        self.functions.get(path)
    }

    /// What is below this path.
    pub(super) fn members(&self, path: &str) -> Option<&BTreeSet<String>> {
        self.namespaces.get(path)
    }

    /// True for the first name of a path.
    pub(super) fn is_root(&self, name: &str) -> bool {
        self.namespaces.contains_key(name) || self.functions.contains_key(name)
    }

    /// The first names of all paths.
    pub(super) fn roots(&self) -> impl Iterator<Item = &str> {
        let paths = self.namespaces.keys().chain(self.functions.keys());
        paths.map(String::as_str).filter(|path| !path.contains('.'))
    }
}
