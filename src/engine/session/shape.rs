//! What a session tells of its values without giving them whole.

use serde_json::Value;

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Nothing: nil, or `()`.
    Nothing,
    /// A list of so many items, which are read piece by piece.
    List(usize),
    /// A text, a number, a truth, or an object.
    Value(Value),
    /// What has no form as JSON, in words: `function(contact)`.
    Other(String),
}

/// One name that the lines of a session defined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The name.
    pub name: String,
    /// What it is, in words: `text`, `list of 250`, `function`.
    pub kind: String,
    /// Its value on one line of at most 80 characters.
    pub shown: String,
    /// The names in it, where it is an object; those of its first item, where it is a list of objects.
    pub members: Vec<String>,
    /// Its parameters, where it is a function.
    pub parameters: Vec<String>,
    /// The module of the standard library that it is, under whatever name.
    pub module: Option<&'static str>,
}
