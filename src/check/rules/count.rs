//! Too many arguments, or too few.

use crate::check::facts::{ApiCall, OwnCall};
use crate::check::tree::Expression;
use crate::check::{Code, Finding};

pub(super) fn wrong(it: &ApiCall<'_>) -> Option<Finding> {
    if it.call.colon {
        return None;
    }
    let what = too_many(it).or_else(|| missing(it))?;
    let message = format!("{} {what}", it.function.path);
    let hint = format!("call it as {}", it.function.usage());
    Some(Finding::new(Code::ArgumentCount, it.name.place, message).with_hint(hint))
}

/// Rhai looks for a function by its name and the number of its arguments.
pub(super) fn of_own(it: &OwnCall<'_>) -> Finding {
    let OwnCall { name, counts, given } = it;
    let takes: Vec<_> = counts.iter().map(ToString::to_string).collect();
    let (takes, noun) = (takes.join(" or "), if counts == &[1] { "argument" } else { "arguments" });
    let message = format!("{} takes {takes} {noun}, not {given}", name.text);
    let hint = "Rhai finds a function by how many arguments it is called with, too".to_owned();
    Finding::new(Code::ArgumentCount, name.place, message).with_hint(hint)
}

fn too_many(it: &ApiCall<'_>) -> Option<String> {
    let (given, most) = (given(it), it.function.params.len());
    // The last of several may be none.
    let surely = if it.call.open { given.saturating_sub(1) } else { given };
    let noun = if most == 1 { "argument" } else { "arguments" };
    (surely > most).then(|| format!("takes {most} {noun}, not {surely}"))
}

fn missing(it: &ApiCall<'_>) -> Option<String> {
    if it.call.open {
        return None;
    }
    let mut places = super::arguments::places(it).into_iter();
    let params = it.function.params.iter().enumerate();
    let mut needed = params.filter(|(_, param)| !param.optional && !param.kind.takes_null());
    let (_, param) = needed.find(|(place, _)| !places.any(|given| given == Some(*place)))?;
    Some(format!("needs {}", param.name))
}

/// How many there are, without those at the end that are nothing.
fn given(it: &ApiCall<'_>) -> usize {
    let arguments = &it.arguments;
    let last = arguments.iter().rposition(|argument| !argument.is_nothing());
    last.map_or(0, |last| last + 1)
}

/// True for a value that surely is a function.
pub(super) fn is_function(argument: &Expression) -> bool {
    matches!(argument, Expression::Function(_))
}
