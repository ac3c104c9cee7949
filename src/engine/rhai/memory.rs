//! How much memory a script's thread holds. Rhai keeps no account of it.
#![allow(
    unsafe_code,
    reason = "an allocator is unsafe to implement; this one only counts and passes on"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static ALLOWED: Cell<isize> = const { Cell::new(isize::MAX) };
}

/// The system's allocator, counting what each thread holds.
///
/// A program that runs Rhai scripts with a memory limit makes it its global allocator:
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

/// Lets the script that begins on this thread hold so many bytes more than are held now.
pub(super) fn allow(most: Option<usize>) {
    let most = most.and_then(|most| isize::try_from(most).ok()).unwrap_or(isize::MAX);
    ALLOWED.set(HELD.get().saturating_add(most));
}

/// True where the thread holds more than it may; never where nobody counts.
pub(super) fn exceeded() -> bool {
    HELD.get() > ALLOWED.get()
}
