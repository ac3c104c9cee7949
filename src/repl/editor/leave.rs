//! Ctrl-C, with the ghost behind the line taken away.
//!
//! The line editor's own answer to the key leaves what stands dimly behind the cursor on the screen, as if it
//! had been typed. A line that is entered is drawn once more without it, so the key enters the line, and
//! whoever reads it learns here that it was dropped.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustyline::{
    Cmd, ConditionalEventHandler, Event, EventContext, EventHandler, KeyEvent, RepeatCount,
};

/// Whether the line that was read last was dropped. Clones are one.
#[derive(Debug, Clone, Default)]
pub(super) struct Dropped(Arc<AtomicBool>);

impl Dropped {
    /// The key that drops a line, and what it does.
    pub(super) fn binding(&self) -> (KeyEvent, EventHandler) {
        (KeyEvent::ctrl('C'), EventHandler::Conditional(Box::new(self.clone())))
    }

    /// True where the line was dropped; the next one is not, until the key is pressed.
    pub(super) fn take(&self) -> bool {
        self.0.swap(false, Ordering::SeqCst)
    }
}

impl ConditionalEventHandler for Dropped {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, _: &EventContext<'_>) -> Option<Cmd> {
        self.0.store(true, Ordering::SeqCst);
        Some(Cmd::AcceptLine)
    }
}
