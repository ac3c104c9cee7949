//! How much memory a script's thread holds: Rhai keeps no account of it, and no language knows what a function that
//! is written in Rust needs while it works.
#![allow(
    unsafe_code,
    reason = "an allocator is unsafe to implement; this one only counts and passes on"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use crate::{Error, ErrorKind, Result};

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static ALLOWED: Cell<isize> = const { Cell::new(isize::MAX) };
}

/// The system's allocator, counting what each thread holds.
///
/// A program that runs scripts with a memory limit makes it its global allocator. Without it the limit holds for the
/// values of Lua scripts and for the arguments of calls, and not for the values of Rhai scripts, nor for what a
/// function of a module needs while it works:
///
/// ```
/// #[global_allocator]
/// static ALLOCATOR: cliengo::engine::CountingAllocator = cliengo::engine::CountingAllocator;
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct CountingAllocator;

fn count(bytes: usize, sign: isize) {
    let bytes = isize::try_from(bytes).unwrap_or(isize::MAX);
    // A thread that is being torn down has no counter any more, and no script either.
    let _ = HELD.try_with(|held| held.set(held.get().wrapping_add(bytes.wrapping_mul(sign))));
}

// SAFETY: every call goes to the system's allocator with the arguments it came with, and the counter
// is a plain cell whose access does not allocate.
unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 1);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 1);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(layout.size(), -1);
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size, 1);
        count(layout.size(), -1);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// Lets what begins on this thread hold so many bytes more than are held now.
pub(crate) fn allow(most: Option<usize>) {
    let most = most.and_then(|most| isize::try_from(most).ok()).unwrap_or(isize::MAX);
    ALLOWED.set(HELD.get().saturating_add(most));
}

/// True where the thread holds more than it may; never where nobody counts.
pub(crate) fn exceeded() -> bool {
    HELD.get() > ALLOWED.get()
}

/// The bytes that the thread may hold besides what it holds.
pub(crate) fn left() -> usize {
    usize::try_from(ALLOWED.get().saturating_sub(HELD.get())).unwrap_or(0)
}

/// That the thread holds no more than it may. Whatever makes much of little asks between two pieces of it.
///
/// # Errors
/// [`ErrorKind::Limit`]
pub(crate) fn check() -> Result<()> {
    if exceeded() { Err(too_little()) } else { Ok(()) }
}

/// That the thread may hold so many bytes more.
///
/// # Errors
/// [`ErrorKind::Limit`]
#[cfg(feature = "stdlib")]
pub(crate) fn check_room(bytes: usize) -> Result<()> {
    if bytes > left() { Err(too_little()) } else { Ok(()) }
}

/// The error of a call that needs more than what is left.
pub(crate) fn too_little() -> Error {
    Error::new(ErrorKind::Limit, "the call needs more memory than the script has left")
        .with_hint("give it less at a time, or allow the run more memory")
}
