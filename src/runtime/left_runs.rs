//! Runs whose program ended in the middle of them.

use jiff::Timestamp;

use super::State;
use crate::Result;
use crate::store::{RunEnd, RunKind, RunQuery, RunRecord, RunState};

#[cfg(feature = "serve")]
use crate::store::StateLock;

impl State {
    /// Notes of the runs of scripts whose program is gone that they are lost.
    ///
    /// # Errors
    /// [`ErrorKind::State`](crate::ErrorKind::State) where the state cannot be read or written.
    pub fn lose_left_runs(&self) -> Result<()> {
        let store = self.store()?;
        let query = RunQuery { state: Some(RunState::Running), ..RunQuery::default() };
        let running = store.runs(&query)?;
        let scripts: Vec<u64> = running
            .iter()
            .filter(|run| run.begin.kind == RunKind::Script)
            .map(|run| run.id)
            .collect();
        for run in self.left(&scripts)? {
            store.end_run(run, &RunEnd::lost(Timestamp::now()))?;
        }
        Ok(())
    }

    /// Those of the runs of scripts that no process is on. Where there is no folder, nobody can tell.
    #[cfg(feature = "serve")]
    fn left(&self, runs: &[u64]) -> Result<Vec<u64>> {
        self.folder().map_or(Ok(Vec::new()), |folder| StateLock::left_runs(folder, runs))
    }

    #[cfg(not(feature = "serve"))]
    fn left(&self, _: &[u64]) -> Result<Vec<u64>> {
        Ok(Vec::new())
    }

    /// True for a run that is still under way, as far as can be told from outside.
    #[cfg(feature = "serve")]
    pub(crate) fn is_under_way(&self, run: &RunRecord) -> bool {
        let folder = self.folder().filter(|_| run.state == RunState::Running);
        folder.is_some_and(|folder| match run.begin.kind {
            RunKind::Script => true,
            RunKind::Event => StateLock::holder_of_watch(folder, &run.begin.subject).is_some(),
            RunKind::Schedule => StateLock::holder_of_daemon(folder).is_some(),
        })
    }

    /// True for a run that is still under way, as far as can be told from outside.
    #[cfg(not(feature = "serve"))]
    pub(crate) fn is_under_way(&self, _: &RunRecord) -> bool {
        false
    }
}
