//! Modules in Rhai, each with functions that find its own helpers and no others.
//!
//! Rhai remembers which function a name led to, and does not look again where the same name is called from
//! another module: its `helper` would be the first one's. So each call into a module begins with nothing
//! remembered, and a function that is given to a module goes on in the place that it comes from.

use std::any::TypeId;

use super::function::{anonymous, parameters};

use rhai::{
    Dynamic, EvalAltResult, FnAccess, FnPtr, FuncRegistration, GlobalRuntimeState, Module,
    NativeCallContext, RhaiFunc, Shared,
};

type Raised = Box<EvalAltResult>;

/// The name that no script can write, and that the module itself is kept under.
const INSIDE: &str = "(inside)";

/// The module as others call it.
pub(super) fn enclosed(inside: Module) -> Module {
    let mut module = Module::new();
    module.set_id(inside.id().unwrap_or_default());
    for (name, value) in inside.iter_var() {
        module.set_var(name, value.clone());
    }
    for (name, imported) in inside.iter_sub_modules() {
        module.set_sub_module(name, Shared::clone(imported));
    }
    let inside = Shared::new(inside);
    for (_, access, name, count, _) in inside.iter_script_fn_info() {
        if access == FnAccess::Public {
            add(&mut module, &inside, name, count);
        }
    }
    module.set_sub_module(INSIDE, inside);
    module.build_index();
    module
}

/// The names of a module's functions.
#[cfg(feature = "repl")]
pub(super) fn function_names(module: &Module) -> impl Iterator<Item = String> {
    let inside = module.iter_sub_modules().filter(|(name, _)| *name == INSIDE);
    let functions = inside.flat_map(|(_, inside)| inside.iter_script_fn_info());
    functions.map(|(_, _, name, ..)| name.to_owned())
}

fn add(module: &mut Module, inside: &Shared<Module>, name: &str, count: usize) {
    let (inside, called) = (Shared::clone(inside), name.to_owned());
    let func = move |native: Option<NativeCallContext<'_>>, given: &mut [&mut Dynamic]| {
        let Some(native) = native else { return Ok(Dynamic::UNIT) };
        enter(&native, &inside, &called, given)
    };
    let func = RhaiFunc::Pure {
        func: Shared::new(func),
        has_context: true,
        is_pure: true,
        is_volatile: true,
    };
    let types = vec![TypeId::of::<Dynamic>(); count];
    FuncRegistration::new(name).in_internal_namespace().set_into_module_raw(module, types, func);
}

/// Calls the module's function.
pub(super) fn enter(
    native: &NativeCallContext<'_>,
    inside: &Shared<Module>,
    name: &str,
    given: &mut [&mut Dynamic],
) -> Result<Dynamic, Raised> {
    for argument in given.iter_mut() {
        let pointer = argument.read_lock::<FnPtr>().map(|pointer| (*pointer).clone());
        if let Some(bound) = pointer.and_then(|pointer| bound(native, pointer)) {
            **argument = bound.into();
        }
    }
    let mut global = native.global_runtime_state().clone();
    global.lib.push(Shared::clone(inside));
    // The call from outside was counted as one already.
    global.level = global.level.saturating_sub(1);
    within(native, &global).call_fn_raw(name, false, false, given)
}

/// A function that goes on where it was given, whoever calls it.
#[allow(deprecated, reason = "rhai says that it may change, not that it goes away")]
fn bound(native: &NativeCallContext<'_>, pointer: FnPtr) -> Option<FnPtr> {
    let home = native.global_runtime_state().clone();
    let name = match pointer.is_anonymous() {
        true => anonymous(parameters(native, &pointer, 0)?),
        false => pointer.fn_name().to_owned(),
    };
    let call = move |caller: NativeCallContext<'_>, given: &mut [&mut Dynamic]| {
        let mut global = home.clone();
        let now = caller.global_runtime_state();
        (global.level, global.num_operations) = (now.level, now.num_operations);
        let given: Vec<Dynamic> = given.iter_mut().map(|it| std::mem::take(*it)).collect();
        pointer.call_raw(&within(&caller, &global), None, given)
    };
    FnPtr::from_fn(name, call).ok()
}

/// The same place, with another state.
fn within<'a>(
    native: &'a NativeCallContext<'a>,
    global: &'a GlobalRuntimeState,
) -> NativeCallContext<'a> {
    let position = native.call_position();
    NativeCallContext::new_with_all_fields(native.engine(), "", None, global, position)
}
