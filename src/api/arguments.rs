//! The checks of a call's arguments, before anything is done.

use serde_json::{Map, Value};

use super::callback::{Arguments, FunctionArgument};
use super::function::{ApiFn, Param, ParamType};
use super::list_options::ListOptions;
use super::options;
use crate::schema::{
    ContactFilter, FieldType, check_create, check_update, did_you_mean, parse_duration, shown,
};
use crate::{Error, Result};

impl ApiFn {
    /// The arguments as the handler gets them, one for each parameter.
    pub(super) fn check(&self, given: Arguments) -> Result<Arguments> {
        let Arguments { mut values, functions } = self.placed(self.counted(given)?);
        for function in &functions {
            self.params[function.parameter]
                .check_function(function)
                .map_err(|it| self.blame(it))?;
        }
        values.resize(self.params.len(), Value::Null);
        for (index, (param, value)) in self.params.iter().zip(&mut values).enumerate() {
            let is = |it: &FunctionArgument| it.parameter == index && it.name.is_none();
            if !value.is_null() {
                let checked = self.argument(param, value.take());
                *value = checked.map_err(|error| self.blame(error))?;
            } else if !param.optional && !param.kind.takes_null() && !functions.iter().any(is) {
                return Err(self.misused(format!("needs {}", param.name)));
            }
        }
        Ok(Arguments { values, functions })
    }

    /// The value as the handler gets it.
    pub(super) fn argument(&self, param: &Param, value: Value) -> Result<Value> {
        match (param.kind, param.kind.check(param.name, value)?) {
            (ParamType::Named(names), Value::Object(given)) if self.is_module() => {
                options::checked(given, names).map(Value::Object)
            }
            (_, value) => Ok(value),
        }
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
        Err(self.misused(format!("takes {most} {noun}, not {count}")))
    }

    /// What is optional may be left out in front of a function that is needed: `f(function)` means
    /// `f(nothing, function)`.
    fn placed(&self, mut given: Arguments) -> Arguments {
        if given.functions.is_empty() {
            return given;
        }
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

    pub(super) fn blame(&self, error: Error) -> Error {
        error.within(self.path)
    }

    fn misused(&self, what: String) -> Error {
        Error::invalid(format!("{} {what}", self.path))
            .with_hint(format!("call it as {}", self.usage()))
    }
}

impl Param {
    /// The error of a function where none belongs. What contacts.each gives is one in Lua, and no list anywhere.
    pub(crate) fn refused_function(&self) -> Error {
        let parameter = self.name;
        match self.kind {
            ParamType::Items => {
                Error::invalid(format!("{parameter} must be a list, not a function or a sequence"))
                    .with_hint("contacts.list gives a list, where contacts.each gives a sequence")
            }
            _ => Error::invalid(format!("{parameter} cannot be a function")),
        }
    }

