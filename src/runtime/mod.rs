//! Runs scripts: on a thread of their own, until they end, are cancelled, or their time is over.

mod supervise;

pub use supervise::{Interruption, Job, Outcome, supervise, wait_for_signal};
