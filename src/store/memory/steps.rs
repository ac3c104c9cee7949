//! Durable steps in memory.

use jiff::Timestamp;
use serde_json::Value;

use super::State;
use crate::Result;
use crate::store::refusal::step_is_done;
use crate::store::{StepRecord, StepState};

impl State {
    pub(super) fn begin_step(
        &mut self,
        scope: &str,
        key: &str,
        note: &Value,
        at: Timestamp,
    ) -> Result<()> {
        let place = (scope.to_owned(), key.to_owned());
        if self.steps.get(&place).is_some_and(|step| step.state == StepState::Done) {
            return Err(step_is_done(scope, key));
        }
        self.steps.insert(place, StepRecord { state: StepState::Begun, value: note.clone(), at });
        Ok(())
    }

    pub(super) fn forget_step(&mut self, scope: &str, key: &str) {
        let place = (scope.to_owned(), key.to_owned());
        if self.steps.get(&place).is_some_and(|step| step.state == StepState::Begun) {
            self.steps.remove(&place);
        }
    }
}
