//! Ends a running script from another thread, and one that does too much.
//!
//! Nothing of Lua 5.4 may be touched from another thread, so the script looks for its end itself, in a hook,
//! every so many instructions. That costs it up to half of its speed. Only the global hook is inherited by
//! coroutines that the script makes.

use std::cell::Cell;

use mlua::{Error as VmError, HookTriggers, Lua, Result, VmState};

use crate::api::Cancel;
use crate::engine::failure::out_of_operations;

/// Instructions between two looks: microseconds.
const STRIDE: u32 = 1000;

/// Ends the machine's script while it is there.
pub(in crate::engine::lua) struct Interrupter<'a>(&'a Lua);

impl<'a> Interrupter<'a> {
    /// Has `cancel` end this machine's script, and so many instructions.
    pub(in crate::engine::lua) fn install(
        lua: &'a Lua,
        cancel: &Cancel,
        operations: Option<u64>,
    ) -> Result<Self> {
        let (cancel, done) = (cancel.clone(), Cell::new(0_u64));
        lua.set_global_hook(every(STRIDE), move |lua, _| {
            done.set(done.get() + u64::from(STRIDE));
            if let Some(most) = operations.filter(|most| done.get() > *most) {
                cancel.cancel(out_of_operations(most));
            }
            match cancel.reason() {
                None => Ok(VmState::Continue),
                Some(_) => end(lua),
            }
        })?;
        Ok(Self(lua))
    }
}

impl Drop for Interrupter<'_> {
    fn drop(&mut self) {
        self.0.remove_global_hook();
        self.0.remove_hook();
    }
}

/// Raises an error at every instruction from here on, so that a script that catches one meets the next. Each
/// coroutine has a hook of its own, and meets this in its own time.
fn end(lua: &Lua) -> Result<VmState> {
    lua.set_global_hook(every(1), |lua, _| end(lua))?;
    Err(VmError::runtime("the run was ended"))
}

const fn every(instructions: u32) -> HookTriggers {
    HookTriggers::new().every_nth_instruction(instructions)
}
