//! Runs scripts, and other work of the program: on a thread of their own, until they end, are
//! cancelled, or their time is over.

mod interruptible;
mod supervise;
mod wind_down;

pub use interruptible::interruptible;
pub use supervise::{Interruption, Job, Outcome, supervise, wait_for_signal};
pub use wind_down::{Ended, wind_down};
