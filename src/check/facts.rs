//! What a walk over a script found for the rules to judge.

use super::kinds::Shape;
use super::tree::{Call, Expression, Name};
use crate::api::FunctionRef;

/// Everything that the rules look at.
#[derive(Default)]
pub(super) struct Facts<'a> {
    pub(super) calls: Vec<ApiCall<'a>>,
    pub(super) own_calls: Vec<OwnCall<'a>>,
    pub(super) undefined: Vec<Undefined<'a>>,
    pub(super) missing: Vec<Missing<'a>>,
    pub(super) fields: Vec<FieldRead<'a>>,
    pub(super) modules: Vec<ModuleRead<'a>>,
    /// The names of modules that were asked for.
    pub(super) imports: Vec<Name>,
}

/// A call of a function of the registry.
pub(super) struct ApiCall<'a> {
    pub(super) function: FunctionRef,
    pub(super) call: &'a Call,
    /// What it is called with; where that is a variable that surely holds a table, the table.
    pub(super) arguments: Vec<&'a Expression>,
    /// The function's name where it stands.
    pub(super) name: Name,
    /// True where nobody uses the result.
    pub(super) discarded: bool,
    /// True in a function: it does not run while the script is loaded.
    pub(super) in_function: bool,
    /// True in a function that a watch or a schedule calls.
    pub(super) in_handler: bool,
    /// True in a block: what decides about it is not known.
    pub(super) in_block: bool,
}

/// A call of one of the script's own functions with a number of arguments that none of its name takes.
pub(super) struct OwnCall<'a> {
    pub(super) name: &'a Name,
    /// How many they take.
    pub(super) counts: Vec<usize>,
    /// How many it is called with.
    pub(super) given: usize,
}

/// A name that nobody defines.
pub(super) struct Undefined<'a> {
    pub(super) name: &'a Name,
    /// The name that was probably meant.
    pub(super) meant: Option<String>,
    pub(super) called: bool,
}

/// A name that is not in what it is looked for in.
pub(super) struct Missing<'a> {
    /// `cliengo.contacts`, or a table of the language's own.
    pub(super) within: String,
    pub(super) name: &'a Name,
    /// True where it is looked for in the registry.
    pub(super) of_registry: bool,
}

/// A field that is read from an object of a known shape.
pub(super) struct FieldRead<'a> {
    pub(super) shape: Shape,
    pub(super) name: &'a Name,
}

/// A name that is read from a module.
pub(super) struct ModuleRead<'a> {
    pub(super) module: String,
    pub(super) name: &'a Name,
}
