//! The shape of a script function, and the checks of its arguments.

use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::list_options::ListOptions;
use super::{Context, Sequence};
use crate::schema::{ContactFilter, FieldType, check_create, check_update, parse_duration};
use crate::{Error, Result};

/// One function that scripts can call.
#[derive(Debug)]
pub struct ApiFn {
    /// Where scripts find it, below `cliengo`: `"contacts.update"`.
    pub path: &'static str,
    /// Another name of the same function, where it has one.
    pub alias: Option<&'static str>,
    /// The parameters in order.
    pub params: &'static [Param],
    /// What it gives, in words.
    pub returns: &'static str,
    /// What it does, in sentences.
    pub doc: &'static str,
    /// An example that runs.
    pub example: Example,
    /// True where it changes the account's data.
    pub mutates: bool,
    /// Does it.
    pub handler: fn(Call) -> Pending,
}

/// One parameter.
#[derive(Debug, Clone, Copy)]
pub struct Param {
    /// The name, for errors and the reference.
    pub name: &'static str,
    /// The type of its value.
    pub kind: ParamType,
    /// True where it can be left out.
    pub optional: bool,
    /// What it means, in a sentence.
    pub doc: &'static str,
}

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamType {
    /// An id, as the API gives them.
    Id,
    /// Text.
    Text,
    /// One of these words; case does not matter.
    Choice(&'static [&'static str]),
    /// The fields of a new contact.
    NewContact,
    /// The changed fields of a contact.
    Changes,
    /// A filter of the contact list.
    Filter,
    /// A filter of the contact list, with options of how it is fetched.
    List,
    /// A length of time: `"2s"`, or a number of seconds.
    Duration,
    /// An object with names and values of any kind.
    Object,
    /// A list of ids.
    Ids,
    /// A list of objects.
    Objects,
    /// Any value.
    Any,
}

/// The same few lines in both languages, with what they give as JSON.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// In Lua.
    pub lua: &'static str,
    /// In Rhai.
    pub rhai: &'static str,
    /// What both give against a fresh emulator, as JSON.
    pub expect: &'static str,
}

/// What a call will give.
pub type Pending = Pin<Box<dyn Future<Output = Result<Answer>> + Send>>;

/// What a call gives. These and the one error type are all that a language has to know.
#[derive(Debug)]
pub enum Answer {
    /// A value made here.
    Value(Value),
    /// A JSON document as it came from the API; it is read straight into the script's values.
    Json(Bytes),
    /// A list that is there when the call returns: its pages become the script's values as they come, and
    /// their bytes need not be kept.
    List(Sequence),
    /// What became of each item of a call over many: `{ ok, value }` with such a document, or
    /// `{ ok, error }`.
    Outcomes(Vec<Result<Bytes>>),
    /// A list that is fetched as the script goes through it.
    Sequence(Sequence),
}

/// One call with its checked arguments.
#[derive(Debug)]
pub struct Call {
    /// The run it belongs to.
    pub context: Arc<Context>,
    arguments: Vec<Value>,
}

impl ApiFn {
    /// The namespace and the name: `("contacts", "update")`; the namespace of `now` is empty.
    pub fn namespace_and_name(&self) -> (&'static str, &'static str) {
        self.path.rsplit_once('.').unwrap_or(("", self.path))
    }

    /// Checks the arguments and begins the call.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) before anything is sent: too many or too
    /// few arguments, or one that cannot be right.
    pub fn invoke(&self, context: Arc<Context>, arguments: Vec<Value>) -> Result<Pending> {
        let arguments = self.check(arguments)?;
        Ok((self.handler)(Call { context, arguments }))
    }

    /// The signature in words: `contacts.update(id, fields)`.
    pub fn signature(&self) -> String {
        let name = |param: &Param| match param.optional {
            true => format!("{}?", param.name),
            false => param.name.to_owned(),
        };
        let names: Vec<_> = self.params.iter().map(name).collect();
        format!("{}({})", self.path, names.join(", "))
    }

