//! What Lua says of a script without running it.

use mlua::{Table, Value as LuaValue};

use super::{compile, syntax_failure, vm};
use crate::engine::outline::Names;
use crate::engine::{ScriptFailure, Source};

/// Why the script would not load; none where it would.
pub(in crate::engine) fn refusal(source: &Source) -> Option<ScriptFailure> {
    let lua = vm::sandboxed(None).ok()?;
    compile(&lua, source).err().map(|error| syntax_failure(&source.name, &source.text, &error))
}

/// The names that a script finds beside those of the registry, with what is in them.
pub(in crate::engine) fn names() -> Names {
    let mut names = Names::new();
    let Ok(lua) = vm::sandboxed(None) else { return names };
    let of = |table: &Table| {
        let pairs = table.pairs::<String, LuaValue>().flatten();
        pairs.collect::<Vec<_>>()
    };
    for (name, value) in of(&lua.globals()) {
        let within = match &value {
            LuaValue::Table(table) if name != "_G" => {
                of(table).into_iter().map(|(name, _)| name).collect()
            }
            _ => Default::default(),
        };
        names.insert(name, within);
    }
    names.entry("require".to_owned()).or_default();
    names
}
