//! The results of a rehearsal's steps: what was done in earnest is known, and nothing is recorded there.

use std::sync::Arc;

use serde_json::Value;

use crate::Result;
use crate::api::{MemorySteps, Steps, StepsUnderWay};

/// Reads the real results, and keeps its own until the rehearsal is over.
pub(in crate::api) struct RehearsedSteps {
    real: Arc<dyn Steps>,
    own: MemorySteps,
}

impl RehearsedSteps {
    pub(in crate::api) fn over(real: Arc<dyn Steps>) -> Self {
        Self { real, own: MemorySteps::default() }
    }
}

impl Steps for RehearsedSteps {
    fn done(&self, key: &str) -> Result<Option<Value>> {
        match self.own.done(key)? {
            Some(value) => Ok(Some(value)),
            None => self.real.done(key),
        }
    }

    fn finish(&self, key: &str, value: &Value) -> Result<()> {
        self.own.finish(key, value)
    }

    fn begin(&self, key: &str, note: &Value) -> Result<()> {
        self.own.begin(key, note)
    }

    fn begun(&self, key: &str) -> Result<Option<Value>> {
        match self.own.begun(key)? {
            Some(note) => Ok(Some(note)),
            None => self.real.begun(key),
        }
    }

    fn forget(&self, key: &str) -> Result<()> {
        self.own.forget(key)
    }

    fn under_way(&self) -> &StepsUnderWay {
        self.own.under_way()
    }
}
