//! The decoder alone, for the benchmarks.

use bytes::Bytes;
use mlua::{Lua, Value as LuaValue};

use super::values::Values;
use super::vm;
use crate::engine::{Limits, failure::answer_too_large};
use crate::{Error, Result};

/// A Lua machine as scripts have it, that only decodes.
pub struct LuaDecoder {
    lua: Lua,
    values: Values,
}

impl LuaDecoder {
    /// A new machine.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`](crate::ErrorKind::Limit) where there is no memory for it.
    pub fn new() -> Result<Self> {
        let build = || -> mlua::Result<Self> {
            let lua = vm::sandboxed(Limits::default().memory)?;
            let values = Values::new(&lua, &vm::prelude(&lua)?)?;
            vm::seal(&lua, || false)?;
            Ok(Self { lua, values })
        };
        build().map_err(|_| answer_too_large())
    }

    /// Decodes the rows as `contacts.list` does, drops them, and gives their number.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) where one is not JSON.
    pub fn decode(&self, rows: &[Bytes]) -> Result<usize> {
        let mut pages = std::iter::once(rows.to_vec());
        match self.values.list(&self.lua, || Ok(pages.next()))? {
            LuaValue::Table(list) => Ok(list.raw_len()),
            _ => Err(Error::invalid("the rows are no list")),
        }
    }
}

impl std::fmt::Debug for LuaDecoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LuaDecoder")
    }
}
