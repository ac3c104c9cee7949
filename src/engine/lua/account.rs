//! What of a run's memory is left for a call: the machine's values have the rest.

use std::cell::Cell;

use mlua::Lua;

use crate::api::memory;

/// What every call has, in bytes, however full the machine is: it may be one that lets go of something.
const LEAST: usize = 1 << 20;

/// The memory of a machine's run.
#[derive(Debug)]
pub(super) struct Account {
    most: Option<usize>,
    /// From so many bytes on the machine lets go of what nothing refers to any more.
    full: Cell<usize>,
}

impl Account {
    /// The account of a machine that has at most so many bytes.
    pub(super) fn of(most: Option<usize>) -> Self {
        Self { most, full: Cell::new(most.map_or(usize::MAX, |most| most / 4 * 3)) }
    }

    /// Whatever works on this thread from now on has what the machine leaves. It is counted anew for each call: what
    /// threads let go of each other's memory would add up.
    pub(super) fn open(&self, lua: &Lua) {
        let Some(most) = self.most else { return memory::allow(None) };
        if lua.used_memory() > self.full.get() {
            // A failure to collect is one that the script meets itself.
            drop(lua.gc_collect());
            // A machine that is full of what is needed is not gone through at every call.
            self.full.set((most / 4 * 3).max(lua.used_memory().saturating_add(most / 16)));
        }
        memory::allow(Some(most.saturating_sub(lua.used_memory()).max(LEAST)));
    }
}
