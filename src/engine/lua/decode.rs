//! JSON bytes straight into Lua values, without a tree in between.
//!
//! The values are pushed on the VM's own stack while the parser goes through the bytes; tables are
//! made at the size that the last one at the same depth had. This is the hottest path of a script,
//! and mlua's safe calls were measured to take a third more time for a page of contacts.
#![allow(unsafe_code, reason = "pushing on the VM's stack goes through its C interface")]

use std::cell::Cell;
use std::fmt;
use std::os::raw::c_int;

use bytes::Bytes;
use mlua::{Lua, Table, Value as LuaValue, ffi};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::names::Names;
use super::values::Values;
use super::vm;
use crate::engine::failure::{answer_not_json, answer_too_large};
use crate::{Error, ErrorKind, Result};

/// The largest integer that a double holds exactly (2^53).
#[cfg(feature = "luau")]
const EXACT: u64 = 1 << 53;
/// A list that was longer than this says nothing of the next one.
const LONGEST_HINT: c_int = 16;
/// Slots that one level of nesting needs: the table, a key, a value, a metatable.
const SLOTS: c_int = 6;

/// The sizes of the last object, and of the last list, at each depth.
#[derive(Default)]
pub(super) struct Hints {
    objects: [Cell<c_int>; 6],
    lists: [Cell<c_int>; 6],
}

/// One JSON document as a Lua value; an object gets the mark of a row.
///
/// # Errors
/// [`ErrorKind::Decode`] where the bytes are not JSON; [`ErrorKind::Limit`] where the memory of the
/// machine does not suffice.
pub(super) fn decode(lua: &Lua, values: &Values, json: &[u8]) -> Result<LuaValue> {
    build(lua, values, &LuaValue::Nil, |stack| stack.document(json))
}

/// Appends such documents to a list that has so many already.
///
/// # Errors
/// As [`decode`].
pub(super) fn decode_onto(
    lua: &Lua,
    values: &Values,
    list: &Table,
    length: usize,
    rows: &[Bytes],
) -> Result<()> {
    let list = LuaValue::Table(list.clone());
    build(lua, values, &list, |stack| stack.append(length, rows)).map(drop)
}

/// Builds the value, and once more after a full collection where the memory did not suffice: the
/// collector runs at its own pace, and what it has not come to yet counts against the limit.
fn build(
    lua: &Lua,
    values: &Values,
    list: &LuaValue,
    push: impl Fn(&Stack<'_>) -> sonic_rs::Result<()>,
) -> Result<LuaValue> {
    let full = |_| answer_too_large();
    match attempt(lua, values, list, &push) {
        Err(mlua::Error::MemoryError(_)) => {
            lua.gc_collect().map_err(full)?;
            attempt(lua, values, list, &push).map_err(|error| {
                // What the second attempt left behind is not to fail the script's next step.
                drop(lua.gc_collect());
                full(error)
            })?
        }
        Err(error) => Err(Error::new(ErrorKind::Decode, error.to_string())),
        Ok(outcome) => outcome,
    }
}

fn attempt(
    lua: &Lua,
    values: &Values,
    list: &LuaValue,
    push: &impl Fn(&Stack<'_>) -> sonic_rs::Result<()>,
) -> mlua::Result<Result<LuaValue>> {
    let mut outcome = Ok(());
    let names = values.names.strings.clone();
    let arguments = (list.clone(), names, values.lists.clone(), values.rows.clone());
    // SAFETY: the closure runs in a protected call, so an error of the VM (out of memory) unwinds to
    // here, through frames that own nothing but plain borrows and the parser's own buffers; Lua 5.4,
    // which would jump over them, raises none in `building`. It leaves exactly one value above its
    // arguments.
    let built = vm::building(lua, || unsafe {
        lua.exec_raw::<Left>(arguments, |state| {
            let rows = ffi::lua_gettop(state);
            let (list, strings, lists) = (rows - 3, rows - 2, rows - 1);
            let (hints, names) = (&values.hints, &values.names);
            let stack = Stack { state, list, strings, lists, rows, hints, names };
            outcome = push(&stack);
            if outcome.is_err() {
                ffi::lua_settop(state, rows);
                ffi::lua_pushnil(state);
            }
        })
    });
    let (_, _, _, _, value) = built?;
    Ok(outcome.map(|()| value).map_err(|error| answer_not_json(&error)))
}

/// What is left on the stack: the arguments, and what was built.
type Left = (LuaValue, LuaValue, LuaValue, LuaValue, LuaValue);

/// The VM's stack with the places of the list that is appended to, the names' strings and
/// the marks.
struct Stack<'a> {
    state: *mut ffi::lua_State,
    list: c_int,
    strings: c_int,
    lists: c_int,
    rows: c_int,
    hints: &'a Hints,
    names: &'a Names,
}

// SAFETY of every `unsafe` below: a `Stack` exists only inside the protected call of `build`; `room`
// makes place for what one level pushes before it does; and each push is popped or stored by the
// level that asked for it.
impl Stack<'_> {
    /// Pushes one value, null as nil.
    fn document(&self, json: &[u8]) -> sonic_rs::Result<()> {
        let text = simdutf8::basic::from_utf8(json).map_err(serde::de::Error::custom)?;
        self.room::<sonic_rs::Error>()?;
        let mut parser = sonic_rs::Deserializer::from_str(text);
        let pushed = Push { stack: self, depth: 0 }.deserialize(&mut parser)?;
        parser.end()?;
        if !pushed {
            unsafe { ffi::lua_pushnil(self.state) };
        }
        Ok(())
    }

    /// Appends the rows to the list, and pushes nil.
    fn append(&self, length: usize, rows: &[Bytes]) -> sonic_rs::Result<()> {
        for (index, row) in (length + 1..).zip(rows) {
            self.document(row)?;
            unsafe { ffi::lua_rawseti(self.state, self.list, index as ffi::lua_Integer) };
        }
        unsafe { ffi::lua_pushnil(self.state) };
        Ok(())
    }

    /// Gives the value on top the metatable at `place`.
    fn mark(&self, place: c_int) {
        unsafe {
            ffi::lua_pushvalue(self.state, place);
            ffi::lua_setmetatable(self.state, -2);
        }
    }

    /// Makes place for what one level pushes: a container and an entry of it.
    fn room<E: serde::de::Error>(&self) -> Result<(), E> {
        match unsafe { ffi::lua_checkstack(self.state, SLOTS) } {
            0 => Err(E::custom("it is nested too deep")),
            _ => Ok(()),
        }
    }

    /// Pushes the string of a name, which mostly was made for a row before.
    fn name(&self, name: &str) {
        if let Some(place) = self.names.find(name) {
            unsafe { ffi::lua_rawgeti(self.state, self.strings, place as ffi::lua_Integer) };
            return;
        }
        self.text(name);
        let Some(place) = self.names.free() else { return };
        // An error of the VM leaves here: the name is noted only when its string is in its place.
        unsafe {
            ffi::lua_pushvalue(self.state, -1);
            ffi::lua_rawseti(self.state, self.strings, place as ffi::lua_Integer);
        }
        self.names.add(name);
    }

    /// Beyond 2^53 a double would change the number silently; Luau's own 64-bit integer does not.
    #[cfg(feature = "luau")]
    fn integer(&self, value: i64) {
        unsafe {
            if value.unsigned_abs() <= EXACT {
                ffi::lua_pushnumber(self.state, value as f64);
            } else {
                ffi::lua_pushinteger64(self.state, value);
            }
        }
    }

    #[cfg(feature = "lua54")]
    fn integer(&self, value: i64) {
        unsafe { ffi::lua_pushinteger(self.state, value) };
    }

    fn text(&self, text: &str) {
        unsafe { ffi::lua_pushlstring(self.state, text.as_ptr().cast(), text.len()) };
    }
}

