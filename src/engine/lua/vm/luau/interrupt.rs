//! Ends a running script from another thread, and one that does too much.
//!
//! Luau calls its interrupt, where one is set, at every loop, call and return, and inside pattern
//! matching. A script that runs with an interrupt set is 1.6 to 1.8 times slower even if it does
//! nothing, so none is set: the thread that ends the run stores the pointer at that moment. Only a limit on
//! operations needs one from the beginning.
#![allow(
    unsafe_code,
    reason = "the VM's interrupt can be stored from another thread only through its C structure"
)]

use std::cell::Cell;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use mlua::{Lua, VmState, ffi};

use crate::api::Cancel;
use crate::engine::failure::out_of_operations;

type Interrupt = unsafe extern "C-unwind" fn(*mut ffi::lua_State, std::os::raw::c_int);

/// Keeps the way to the machine open; dropped before the machine is.
pub(in crate::engine::lua) struct Interrupter<'a> {
    lua: &'a Lua,
    slot: Arc<Slot>,
}

/// The machine's callbacks, or none once the machine may be gone.
struct Slot(Mutex<Option<*mut ffi::lua_Callbacks>>);

// SAFETY: the pointer is only used under the lock and only while it is there, and it is there only
// while the machine lives: `Interrupter` takes it out before. What is done with it is one atomic
// store of the interrupt, the one callback that Luau allows any thread to set (VM/include/lua.h, at
// `lua_Callbacks`).
unsafe impl Send for Slot {}
unsafe impl Sync for Slot {}

impl<'a> Interrupter<'a> {
    /// Has `cancel` end this machine's script, and so many calls and turns of loops.
    pub(in crate::engine::lua) fn install(
        lua: &'a Lua,
        cancel: &Cancel,
        operations: Option<u64>,
    ) -> mlua::Result<Self> {
        // First: a cancel that comes between the two must not be overwritten.
        if let Some(most) = operations {
            count(lua, most, cancel.clone());
        }
        let mut callbacks = ptr::null_mut();
        // SAFETY: `lua_callbacks` only reads the state it is given, and leaves the stack alone.
        let read = unsafe { lua.exec_raw::<()>((), |state| callbacks = ffi::lua_callbacks(state)) };
        let known = read.is_ok() && !callbacks.is_null();
        let slot = Arc::new(Slot(Mutex::new(known.then_some(callbacks))));
        let target = Arc::clone(&slot);
        cancel.on_cancel(move || target.trip());
        Ok(Self { lua, slot })
    }
}

impl Drop for Interrupter<'_> {
    fn drop(&mut self) {
        self.slot.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        // What ended this call is not to end the next one.
        self.lua.remove_interrupt();
    }
}

fn count(lua: &Lua, most: u64, cancel: Cancel) {
    let done = Cell::new(0_u64);
    lua.set_interrupt(move |_| {
        done.set(done.get() + 1);
        if done.get() > most {
            cancel.cancel(out_of_operations(most));
        }
        Ok(VmState::Continue)
    });
}

impl Slot {
    fn trip(&self) {
        let slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(callbacks) = *slot {
            // SAFETY: the machine lives (see above), the field is one aligned word, and
            // `Option<fn>` has the layout of a nullable pointer.
            unsafe {
                let field = ptr::addr_of_mut!((*callbacks).interrupt).cast::<*mut ()>();
                AtomicPtr::from_ptr(field).store(raise as Interrupt as *mut (), Ordering::Release);
            }
        }
    }
}

/// Raises an error at every safe point, so that a script that catches one meets the next.
unsafe extern "C-unwind" fn raise(state: *mut ffi::lua_State, gc: std::os::raw::c_int) {
    // The collector cannot bear an error.
    if gc >= 0 {
        return;
    }
    // SAFETY: the VM calls this with a valid state at a point where errors are allowed; the stack
    // is grown before something is pushed; no Rust value is alive that would have to be dropped.
    unsafe {
        ffi::lua_rawcheckstack(state, 1);
        ffi::lua_pushstring(state, c"the run was ended".as_ptr());
        ffi::lua_error(state)
    }
}
