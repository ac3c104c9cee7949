//! Where the results of steps are kept, and which steps are being done.

use std::collections::{HashMap, hash_map::Entry};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::Context;
use crate::{Error, Result};

/// Keeps the results of `cliengo.once`, and of creates with `once`.
///
/// ```
/// use std::sync::Arc;
/// use cliengo::api::{Context, MemorySteps, Steps};
/// use cliengo::engine::{Executor, Language, Limits, Source, run};
///
/// # #[cfg(feature = "lua")] {
/// let steps = Arc::new(MemorySteps::default());
/// for result in ["1", "2"] {
///     let code = format!("cliengo.once('step', function() return {result} end)");
///     let context = Context::builder().steps(Arc::clone(&steps) as Arc<dyn Steps>).build();
///     let source = Source::from_code(code, Language::Lua);
///     assert_eq!(run(&source, &context, Limits::default(), Executor::own()).unwrap(), 1);
/// }
/// # }
/// ```
pub trait Steps: Send + Sync {
    /// What the step gave; none where it was not done.
    ///
    /// # Errors
    /// Where that cannot be told.
    fn done(&self, key: &str) -> Result<Option<Value>>;

    /// Records what the step gave, so that it is there after a crash.
    ///
    /// # Errors
    /// Where it is not surely recorded.
    fn finish(&self, key: &str, value: &Value) -> Result<()>;

    /// Records that a step is about to be done, with what is to be known of it where it is cut off.
    ///
    /// # Errors
    /// Where it is not surely recorded.
    fn begin(&self, key: &str, note: &Value) -> Result<()>;

    /// The note of a step that was begun, and of which it is not known whether it was done.
    ///
    /// # Errors
    /// Where that cannot be told.
    fn begun(&self, key: &str) -> Result<Option<Value>>;

    /// Forgets a step that was begun and surely not done.
    ///
    /// # Errors
    /// Where it is not surely forgotten.
    fn forget(&self, key: &str) -> Result<()>;

    /// The steps that are being done now, of all who share these results in this process.
    fn under_way(&self) -> &StepsUnderWay;
}

/// The keys of steps that are being done, each with the run that does it.
#[derive(Debug, Default)]
pub struct StepsUnderWay(Mutex<HashMap<String, usize>>);

/// Results of steps that are gone with the process.
#[derive(Debug, Default)]
pub struct MemorySteps {
    results: Mutex<HashMap<String, Value>>,
    begun: Mutex<HashMap<String, Value>>,
    under_way: StepsUnderWay,
}

impl Steps for MemorySteps {
    fn done(&self, key: &str) -> Result<Option<Value>> {
        Ok(locked(&self.results).get(key).cloned())
    }

    fn finish(&self, key: &str, value: &Value) -> Result<()> {
        locked(&self.results).insert(key.to_owned(), value.clone());
        self.forget(key)
    }

    fn begin(&self, key: &str, note: &Value) -> Result<()> {
        locked(&self.begun).insert(key.to_owned(), note.clone());
        Ok(())
    }

    fn begun(&self, key: &str) -> Result<Option<Value>> {
        Ok(locked(&self.begun).get(key).cloned())
    }

    fn forget(&self, key: &str) -> Result<()> {
        locked(&self.begun).remove(key);
        Ok(())
    }

    fn under_way(&self) -> &StepsUnderWay {
        &self.under_way
    }
}

/// A step that is being done, until this is dropped.
pub(super) struct UnderWay {
    steps: Arc<dyn Steps>,
    key: String,
}

impl UnderWay {
    /// Takes the key for this run.
    pub(super) fn begin(steps: &Arc<dyn Steps>, key: &str, context: &Arc<Context>) -> Result<Self> {
        let run = Arc::as_ptr(context).addr();
        match locked(&steps.under_way().0).entry(key.to_owned()) {
            Entry::Vacant(free) => {
                free.insert(run);
                Ok(Self { steps: Arc::clone(steps), key: key.to_owned() })
            }
            Entry::Occupied(by) if *by.get() == run => Err(within_itself(key)),
            Entry::Occupied(_) => Err(Error::invalid(format!("another run is doing \"{key}\""))
                .with_retryable(true)
                .with_hint("call it again when that run is done with it")),
        }
    }

    /// Records what the step gave.
    pub(super) fn finish(self, value: &Value) -> Result<()> {
        self.steps.finish(&self.key, value)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        locked(&self.steps.under_way().0).remove(&self.key);
    }
}

fn within_itself(key: &str) -> Error {
    Error::invalid(format!("\"{key}\" is under way in this run, and would wait for itself"))
        .with_hint("give each step a key of its own")
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
