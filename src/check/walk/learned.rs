//! What is true of the whole file.

use std::collections::HashSet;

use crate::check::tree::Program;

/// What is true of the whole file, wherever it stands in it.
#[derive(Default)]
pub(super) struct Learned {
    /// True once the whole file was looked at.
    pub(super) complete: bool,
    /// The variables that are set again after they were made, by number.
    pub(super) changed: HashSet<usize>,
    /// Names that are set without being a variable of any scope.
    pub(super) globals: HashSet<String>,
    /// True where globals are set under names that only the run knows.
    pub(super) any_global: bool,
    /// Names of fields that are set, on whatever.
    pub(super) fields: HashSet<String>,
    /// Names of functions that are given to a watch or a schedule.
    pub(super) handlers: HashSet<String>,
    /// Functions that are seen from everywhere.
    pub(super) functions: HashSet<String>,
    /// Names of imported modules, with the modules.
    pub(super) modules: Vec<(String, Option<String>)>,
}

impl Learned {
    pub(super) fn of(program: &Program) -> Self {
        let functions = program.functions.iter().map(|(name, _)| name.text.clone()).collect();
        Self { functions, ..Self::default() }
    }
}
