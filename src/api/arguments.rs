//! The checks of a call's arguments, before anything is done.

use serde_json::{Map, Value};

use super::callback::{Arguments, FunctionArgument};
use super::function::{ApiFn, Param, ParamType};
use super::list_options::ListOptions;
use crate::schema::{
    ContactFilter, FieldType, check_create, check_update, did_you_mean, parse_duration,
};
use crate::{Error, Result};

impl ApiFn {
    /// The arguments as the handler gets them, one for each parameter.
    pub(super) fn check(&self, given: Arguments) -> Result<Arguments> {
        let Arguments { mut values, functions } = self.placed(self.counted(given)?);
        values.resize(self.params.len(), Value::Null);
        for function in &functions {
            self.params[function.parameter]
                .check_function(function)
                .map_err(|it| self.blame(it))?;
        }
        let checked = self.params.iter().zip(values).enumerate().map(|(index, (param, value))| {
            let is = |it: &FunctionArgument| it.parameter == index && it.name.is_none();
            match value {
                Value::Null if param.optional || functions.iter().any(is) => Ok(Value::Null),
                Value::Null if param.kind != ParamType::Any => {
                    Err(self.usage(format!("needs {}", param.name)))
                }
                value => param.kind.check(param.name, value).map_err(|it| self.blame(it)),
            }
        });
        let values = checked.collect::<Result<_>>()?;
        Ok(Arguments { values, functions })
    }

    /// Not more arguments than parameters; nulls at the end are none.
    fn counted(&self, mut given: Arguments) -> Result<Arguments> {
        let (values, most) = (&mut given.values, self.params.len());
        let last_function = given.functions.iter().map(|function| function.parameter + 1).max();
        let least = most.max(last_function.unwrap_or(0));
        while values.len() > least && values.last().is_some_and(Value::is_null) {
            values.pop();
        }
        if values.len() <= most {
            return Ok(given);
        }
        let (noun, count) = (if most == 1 { "argument" } else { "arguments" }, values.len());
        Err(self.usage(format!("takes {most} {noun}, not {count}")))
    }

    /// What is optional may be left out in front of a function that is needed: `f(function)` means
    /// `f(nothing, function)`.
    fn placed(&self, mut given: Arguments) -> Arguments {
        let wanted = self.params.iter().position(|it| it.kind.is_function() && !it.optional);
        let first = given.functions.iter().find(|it| it.name.is_none()).map(|it| it.parameter);
        let (Some(wanted), Some(first)) = (wanted, first) else { return given };
        let skipped = wanted.saturating_sub(first);
        let fits = given.values.len() + skipped <= self.params.len();
        if skipped == 0 || !fits || !self.params[first..wanted].iter().all(|it| it.optional) {
            return given;
        }
        given.values.splice(first..first, std::iter::repeat_n(Value::Null, skipped));
        for function in given.functions.iter_mut().filter(|it| it.parameter >= first) {
            function.parameter += skipped;
        }
        given
    }

    fn blame(&self, error: Error) -> Error {
        error.within(self.path)
    }

    fn usage(&self, what: String) -> Error {
        Error::invalid(format!("{} {what}", self.path))
            .with_hint(format!("call it as cliengo.{}", self.signature()))
    }
}

impl Param {
    /// That the function may stand where it was given.
    fn check_function(&self, given: &FunctionArgument) -> Result<()> {
        let parameter = self.name;
        match (&given.name, self.kind) {
            (None, kind) if kind.is_function() => Ok(()),
            (None, _) => Err(Error::invalid(format!("{parameter} cannot be a function"))),
            (Some(name), ParamType::Options(names)) if names.contains(&name.as_str()) => Ok(()),
            (Some(name), ParamType::Options(names)) => {
                let hint = did_you_mean(name, names.iter().copied())
                    .unwrap_or_else(|| format!("functions go into {}", names.join(", ")));
                Err(Error::invalid(format!("{parameter}: {name} cannot be a function"))
                    .with_hint(hint))
            }
            (Some(name), _) => Err(Error::invalid(format!(
                "{parameter}: {name} is a function, which cannot be sent"
            ))),
        }
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
            Self::Object | Self::Options(_) => FieldType::Object.check(name, value),
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
            Self::Function | Self::Step => {
                Err(Error::invalid(format!("{name} must be a function"))
                    .with_hint("pass the function itself, not what it gives"))
            }
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