/// Pushes one value, and tells whether it was one: null pushes nothing.
#[derive(Clone, Copy)]
struct Push<'a> {
    stack: &'a Stack<'a>,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Push<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Push<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_bool<E>(self, value: bool) -> Result<bool, E> {
        unsafe { ffi::lua_pushboolean(self.stack.state, c_int::from(value)) };
        Ok(true)
    }

    fn visit_i64<E>(self, value: i64) -> Result<bool, E> {
        self.stack.integer(value);
        Ok(true)
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<bool, E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => self.visit_str(&value.to_string()),
        }
    }

    fn visit_f64<E>(self, value: f64) -> Result<bool, E> {
        unsafe { ffi::lua_pushnumber(self.stack.state, value) };
        Ok(true)
    }

    fn visit_str<E>(self, text: &str) -> Result<bool, E> {
        self.stack.text(text);
        Ok(true)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let Self { stack, depth } = self;
        stack.room::<A::Error>()?;
        let hint = stack.hints.objects.get(depth);
        let mut count = 0;
        unsafe { ffi::lua_createtable(stack.state, 0, hint.map_or(0, Cell::get)) };
        while map.next_key_seed(Name(stack))?.is_some() {
            if map.next_value_seed(Push { stack, depth: depth + 1 })? {
                unsafe { ffi::lua_rawset(stack.state, -3) };
                count += 1;
            } else {
                unsafe { ffi::lua_settop(stack.state, -2) };
            }
        }
        if let Some(hint) = hint {
            hint.set(count);
        }
        if depth == 0 {
            stack.mark(stack.rows);
        }
        Ok(true)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<bool, A::Error> {
        let Self { stack, depth } = self;
        stack.room::<A::Error>()?;
        let hint = stack.hints.lists.get(depth);
        unsafe { ffi::lua_createtable(stack.state, hint.map_or(0, Cell::get), 0) };
        let mut index: c_int = 0;
        // The rows of a list that came as one document are rows too.
        while let Some(pushed) = list.next_element_seed(Push { stack, depth })? {
            index += 1;
            unsafe {
                // A hole would end the list for Lua: null in a list is the explicit null.
                if !pushed {
                    ffi::lua_pushlightuserdata(stack.state, std::ptr::null_mut());
                }
                ffi::lua_rawseti(stack.state, -2, index.into());
            }
        }
        if let Some(hint) = hint {
            hint.set(index.min(LONGEST_HINT));
        }
        stack.mark(stack.lists);
        Ok(true)
    }
}

/// Pushes a name.
struct Name<'a>(&'a Stack<'a>);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<(), E> {
        self.0.name(name);
        Ok(())
    }
}
