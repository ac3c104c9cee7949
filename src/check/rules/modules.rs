//! Modules that are not there, and functions that modules do not have.

use crate::check::facts::ModuleRead;
use crate::check::known::Known;
use crate::check::tree::Name;
use crate::check::{Code, Finding, stdlib};
use crate::schema::did_you_mean;

pub(super) fn unknown(it: &Name, known: &Known<'_>) -> Option<Finding> {
    let error = known.module(&it.text).err()?;
    Some(Finding::of(Code::UnknownModule, it.place, &error))
}

pub(super) fn unknown_function(it: &ModuleRead<'_>, known: &Known<'_>) -> Option<Finding> {
    let functions = stdlib::functions(&it.module, known)?;
    if functions.contains(it.name.text.as_str()) {
        return None;
    }
    let names = functions.iter().copied();
    let hint = did_you_mean(&it.name.text, names.clone())
        .unwrap_or_else(|| format!("it has {}", names.collect::<Vec<_>>().join(", ")));
    let message = format!("the module \"{}\" has no \"{}\"", it.module, it.name.text);
    Some(Finding::new(Code::UnknownModuleFunction, it.name.place, message).with_hint(hint))
}
