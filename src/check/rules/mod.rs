//! The rules, one file each. Each is written once, for both languages.

mod arguments;
mod colon;
mod count;
mod fields;
mod modules;
mod names;
mod registrations;
mod results;

pub(super) use arguments::places;
pub(super) use registrations::registers;

use super::Finding;
use super::facts::Facts;
use super::known::Known;

/// All that the rules find.
pub(super) fn findings(facts: &Facts<'_>, known: &Known<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(facts.undefined.iter().map(|it| names::undefined(it, known)));
    found.extend(facts.missing.iter().map(|it| names::missing(it, known)));
    found.extend(facts.fields.iter().map(fields::unknown));
    found.extend(facts.imports.iter().filter_map(|it| modules::unknown(it, known)));
    found.extend(facts.modules.iter().filter_map(|it| modules::unknown_function(it, known)));
    found.extend(facts.own_calls.iter().map(count::of_own));
    for call in &facts.calls {
        found.extend(colon::called(call));
        found.extend(count::wrong(call));
        found.extend(arguments::wrong(call));
        found.extend(results::unused(call));
        found.extend(registrations::without_id(call, known));
        found.extend(registrations::in_handler(call));
    }
    found.extend(registrations::beside_writes(&facts.calls));
    found
}
