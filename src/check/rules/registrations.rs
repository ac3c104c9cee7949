//! Watches and schedules: without a name of their own, in a handler, beside writes.

use crate::check::facts::ApiCall;
use crate::check::known::Known;
use crate::check::registered::is_options;
use crate::check::tree::Expression;
use crate::check::{Code, Finding};
use crate::engine::Language;

/// True for a call that registers a watch or a schedule.
pub(in crate::check) fn registers(it: &ApiCall<'_>) -> bool {
    !it.function.is_own() && it.function.keeps_functions()
}

pub(super) fn without_id(it: &ApiCall<'_>, known: &Known<'_>) -> Option<Finding> {
    if !registers(it) || it.call.open {
        return None;
    }
    let wanted = it.function.params.iter().position(|param| is_options(param.kind))?;
    let places = super::arguments::places(it);
    let given = places.iter().position(|place| *place == Some(wanted));
    let has_id = match given.map(|place| it.arguments[place]) {
        None | Some(Expression::Literal(..)) => false,
        Some(Expression::Table(table)) => {
            !table.others.is_empty() || table.entries.iter().any(|(name, _)| name.text == "id")
        }
        Some(_) => true,
    };
    if has_id {
        return None;
    }
    let message =
        format!("{} has no id, so its state is kept under the file's name", it.function.path);
    let example = match known.source.language {
        Language::Lua => "{ id = \"new-leads\" }",
        Language::Rhai => "#{ id: \"new-leads\" }",
    };
    let hint = format!("give it a name that stays, such as {example}");
    Some(Finding::new(Code::RegistrationWithoutId, it.name.place, message).with_hint(hint))
}

pub(super) fn in_handler(it: &ApiCall<'_>) -> Option<Finding> {
    if !registers(it) || !it.in_handler {
        return None;
    }
    let message = format!("{} cannot be called in a handler", it.function.path);
    let hint = "register it at the top level of the script".to_owned();
    Some(Finding::new(Code::RegistrationInHandler, it.name.place, message).with_hint(hint))
}

/// A call of any path writes where it is told another method than GET.
fn surely_writes(it: &ApiCall<'_>) -> bool {
    let method = it.arguments.first().and_then(|argument| match argument {
        Expression::Table(table) => table.entries.iter().find(|(name, _)| name.text == "method"),
        _ => None,
    });
    let method = method.and_then(|(_, value)| value.constant());
    let other =
        || method.is_some_and(|it| it.as_str().is_some_and(|it| !it.eq_ignore_ascii_case("get")));
    // What a module writes is no contact, and judged by what the run may reach.
    it.function.mutates && !it.function.is_module() && (it.function.path != "call" || other())
}

/// The writes that `cliengo serve` would refuse while it loads the script.
pub(super) fn beside_writes(calls: &[ApiCall<'_>]) -> Vec<Finding> {
    if !calls.iter().any(|it| registers(it) && !it.in_handler) {
        return Vec::new();
    }
    let writes = calls.iter().filter(|it| !it.in_function && surely_writes(it));
    let found = |it: &ApiCall<'_>| {
        let message = format!(
            "{} writes while the script is loaded, which cliengo serve refuses",
            it.function.path
        );
        let hint = "write in a handler, or in a script that registers nothing".to_owned();
        Finding::new(Code::WriteWhileRegistering, it.name.place, message).with_hint(hint)
    };
    writes.map(found).collect()
}