    fn check(&self, mut given: Vec<Value>) -> Result<Vec<Value>> {
        while given.len() > self.params.len() && given.last().is_some_and(Value::is_null) {
            given.pop();
        }
        if given.len() > self.params.len() {
            let (most, count) = (self.params.len(), given.len());
            let noun = if most == 1 { "argument" } else { "arguments" };
            return Err(self.usage(format!("takes {most} {noun}, not {count}")));
        }
        given.resize(self.params.len(), Value::Null);
        let checked = self.params.iter().zip(given).map(|(param, value)| match value {
            Value::Null if param.optional => Ok(Value::Null),
            Value::Null if param.kind != ParamType::Any => {
                Err(self.usage(format!("needs {}", param.name)))
            }
            value => param.kind.check(param.name, value).map_err(|error| error.within(self.path)),
        });
        checked.collect()
    }

    fn usage(&self, what: String) -> Error {
        Error::invalid(format!("{} {what}", self.path))
            .with_hint(format!("call it as cliengo.{}", self.signature()))
    }
}

impl ParamType {
    fn check(self, name: &str, value: Value) -> Result<Value> {
        match self {
            Self::Id => match value {
                Value::String(id) if !id.trim().is_empty() => Ok(id.into()),
                Value::Object(map) if map.contains_key("id") => {
                    Err(Error::invalid(format!("{name} must be an id, not the whole object"))
                        .with_hint("pass its .id"))
                }
                other => FieldType::Id.check(name, other),
            },
            Self::Text => FieldType::Text.check(name, value),
            Self::Choice(words) => FieldType::Choice(words).check(name, value),
            Self::Duration => match value {
                Value::Number(seconds) => Ok(Value::Number(seconds)),
                Value::String(text) => parse_duration(&text).map(|_| text.into()),
                _ => Err(Error::invalid(format!("{name} must be a length of time"))
                    .with_hint("write \"2s\", or a number of seconds")),
            },
            Self::Object => FieldType::Object.check(name, value),
            Self::NewContact => check_create(names(name, value)?).map(Value::Object),
            Self::Changes => check_update(names(name, value)?).map(Value::Object),
            Self::Filter => {
                let map = names(name, value)?;
                ContactFilter::from_map(map.clone()).map(|_| Value::Object(map))
            }
            Self::List => {
                let map = names(name, value)?;
                ListOptions::from_map(map.clone()).map(|_| Value::Object(map))
            }
            Self::Ids => each(name, value, |item, value| Self::Id.check(item, value)),
            Self::Objects => each(name, value, |item, value| FieldType::Object.check(item, value)),
            Self::Any => Ok(value),
        }
    }
}

/// A list whose items each pass the check. They are counted from 1, for the languages' own positions
/// differ.
fn each(name: &str, value: Value, check: fn(&str, Value) -> Result<Value>) -> Result<Value> {
    let items = match FieldType::List.check(name, value)? {
        Value::Array(items) => items,
        _ => Vec::new(),
    };
    let checked = items.into_iter().zip(1_u64..).map(|(value, number)| match value {
        Value::Null => Err(Error::invalid(format!("{name}: item {number} is null"))),
        value => check(&format!("item {number}"), value).map_err(|error| error.within(name)),
    });
    checked.collect::<Result<_>>().map(Value::Array)
}

fn names(name: &str, value: Value) -> Result<Map<String, Value>> {
    match FieldType::Object.check(name, value)? {
        Value::Object(map) => Ok(map),
        _ => Ok(Map::new()),
    }
}

impl Call {
    /// The text of parameter `index`; empty where it was left out.
    pub fn text(&self, index: usize) -> &str {
        self.arguments.get(index).and_then(Value::as_str).unwrap_or_default()
    }

    /// The value of parameter `index`; null where it was left out.
    pub fn value(&self, index: usize) -> &Value {
        self.arguments.get(index).unwrap_or(&Value::Null)
    }

    /// The items of parameter `index`; none where it was left out.
    pub fn list(&self, index: usize) -> Vec<Value> {
        self.value(index).as_array().cloned().unwrap_or_default()
    }

    /// The names and values of parameter `index`; none where it was left out.
    pub fn object(&self, index: usize) -> Map<String, Value> {
        self.value(index).as_object().cloned().unwrap_or_default()
    }

    /// The filter that parameter `index` is.
    ///
    /// # Errors
    /// None in practice: the arguments were checked.
    pub fn filter(&self, index: usize) -> Result<ContactFilter> {
        ContactFilter::from_map(self.object(index))
    }

    /// The filter and the options that parameter `index` is.
    ///
    /// # Errors
    /// None in practice: the arguments were checked.
    pub(super) fn list_options(&self, index: usize) -> Result<ListOptions> {
        ListOptions::from_map(self.object(index))
    }
}
