//! A function of a script, called from here.

use rhai::{
    Dynamic, Engine, EvalAltResult, FnPtr, GlobalRuntimeState, Module, NativeCallContext, Position,
    Shared,
};

/// A function that is to be called later, with what it sees of its script.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) pointer: FnPtr,
    global: GlobalRuntimeState,
}

impl Kept {
    /// A function that was given in a call.
    pub(super) fn of(native: &NativeCallContext<'_>, pointer: FnPtr) -> Self {
        Self { pointer, global: native.global_runtime_state().clone() }
    }

    /// A function of the script's top level.
    pub(super) fn of_script(global: &GlobalRuntimeState, pointer: FnPtr) -> Self {
        Self { pointer, global: global.clone() }
    }

    /// True for the function of this name of the script's own top level.
    pub(super) fn is(&self, script: &GlobalRuntimeState, name: &str) -> bool {
        own(&self.global, script) && !self.pointer.is_curried() && self.pointer.fn_name() == name
    }

    /// Calls it. `script` is the state that the script's top level ended with.
    pub(super) fn call(
        &self,
        engine: &Engine,
        script: &GlobalRuntimeState,
        arguments: Vec<Dynamic>,
    ) -> Result<Dynamic, Box<EvalAltResult>> {
        let mut global = self.latest(script).clone();
        (global.level, global.scope_level, global.num_operations) = (0, 0, 0);
        let name = self.pointer.fn_name();
        let native =
            NativeCallContext::new_with_all_fields(engine, name, None, &global, Position::NONE);
        call(&native, &self.pointer, arguments)
    }

    /// What the script imported after it gave the function away is there too, unless the function is a
    /// module's, or sees imports that the top level does not.
    fn latest<'a>(&'a self, script: &'a GlobalRuntimeState) -> &'a GlobalRuntimeState {
        let imports = |global: &GlobalRuntimeState| global.iter_imports().count();
        let more = imports(&self.global) > imports(script);
        if !own(&self.global, script) || more { &self.global } else { script }
    }
}

/// What the functions of a session are kept under, however often there are more of them.
pub(super) const SESSION: &str = "(session)";

/// True where both see the functions of the same file, told apart by where they are, or of the session.
fn own(global: &GlobalRuntimeState, script: &GlobalRuntimeState) -> bool {
    match (global.lib.last(), script.lib.last()) {
        (Some(one), Some(other)) => {
            let session = |module: &Module| module.id() == Some(SESSION);
            Shared::ptr_eq(one, other) || (session(one) && session(other))
        }
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// Calls the function with as many of the arguments as it takes.
pub(super) fn call(
    native: &NativeCallContext<'_>,
    pointer: &FnPtr,
    mut arguments: Vec<Dynamic>,
) -> Result<Dynamic, Box<EvalAltResult>> {
    if let Some(count) = parameters(native, pointer, arguments.len()) {
        arguments.resize(count, Dynamic::UNIT);
    }
    pointer.call_raw(native, None, arguments)
}

/// What the name of a function that has none in the script begins with, where it was given to a module; how many
/// arguments it takes follows. Rhai's own names for these are none that a function may be given.
const ANONYMOUS: &str = "anonymous_with_";

/// The name of such a function.
pub(super) fn anonymous(count: usize) -> String {
    format!("{ANONYMOUS}{count}")
}

/// How many arguments to call the function with, where so many are at hand: as many, or else the most
/// below that, or else the fewest above. None for a function that is not the script's.
pub(super) fn parameters(
    native: &NativeCallContext<'_>,
    pointer: &FnPtr,
    at_hand: usize,
) -> Option<usize> {
    let anonymous = pointer.fn_name().strip_prefix(ANONYMOUS);
    if let Some(count) = anonymous.and_then(|count| count.parse::<usize>().ok()) {
        return count.checked_sub(pointer.curry().len());
    }
    let known = native.iter_namespaces().flat_map(Module::iter_script_fn_info);
    let counts = known
        .filter(|(_, _, name, ..)| *name == pointer.fn_name())
        .filter_map(|(_, _, _, count, _)| count.checked_sub(pointer.curry().len()));
    counts.min_by_key(|count| (*count > at_hand, at_hand.abs_diff(*count)))
}
