//! Names and values in arguments that cannot be right, by the checks of the call itself.

use serde_json::Value;

use super::count::is_function;
use crate::check::facts::ApiCall;
use crate::check::tree::{Expression, Name, Place, Table};
use crate::check::{Code, Finding};
use crate::{Error, Result};

/// The parameter that each argument is for, by the same rule as in the call: what is optional may be left
/// out in front of a function that is needed.
pub(in crate::check) fn places(it: &ApiCall<'_>) -> Vec<Option<usize>> {
    let (params, arguments) = (it.function.params, &it.arguments);
    let handler = params.iter().position(|param| param.kind.is_function() && !param.optional);
    let first = arguments.iter().position(|argument| is_function(argument));
    let shift = match (handler, first) {
        (Some(wanted), Some(first)) if first < wanted => Some((first, wanted - first)),
        // What the last one is, is not known; but what it has to be is.
        (Some(wanted), None) if arguments.len() == wanted && !it.call.open => {
            let last = arguments.last();
            let may_be = !matches!(last, Some(Expression::Table(_) | Expression::Literal(..)));
            may_be.then(|| (wanted - 1, 1))
        }
        _ => None,
    };
    let shift =
        shift.filter(|(first, by)| params[*first..first + by].iter().all(|param| param.optional));
    let given = |(place, argument): (usize, &&Expression)| {
        let moved = shift.map_or(0, |(first, by)| if place >= first { by } else { 0 });
        let place = place + moved;
        (place < params.len() && !argument.is_nothing()).then_some(place)
    };
    arguments.iter().enumerate().map(given).collect()
}

pub(super) fn wrong(it: &ApiCall<'_>) -> Vec<Finding> {
    if it.call.colon {
        return Vec::new();
    }
    let pairs = it.arguments.iter().zip(places(it));
    let judged = pairs.filter_map(|(argument, place)| Some((argument, place?)));
    judged.flat_map(|(argument, place)| judge(it, place, argument)).collect()
}

fn judge(it: &ApiCall<'_>, parameter: usize, argument: &Expression) -> Vec<Finding> {
    match argument {
        Expression::Table(table) => object(it, parameter, table),
        Expression::List(items, _) if it.function.takes_objects(parameter) => {
            let tables = items.iter().filter_map(|item| match item {
                Expression::Table(table) => Some(table),
                _ => None,
            });
            tables.flat_map(|table| object(it, parameter, table)).collect()
        }
        Expression::Function(_) => {
            let may_be = it.function.params[parameter].kind.is_function();
            let name = it.function.params[parameter].name;
            let error = Error::invalid(format!("{name} cannot be a function"));
            let wrong = (!may_be).then(|| error.within(it.function.path));
            wrong.map(|error| found(argument.place(), &error)).into_iter().collect()
        }
        other => {
            let Some(value) = other.constant() else { return Vec::new() };
            let checked = it.function.foresee(parameter, value);
            checked.err().map(|error| found(other.place(), &error)).into_iter().collect()
        }
    }
}

/// Each name alone, then each value, then what they are together.
fn object(it: &ApiCall<'_>, parameter: usize, table: &Table) -> Vec<Finding> {
    let entries = table.entries.iter();
    let found: Vec<_> =
        entries.filter_map(|(name, value)| entry(it, parameter, name, value)).collect();
    if !found.is_empty() || !table.others.is_empty() {
        return found;
    }
    let together = together(it, parameter, table);
    together.err().map(|error| self::found(table.place, &error)).into_iter().collect()
}

fn entry(it: &ApiCall<'_>, parameter: usize, name: &Name, value: &Expression) -> Option<Finding> {
    let alone = |value| it.function.foresee_entry(parameter, &name.text, value);
    if is_function(value) {
        let error = it.function.foresee_function(parameter, &name.text).err()?;
        return Some(found(name.place, &error));
    }
    if let Err(error) = alone(Value::Null) {
        return Some(found(name.place, &error));
    }
    let error = alone(value.constant()?).err()?;
    Some(found(value.place(), &error))
}

fn together(it: &ApiCall<'_>, parameter: usize, table: &Table) -> Result<()> {
    let entry = |(name, value): &(Name, Expression)| (name.text.clone(), value.constant());
    it.function.foresee_object(parameter, table.entries.iter().map(entry).collect())
}

fn found(place: Place, error: &Error) -> Finding {
    Finding::of(Code::WrongArgument, place, error)
}
