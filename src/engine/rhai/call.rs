//! One function of the registry as Rhai calls it: its arguments there, its answer back.

use std::collections::HashMap;
use std::rc::Rc;

use rhai::{Array, Dynamic, EvalAltResult, FnPtr, Map, NativeCallContext};
use serde_json::Value;

use super::bind::missing;
use super::decode::{decode, decode_onto};
use super::encode::to_value;
use super::function::{Kept, call};
use super::maps::vacant;
use super::values::{self, Rows, raise};
use crate::api::{Answer, ApiFn, Arguments, FunctionRef, Namespace, OwnValue, ReturnType, Step};
use crate::engine::bridge::Bridge;
use crate::engine::callbacks::{Callbacks, Gathered, Given};
use crate::engine::failure::not_kept;
use crate::{Error, Result};

type Raised = Box<EvalAltResult>;

/// The functions by namespace and name.
pub(super) type Functions = HashMap<(Namespace, &'static str), FunctionRef>;

/// What all functions of a script share.
pub(super) struct Room {
    pub(super) bridge: Rc<Bridge>,
    pub(super) functions: Functions,
    pub(super) callbacks: Callbacks<Kept>,
    pub(super) values: OwnValues,
}

/// The program's own values, by where they stand.
pub(super) type OwnValues = HashMap<(Namespace, &'static str), Dynamic>;

impl Room {
    pub(super) fn new(bridge: &Rc<Bridge>, functions: Functions) -> Self {
        let context = bridge.context();
        let own = context.registry().own_values().iter();
        // What was written as JSON can be read, but where the memory is full: then nothing else can be done.
        let read = |value: &OwnValue| decode(value.json()).unwrap_or_default();
        let values = own.map(|value| (value.namespace_and_name(), read(value))).collect();
        let callbacks = Callbacks::default();
        Self { bridge: Rc::clone(bridge), functions, callbacks, values }
    }

    /// Calls a function of the registry, from the place that `native` stands for.
    pub(super) fn invoke(
        &self,
        native: &NativeCallContext<'_>,
        namespace: Namespace,
        name: &str,
        arguments: &[&mut Dynamic],
    ) -> Result<Dynamic, Raised> {
        let function = self.functions.get(&(namespace, name));
        let function = function.ok_or_else(|| missing(namespace, name, self));
        let function = function.map_err(|error| raise(&self.bridge, error))?;
        self.call(native, function, arguments)
    }

    /// Calls this function.
    pub(super) fn call(
        &self,
        native: &NativeCallContext<'_>,
        function: &ApiFn,
        arguments: &[&mut Dynamic],
    ) -> Result<Dynamic, Raised> {
        let begin = || -> Result<(Given<Kept>, Answer)> {
            let plain = self.arguments(native, arguments);
            let (plain, given) = plain.map_err(|error| error.within(function.path))?;
            Ok((given, self.bridge.call(function, plain)?))
        };
        let (given, mut answer) = begin().map_err(|error| raise(&self.bridge, error))?;
        loop {
            answer = match answer {
                Answer::Step(step) => self.step(native, function, &given, step)?,
                answer => {
                    if function.keeps_functions() {
                        self.callbacks.keep_given(given);
                    }
                    let value = self.to_script(answer);
                    let value = value.map_err(|error| raise(&self.bridge, error))?;
                    let may_be_nothing = matches!(function.gives, ReturnType::Optional(_));
                    break Ok(if may_be_nothing && value.is_unit() { vacant() } else { value });
                }
            };
        }
    }

    /// The arguments as the registry takes them, and the functions among them.
    fn arguments(
        &self,
        native: &NativeCallContext<'_>,
        arguments: &[&mut Dynamic],
    ) -> Result<(Arguments, Given<Kept>)> {
        self.gathered(native, arguments, |_, _| None)
    }

    /// The same, where `outline` says of some of the arguments what is looked at.
    pub(super) fn gathered(
        &self,
        native: &NativeCallContext<'_>,
        arguments: &[&mut Dynamic],
        outline: impl Fn(usize, &Dynamic) -> Option<Value>,
    ) -> Result<(Arguments, Given<Kept>)> {
        let mut gathered = Gathered::of(arguments.len());
        for (index, argument) in arguments.iter().enumerate() {
            if let Some(outline) = outline(index, argument) {
                gathered.value(outline, Vec::new());
                continue;
            }
            match (argument.read_lock::<FnPtr>(), to_value(argument)) {
                (Some(pointer), _) => gathered.function(Kept::of(native, pointer.clone())),
                (None, Ok(value)) => gathered.value(value, Vec::new()),
                (None, Err(error)) => {
                    let (rest, functions) = apart(argument, error)?;
                    let kept = |(name, pointer)| (name, Kept::of(native, pointer));
                    let functions = functions.into_iter().map(kept).collect();
                    gathered.value(to_value(&Dynamic::from_map(rest))?, functions);
                }
            }
        }
        Ok(gathered.finish(&self.callbacks, |_| place(native)))
    }

    /// Calls the script's function that the call asks for, and gives what the call answers then.
    fn step(
        &self,
        native: &NativeCallContext<'_>,
        function: &ApiFn,
        given: &Given<Kept>,
        step: Step,
    ) -> Result<Answer, Raised> {
        let gone = || raise(&self.bridge, Error::invalid("the function is not there any more"));
        let Step { callback, arguments, then } = step;
        let kept = self.callbacks.of_step(given, callback.number).ok_or_else(gone)?;
        let arguments = arguments.iter().map(plain).collect::<Result<_>>();
        let arguments = arguments.map_err(|error| raise(&self.bridge, error))?;
        let result = call(native, &kept.pointer, arguments)?;
        let value = to_value(&result).map_err(|error| not_kept(error).within(function.path));
        let answer = value.and_then(|value| self.bridge.go_on(then(value)));
        answer.map_err(|error| raise(&self.bridge, error))
    }

    fn to_script(&self, answer: Answer) -> Result<Dynamic> {
        match answer {
            Answer::Value(value) => plain(&value),
            Answer::Json(json) => decode(&json),
            Answer::List(mut sequence) => {
                let mut list = Array::new();
                while let Some(rows) = self.bridge.next_page(&mut sequence)? {
                    decode_onto(&mut list, &rows)?;
                }
                Ok(Dynamic::from_array(list))
            }
            Answer::Outcomes(outcomes) => values::outcomes(outcomes),
            Answer::Sequence(sequence) => Ok(Dynamic::from(Rows::new(&self.bridge, sequence))),
            // `invoke` has them called before it comes here.
            Answer::Step(_) => Ok(Dynamic::UNIT),
        }
    }
}

pub(super) fn plain(value: &Value) -> Result<Dynamic> {
    decode(value.to_string().as_bytes())
}

/// A map without the functions that are its members, and those; the error where there are none.
fn apart(argument: &Dynamic, error: Error) -> Result<(Map, Vec<(String, FnPtr)>)> {
    let Ok(map) = argument.as_map_ref() else { return Err(error) };
    let (mut rest, mut functions) = (Map::new(), Vec::new());
    for (name, value) in map.iter() {
        match value.read_lock::<FnPtr>() {
            Some(pointer) => functions.push((name.to_string(), pointer.clone())),
            None => drop(rest.insert(name.clone(), value.clone())),
        }
    }
    if functions.is_empty() { Err(error) } else { Ok((rest, functions)) }
}

/// The place of the call: `leads.rhai:3`.
fn place(native: &NativeCallContext<'_>) -> String {
    let line = native.call_position().line();
    match (native.call_source(), line) {
        (Some(file), Some(line)) => format!("{file}:{line}"),
        (file, _) => file.unwrap_or_default().to_owned(),
    }
}
