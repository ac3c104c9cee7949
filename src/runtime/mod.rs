//! Runs scripts, and other work of the program: on a thread of their own, until they end, are
//! cancelled, or their time is over.

mod attempt;
mod deadline;
mod entries;
mod interruptible;
mod left_runs;
mod live;
mod live_schedule;
mod one_cycle;
mod opened;
mod recorder;
mod script_run;
#[cfg(feature = "serve")]
mod serve;
mod state;
mod supervise;
mod undo;
mod wind_down;
mod writes;

pub use interruptible::interruptible;
pub use live::{Live, LiveEvent, LiveNews};
pub use live_schedule::{LiveRun, LiveSchedule};
pub use one_cycle::{CycleReport, WatchReport, one_cycle};
#[cfg(feature = "cli")]
pub(crate) use recorder::Recorder;
pub use script_run::ScriptRun;
#[cfg(feature = "serve")]
pub use serve::{Grants, ServeOptions, Stage, Wish, serve, serve_process};
pub use state::{Held, State};
pub(crate) use supervise::{GRACE, STACK, crashed};
pub use supervise::{Interruption, Job, Outcome, supervise, supervise_then, wait_for_signal};
pub use undo::{
    Effect, NetChange, UndoAction, UndoItem, UndoOptions, UndoOutcome, UndoReport, net_changes,
    undo, undo_state, undone_by,
};
pub use wind_down::{Ended, wind_down};