    /// That the function may stand where it was given.
    fn check_function(&self, given: &FunctionArgument) -> Result<()> {
        let parameter = self.name;
        match (&given.name, self.kind) {
            (None, kind) if kind.is_function() => Ok(()),
            (None, _) => Err(self.refused_function()),
            (Some(name), kind) if kind.takes_function_named(name) => Ok(()),
            (Some(name), kind) if !kind.functions().is_empty() => {
                let names = kind.functions();
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
    pub(super) fn check(self, name: &str, value: Value) -> Result<Value> {
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
            Self::Value(kind) => kind.check(name, value),
            Self::Duration => match value {
                Value::Number(seconds) => Ok(Value::Number(seconds)),
                Value::String(text) => parse_duration(&text).map(|_| text.into()),
                _ => Err(Error::invalid(format!("{name} must be a length of time"))
                    .with_hint("write \"2s\", or a number of seconds")),
            },
            Self::Object | Self::Named(_) | Self::Options(_) | Self::Upsert => {
                FieldType::Object.check(name, value)
            }
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
            Self::Objects(_) => {
                each(name, value, |item, value| FieldType::Object.check(item, value))
            }
            Self::Values | Self::Items => FieldType::List.check(name, value),
            Self::Function | Self::Handler(_) | Self::Step => {
                Err(Error::invalid(format!("{name} must be a function"))
                    .with_hint("pass the function itself, not what it gives"))
            }
            Self::By => match value {
                Value::String(field) => Ok(field.into()),
                other => Err(Error::invalid(format!(
                    "{name} must be a function, or the name of a field, not {}",
                    shown(&other)
                ))),
            },
            Self::Any | Self::Criteria => Ok(value),
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::{Answer, Callback, Example, Handler, OptionSet, ReturnType};

    const fn param(name: &'static str, kind: ParamType, optional: bool) -> Param {
        Param { name, kind, optional, doc: "A parameter." }
    }

    /// Shaped as those that register a handler.
    const REGISTER: ApiFn = ApiFn {
        path: "watch.it",
        alias: None,
        params: &[
            param("options", ParamType::Options(OptionSet::Watch), true),
            param("handler", ParamType::Function, false),
            param("note", ParamType::Text, true),
        ],
        returns: "nothing",
        gives: ReturnType::Nothing,
        doc: "Registers.",
        example: Example { lua: "", rhai: "", expect: "null" },
        errors: &[],
        mutates: false,
        handler: Handler::Builtin(|_| Box::pin(async { Ok(Answer::Value(Value::Null)) })),
    };

    fn function(parameter: usize, name: Option<&str>) -> FunctionArgument {
        let number = u32::try_from(parameter).unwrap();
        let callback = Callback { number, place: "a.lua:1".to_owned() };
        FunctionArgument { parameter, name: name.map(str::to_owned), callback }
    }

    fn check(values: Value, functions: &[FunctionArgument]) -> Result<Arguments> {
        let values = values.as_array().unwrap().clone();
        REGISTER.check(Arguments { values, functions: functions.to_vec() })
    }

    #[test]
    fn an_optional_parameter_in_front_of_the_function_may_be_left_out() {
        let whole = check(json!([null, null, "note"]), &[function(1, None)]).unwrap();
        let short = check(json!([null, "note"]), &[function(0, None)]).unwrap();
        assert_eq!(whole.values, short.values);
        assert_eq!((whole.functions[0].parameter, short.functions[0].parameter), (1, 1));
        let alone = check(json!([null]), &[function(0, None)]).unwrap();
        assert_eq!((alone.values.len(), alone.functions[0].parameter), (3, 1));
    }

    #[test]
    fn a_named_function_stays_with_its_object() {
        let functions = [function(0, Some("on_failure")), function(1, None)];
        let checked = check(json!([{ "limit": 5 }, null]), &functions).unwrap();
        assert_eq!(checked.values[0], json!({ "limit": 5 }));
        assert_eq!(checked.functions, functions);
    }

    #[test]
    fn a_function_where_none_belongs_is_an_error_that_names_the_parameter() {
        let said = |values, functions: &[_]| check(values, functions).unwrap_err().to_string();
        let misspelt = [function(0, Some("on_failur")), function(1, None)];
        let misspelt = said(json!([{}, null]), &misspelt);
        assert!(misspelt.contains("options: on_failur") && misspelt.contains("on_failure"));
        let twice = said(json!([null, null]), &[function(0, None), function(1, None)]);
        assert!(twice.contains("note cannot be a function"), "{twice}");
        let missing = said(json!([{}]), &[]);
        assert!(missing.contains("watch.it needs handler"), "{missing}");
        let text = said(json!([{}, "text"]), &[]);
        assert!(text.contains("handler must be a function"), "{text}");
        let many = said(json!([null, null, null, null]), &[function(3, None)]);
        assert!(many.contains("takes 3 arguments, not 4"), "{many}");
    }
}
