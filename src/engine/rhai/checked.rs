//! A function of the standard library that is written in Rhai, behind the checks of its arguments.

use rhai::{Dynamic, EvalAltResult, Module, NativeCallContext, Shared};
use serde_json::{Map, Value};

use super::call::{Room, plain};
use super::enclosed::enter;
use super::values::{Rows, raise};
use crate::api::{ApiFn, Arguments, Param, ParamType};
use crate::engine::stdlib::is_of_stdlib;
use crate::{Error, Result};

type Raised = Box<EvalAltResult>;

/// Calls the function, which is in `inside`, once its arguments are checked.
pub(super) fn checked(
    native: &NativeCallContext<'_>,
    room: &Room,
    function: &'static ApiFn,
    inside: &Shared<Module>,
    given: &[&mut Dynamic],
) -> Result<Dynamic, Raised> {
    let ready = ready(native, room, function, given);
    let mut arguments = ready.map_err(|error| raise(&room.bridge, error))?;
    let mut arguments: Vec<&mut Dynamic> = arguments.iter_mut().collect();
    let (_, name) = function.namespace_and_name();
    enter(native, inside, name, &mut arguments)
        .map_err(|error| at_the_call(native, room, function, *error))
}

/// One value for each parameter. What goes on to functions of the script is the very value that was given.
fn ready(
    native: &NativeCallContext<'_>,
    room: &Room,
    function: &'static ApiFn,
    given: &[&mut Dynamic],
) -> Result<Vec<Dynamic>> {
    let kind = |index: usize| function.params.get(index).map(|param| param.kind);
    let stays = |index: usize| kind(index).is_some_and(|kind| kind.stays_in_the_script());
    if let Some(param) = function.params.iter().zip(given).find_map(given_rows) {
        return Err(param.refused_function().within(function.path));
    }
    let outlines =
        room.gathered(native, given, |index, value| outline(value).filter(|_| stays(index)));
    let (outlines, _) = outlines.map_err(|error| error.within(function.path))?;
    let Arguments { values, functions } = function.ready(outlines)?;
    let each = values.iter().enumerate().map(|(index, value)| {
        let given = given.get(index).map(|given| (**given).clone()).unwrap_or_default();
        if stays(index) {
            return Ok(given);
        }
        let mut value = plain(value)?;
        let names = functions.iter().filter(|it| it.parameter == index);
        for name in names.filter_map(|it| it.name.as_deref()) {
            put_back(&mut value, &given, name);
        }
        Ok(value)
    });
    each.collect()
}

/// The parameter, where it takes items and is given a sequence.
fn given_rows<'a>((param, given): (&'a Param, &&mut Dynamic)) -> Option<&'a Param> {
    (param.kind == ParamType::Items && given.is::<Rows>()).then_some(param)
}

/// The function of this name goes into the object that was made of the one that it was given in.
fn put_back(object: &mut Dynamic, given: &Dynamic, name: &str) {
    let function = given.as_map_ref().ok().and_then(|given| given.get(name).cloned());
    if let (Ok(mut object), Some(function)) = (object.as_map_mut(), function) {
        object.insert(name.into(), function);
    }
}

/// A list without its items, or an object with none of its values; none of another value.
fn outline(value: &Dynamic) -> Option<Value> {
    if value.as_array_ref().is_ok() {
        return Some(Value::Array(Vec::new()));
    }
    let one = || Map::from_iter([(String::new(), Value::Null)]);
    value.as_map_ref().is_ok().then(|| one().into())
}

/// The error where the script called the function: the calls of the standard library's own tell nobody anything.
/// A text of its own becomes an error as others are.
fn at_the_call(
    native: &NativeCallContext<'_>,
    room: &Room,
    function: &ApiFn,
    error: EvalAltResult,
) -> Raised {
    let error = without_own_calls(error);
    let own = match &error {
        EvalAltResult::ErrorRuntime(thrown, _) => thrown.as_immutable_string_ref().ok(),
        _ => None,
    };
    let own =
        own.and_then(|text| Some(text.strip_prefix(function.path)?.strip_prefix(": ")?.to_owned()));
    let mut error = match own {
        Some(problem) => raise(&room.bridge, Error::invalid(problem).within(function.path)),
        None => error.into(),
    };
    error.set_position(native.call_position());
    error
}

fn without_own_calls(error: EvalAltResult) -> EvalAltResult {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, source, inner, _) if is_of_stdlib(&source) => {
            without_own_calls(*inner)
        }
        other => other,
    }
}
