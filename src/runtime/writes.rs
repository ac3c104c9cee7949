//! The undo journal of a run, in the store.

use std::sync::Arc;

use super::State;
use crate::Result;
use crate::api::{Context, WriteLog};
use crate::store::{NewWrite, WriteEnd};

/// Keeps the writes of a run that is recorded already: an attempt at an event, a run of a schedule.
struct StoredWrites {
    state: State,
    run: u64,
}

impl WriteLog for StoredWrites {
    fn begin(&self, write: &NewWrite) -> Result<u64> {
        self.state.store()?.begin_write(self.run, write)
    }

    fn end(&self, number: u64, end: &WriteEnd) -> Result<()> {
        self.state.store()?.end_write(number, end)
    }
}

/// What keeps the writes of this run, where those of its script are kept at all.
pub(crate) fn log_of(state: &State, run: u64, base: &Context) -> Option<Arc<dyn WriteLog>> {
    base.write_log()?;
    Some(Arc::new(StoredWrites { state: state.clone(), run }))
}
