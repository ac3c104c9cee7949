//! What is true of the whole file.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::check::kinds::Kind;
use crate::check::tree::Program;

/// What is true of the whole file, wherever it stands in it.
#[derive(Default)]
pub(super) struct Learned {
    /// True once the whole file was looked at.
    pub(super) complete: bool,
    /// The variables that are set again after they were made, by number.
    pub(super) changed: HashSet<usize>,
    /// The variables whose table may be altered after it was made, by number: something in it is set, or
    /// another than the registry's functions gets hold of it.
    pub(super) altered: HashSet<usize>,
    /// Names that are set without being a variable of any scope.
    pub(super) globals: HashSet<String>,
    /// True where globals are set under names that only the run knows.
    pub(super) any_global: bool,
    /// Names of fields that are set, on whatever.
    pub(super) fields: HashSet<String>,
    /// Names of functions that are given to a watch or a schedule, with what they are called with.
    handlers: HashMap<String, Vec<Kind>>,
    /// Names that are read for anything else.
    pub(super) used: HashSet<String>,
    /// Names that a function has, and those that several have.
    named: HashSet<String>,
    shared: HashSet<String>,
    /// Functions that are seen from everywhere, each with the numbers of parameters that it has: there may be
    /// several of one name.
    pub(super) functions: HashMap<String, BTreeSet<usize>>,
    /// Names of imported modules, with the modules.
    pub(super) modules: Vec<(String, Option<String>)>,
}

impl Learned {
    pub(super) fn of(program: &Program) -> Self {
        let mut functions = HashMap::<_, BTreeSet<_>>::new();
        for (name, function) in &program.functions {
            functions.entry(name.text.clone()).or_default().insert(function.parameters.len());
        }
        Self { functions, ..Self::default() }
    }

    /// The function of this name is called with these by a watch or a schedule.
    pub(super) fn handles(&mut self, name: &str, told: &[Kind]) {
        let known = self.handlers.entry(name.to_owned()).or_insert_with(|| told.to_vec());
        if known != told {
            known.clear();
        }
    }

    /// A function gets this name.
    pub(super) fn names(&mut self, name: &str) {
        if !self.complete && !self.named.insert(name.to_owned()) {
            self.shared.insert(name.to_owned());
        }
    }

    /// What the function of this name is called with, where it is a handler; nothing is sure of one that
    /// is used for something else too.
    pub(super) fn handler(&self, name: &str) -> Option<Vec<Kind>> {
        let told = self.handlers.get(name)?;
        let surely = !self.used.contains(name) && !self.shared.contains(name);
        Some(if surely { told.clone() } else { Vec::new() })
    }
}
