//! Functions of a script that a call is given, and the way to have one called.

use std::fmt;

use serde_json::Value;

use super::Pending;

/// A function of a script that a call was given. The script that it came from can call it; see
/// `LoadedScript::call` in [`engine`](crate::engine).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Callback {
    /// Which function of its script it is.
    pub number: u32,
    /// Where it was given: `"leads.lua:3"`. Empty where that is not known.
    pub place: String,
}

/// A function among the arguments of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionArgument {
    /// The argument that it is, or is in, from 0.
    pub parameter: usize,
    /// Its name in that argument, an object; none where it is the argument itself.
    pub name: Option<String>,
    /// The function.
    pub callback: Callback,
}

/// The arguments of a call: plain values, and apart from them the script's functions. Where a
/// function is an argument itself, null stands in its place; where it is in an object, it is left
/// out of that.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Arguments {
    /// The plain values, in order.
    pub values: Vec<Value>,
    /// The functions.
    pub functions: Vec<FunctionArgument>,
}

impl From<Vec<Value>> for Arguments {
    fn from(values: Vec<Value>) -> Self {
        Self { values, functions: Vec::new() }
    }
}

/// A function of the script that is to be called before a call can give its answer: on the spot, by
/// the language itself. What the function raises goes on in the script as it is, and `then` is
/// dropped at once.
pub struct Step {
    /// The function.
    pub callback: Callback,
    /// What it is given.
    pub arguments: Vec<Value>,
    /// What the call gives, once the function has given this.
    pub then: Box<dyn FnOnce(Value) -> Pending + Send>,
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Step")
            .field("callback", &self.callback)
            .field("arguments", &self.arguments)
            .finish_non_exhaustive()
    }
}
