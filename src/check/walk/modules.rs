//! Modules of the script's own: in Lua the globals that they set are the script's too.

use super::learned::Learned;
use super::{Known, Walk};
use crate::api::Registry;
use crate::check::tree::Name;
use crate::engine::outline::Code;
use crate::engine::{Language, Source};

/// The most modules that are looked into.
const MOST: usize = 256;

/// Learns the globals that these modules set, and those that they ask for.
pub(super) fn learn(learned: &mut Learned, imports: Vec<Name>, known: &Known<'_>) {
    if known.source.language != Language::Lua {
        return;
    }
    let mut names: Vec<_> = imports.into_iter().map(|name| name.text).collect();
    let mut at = 0;
    while let Some(name) = names.get(at).cloned().filter(|_| at < MOST) {
        at += 1;
        for asked in learn_one(learned, &name, known) {
            if !names.contains(&asked) {
                names.push(asked);
            }
        }
    }
}

/// Gives the modules that this one asks for. One that is not there, or does not parse, sets nothing.
fn learn_one(learned: &mut Learned, name: &str, known: &Known<'_>) -> Vec<String> {
    let Ok(module) = known.module(name) else { return Vec::new() };
    let text = match &module.code {
        Code::Text(text) if !module.is_builtin() => text.clone(),
        _ => return Vec::new(),
    };
    let source = Source { text, expression: false, ..known.source.clone() };
    let Ok(program) = crate::check::lower(&source, &Registry::builtin()) else { return Vec::new() };
    let walk = Walk::over(&program, known, Learned::of(&program));
    learned.globals.extend(walk.learned.globals);
    learned.fields.extend(walk.learned.fields);
    learned.any_global |= walk.learned.any_global;
    walk.facts.imports.into_iter().map(|name| name.text).collect()
}
