//! A run of a whole script, which is recorded when it first writes.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::attempt::ScriptName;
use super::{Held, State};
use crate::api::WriteLog;
use crate::engine::Source;
use crate::store::{NewRun, NewWrite, RunEnd, RunKind, RunState, WriteEnd};
use crate::{Error, ErrorKind, Result};

/// How long the runs of scripts are kept.
const KEEP: Duration = Duration::from_secs(30 * 86_400);

/// A run of a whole script. One that writes nothing leaves no trace; at its first write it is recorded, and
/// from then on every write with the contact before it, so that the run can be undone.
pub struct ScriptRun {
    state: State,
    begin: NewRun,
    begun: Mutex<Option<(u64, Option<Held>)>>,
    /// What it is where nobody told of its end.
    unended: RunState,
}

impl ScriptRun {
    /// A run of this script, with these arguments.
    pub fn of_source(state: &State, source: &Source, arguments: &[String]) -> Arc<Self> {
        let script = ScriptName::of(source);
        let input = json!({ "arguments": arguments });
        Self::new(state, (&script.name, &script.hash), input, RunState::Cancelled)
    }

    /// A run of something else than a script, such as a prompt, which is over when this is dropped.
    pub fn named(state: &State, subject: &str, input: Value) -> Arc<Self> {
        Self::new(state, (subject, ""), input, RunState::Done)
    }

    /// The same of work that is cut off where this is dropped before its end was told.
    pub(crate) fn of_work(state: &State, subject: &str, input: Value) -> Arc<Self> {
        Self::new(state, (subject, ""), input, RunState::Cancelled)
    }

    fn new(
        state: &State,
        (subject, hash): (&str, &str),
        input: Value,
        unended: RunState,
    ) -> Arc<Self> {
        let begin = NewRun {
            kind: RunKind::Script,
            subject: subject.to_owned(),
            script: subject.to_owned(),
            script_hash: hash.to_owned(),
            input,
            started: Timestamp::now(),
        };
        Arc::new(Self { state: state.clone(), begin, begun: Mutex::default(), unended })
    }

    /// Its number, once it has written.
    pub fn number(&self) -> Option<u64> {
        self.begun().as_ref().map(|(id, _)| *id)
    }

    /// Keeps how it ended, where it was recorded.
    ///
    /// # Errors
    /// [`ErrorKind::State`] where that cannot be kept.
    pub fn end(&self, how: &RunEnd) -> Result<()> {
        let mut begun = self.begun();
        let Some((id, held)) = begun.as_mut() else { return Ok(()) };
        // What is told of it once has to be true when others see that it is over.
        let ended = self.state.store().and_then(|store| store.end_run(*id, how));
        *held = None;
        ended
    }

    /// Its number; it is recorded where it was not.
    fn recorded(&self) -> Result<u64> {
        let mut begun = self.begun();
        if let Some((id, _)) = &*begun {
            return Ok(*id);
        }
        self.forget_old()?;
        let (id, held) = self.state.begin_run(&self.begin)?;
        *begun = Some((id, Some(held)));
        Ok(id)
    }

    /// Where no daemon does so, whoever begins a run forgets those that are old.
    fn forget_old(&self) -> Result<()> {
        self.state.lose_left_runs()?;
        let before = Timestamp::now().checked_sub(KEEP).unwrap_or(Timestamp::MIN);
        self.state.store()?.prune_scripts(before).map(drop)
    }

    fn begun(&self) -> MutexGuard<'_, Option<(u64, Option<Held>)>> {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl WriteLog for ScriptRun {
    fn begin(&self, write: &NewWrite) -> Result<u64> {
        let run = self.recorded()?;
        self.state.store()?.begin_write(run, write)
    }

    fn end(&self, number: u64, end: &WriteEnd) -> Result<()> {
        self.state.store()?.end_write(number, end)
    }

    /// Where that cannot be kept, the run is taken for lost, and what it wrote is kept all the same.
    fn close(&self, error: Option<&Error>) {
        let state = match error {
            None => RunState::Done,
            Some(error) if error.kind == ErrorKind::Cancelled => RunState::Cancelled,
            Some(_) => RunState::Failed,
        };
        let error = error.map(ToString::to_string);
        drop(ScriptRun::end(self, &RunEnd { error, ..RunEnd::now(state) }));
    }
}

/// One whose end nobody told of, such as a prompt's, ends with whoever had it.
impl Drop for ScriptRun {
    fn drop(&mut self) {
        if self.begun().as_ref().is_some_and(|(_, held)| held.is_some()) {
            drop(ScriptRun::end(self, &RunEnd::now(self.unended)));
        }
    }
}

impl fmt::Debug for ScriptRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScriptRun").field("number", &self.number()).finish_non_exhaustive()
    }
}
