//! Functions that do not take their caller's place. `return cliengo.contacts.get(5)` is a tail call: of the line
//! that it stands in nothing would be left when it fails. It is left where a native function is called.
#![allow(
    unsafe_code,
    reason = "only a native function without Rust frames lets errors of Lua pass as they are"
)]

use std::os::raw::c_int;

use mlua::{Function, Lua, ffi};

/// The same function, whose caller can be told while it runs.
pub(in crate::engine::lua) fn with_caller(lua: &Lua, function: Function) -> mlua::Result<Function> {
    // SAFETY: the function is the one argument, at the top of the stack, and is replaced by the closure that
    // holds it.
    unsafe { lua.exec_raw(function, |state| ffi::lua_pushcclosure(state, pass, 1)) }
}

/// Calls the function that it holds with its own arguments.
unsafe extern "C-unwind" fn pass(state: *mut ffi::lua_State) -> c_int {
    // SAFETY: Lua calls this with its arguments on the stack and room for more; an error or a yield leaves
    // this frame, which owns nothing.
    unsafe {
        ffi::lua_pushvalue(state, ffi::lua_upvalueindex(1));
        ffi::lua_insert(state, 1);
        let arguments = ffi::lua_gettop(state) - 1;
        ffi::lua_callk(state, arguments, ffi::LUA_MULTRET, 0, Some(passed));
        ffi::lua_gettop(state)
    }
}

/// Goes on after a yield: all that is on the stack was given.
unsafe extern "C-unwind" fn passed(
    state: *mut ffi::lua_State,
    _: c_int,
    _: ffi::lua_KContext,
) -> c_int {
    // SAFETY: as above.
    unsafe { ffi::lua_gettop(state) }
}
