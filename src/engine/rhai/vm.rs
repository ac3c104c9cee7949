//! An engine that a stranger's script may have.

use std::rc::Rc;

use rhai::packages::{Package, StandardPackage};
use rhai::{
    Array, Blob, Dynamic, Engine, EvalAltResult, INT, ImmutableString, OptimizationLevel, Position,
};

use crate::api::{Cancel, memory};
use crate::engine::Limits;
use crate::engine::bridge::Bridge;

type Fallible<T> = Result<T, Box<EvalAltResult>>;

/// An engine that keeps to the limits, once [`begin`] told it of a call.
pub(super) fn sandboxed(bridge: &Rc<Bridge>, limits: Limits) -> Engine {
    let mut engine = Engine::new_raw();
    engine.register_global_module(StandardPackage::new().as_shared_module());
    // `Full` would run calls with constant arguments while it compiles, a delete among them.
    engine.set_optimization_level(OptimizationLevel::Simple);
    engine.disable_symbol("eval");
    engine.set_max_call_levels(64);
    engine.set_max_expr_depths(128, 128);
    engine.set_max_operations(limits.operations.unwrap_or(0));
    let sink = Rc::clone(bridge);
    engine.on_print(move |line| sink.context().sink().print(line));
    let sink = Rc::clone(bridge);
    engine.on_debug(move |line, _, _| sink.context().sink().print(line));
    bound_growth(&mut engine, limits.memory.unwrap_or(usize::MAX));
    engine
}

/// From now on this cancel ends what runs, and the memory is counted anew.
pub(super) fn begin(engine: &mut Engine, cancel: &Cancel, most: Option<usize>) {
    memory::allow(most);
    let cancel = cancel.clone();
    engine.on_progress(move |_| {
        let ended = cancel.reason().is_some();
        // At every operation: a list or a text can double with each.
        if memory::exceeded() {
            cancel.cancel(crate::engine::failure::out_of_memory(most));
            return Some(Dynamic::UNIT);
        }
        ended.then_some(Dynamic::UNIT)
    });
}

/// The few built-ins that make something large in one operation, between two looks at the memory.
///
/// Rhai's own size limits are not used: they measure a whole array again after each change of it,
/// which makes collecting a list quadratic.
fn bound_growth(engine: &mut Engine, most: usize) {
    let fits = move |length: usize, each: usize| -> Fallible<()> {
        if length.saturating_mul(each) <= most {
            return Ok(());
        }
        Err(EvalAltResult::ErrorDataTooLarge("value".into(), Position::NONE).into())
    };
    let wanted = |length: INT| usize::try_from(length).unwrap_or(0);
    engine.register_fn(
        "pad",
        move |list: &mut Array, length: INT, item: Dynamic| -> Fallible<()> {
            fits(wanted(length), size_of::<Dynamic>())?;
            list.resize(list.len().max(wanted(length)), item);
            Ok(())
        },
    );
    engine.register_fn("pad", move |blob: &mut Blob, length: INT, value: INT| -> Fallible<()> {
        fits(wanted(length), 1)?;
        blob.resize(blob.len().max(wanted(length)), value.to_le_bytes()[0]);
        Ok(())
    });
    let blob = move |length: INT, value: INT| -> Fallible<Blob> {
        fits(wanted(length), 1)?;
        Ok(vec![value.to_le_bytes()[0]; wanted(length)])
    };
    engine.register_fn("blob", move |length: INT| blob(length, 0));
    engine.register_fn("blob", blob);
    let pad = move |text: &mut ImmutableString, length: INT, with: &str| -> Fallible<()> {
        fits(wanted(length), with.len().max(4))?;
        let mut padded = text.to_string();
        let mut count = padded.chars().count();
        while count < wanted(length) && !with.is_empty() {
            padded.push_str(with);
            count += with.chars().count();
        }
        *text = padded
            .chars()
            .take(wanted(length).max(text.chars().count()))
            .collect::<String>()
            .into();
        Ok(())
    };
    engine.register_fn("pad", pad);
    engine.register_fn("pad", move |text: &mut ImmutableString, length: INT, with: char| {
        pad(text, length, with.encode_utf8(&mut [0; 4]))
    });
    let replace = move |text: &mut ImmutableString, find: &str, with: &str| -> Fallible<()> {
        if find.is_empty() {
            return Ok(());
        }
        fits(text.matches(find).count(), with.len())?;
        *text = text.replace(find, with).into();
        Ok(())
    };
    engine.register_fn("replace", replace);
    engine.register_fn("replace", move |text: &mut ImmutableString, find: char, with: &str| {
        replace(text, find.encode_utf8(&mut [0; 4]), with)
    });
}
