//! `cliengo.once`: a step that is done once, whatever becomes of the run around it.

use std::collections::{HashMap, hash_map::Entry};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::callback::Step;
use super::function::{Answer, ApiFn, Call, Example, Param, ParamType};
use super::{Context, Pending};
use crate::{Error, Result};

pub(super) const FUNCTIONS: &[ApiFn] = &[ApiFn {
    path: "once",
    alias: None,
    params: &[
        Param {
            name: "key",
            kind: ParamType::Text,
            optional: false,
            doc: "What names the step: the same in every run that means the same step.",
        },
        Param {
            name: "step",
            kind: ParamType::Step,
            optional: false,
            doc: "The function that does it.",
        },
    ],
    returns: "what the function gave, now or when the step was done",
    doc: "Does a step once. Where the function gives a result, that is recorded, and later calls with \
          the same key give it without calling the function again, in later runs too. Where the \
          function raises an error, nothing is recorded. A run that is cut off between the two may do \
          the step again.",
    example: Example {
        lua: "local calls = 0\n\
              local function greet() calls += 1 return \"sent\" end\n\
              cliengo.once(\"greeting/ana\", greet)\n\
              return { cliengo.once(\"greeting/ana\", greet), calls }",
        rhai: "let calls = 0;\n\
               let greet = || { calls += 1; \"sent\" };\n\
               cliengo.once(\"greeting/ana\", greet);\n\
               [cliengo.once(\"greeting/ana\", greet), calls]",
        expect: "[\"sent\", 1]",
    },
    mutates: false,
    handler: |call| Box::pin(async move { once(&call) }),
}];

/// Keeps the results of steps.
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
    under_way: StepsUnderWay,
}

impl Steps for MemorySteps {
    fn done(&self, key: &str) -> Result<Option<Value>> {
        Ok(locked(&self.results).get(key).cloned())
    }

    fn finish(&self, key: &str, value: &Value) -> Result<()> {
        locked(&self.results).insert(key.to_owned(), value.clone());
        Ok(())
    }

    fn under_way(&self) -> &StepsUnderWay {
        &self.under_way
    }
}

/// A step that is being done, until this is dropped.
struct UnderWay {
    steps: Arc<dyn Steps>,
    key: String,
}

impl UnderWay {
    /// Takes the key for this run.
    fn begin(steps: &Arc<dyn Steps>, key: &str, context: &Arc<Context>) -> Result<Self> {
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

    fn finish(self, value: Value) -> Result<Answer> {
        self.steps.finish(&self.key, &value)?;
        Ok(Answer::Value(value))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        locked(&self.steps.under_way().0).remove(&self.key);
    }
}

impl fmt::Debug for UnderWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UnderWay").field(&self.key).finish()
    }
}

fn once(call: &Call) -> Result<Answer> {
    let (key, steps) = (call.text(0), call.context.steps()?);
    let Some(function) = call.function(1) else { return Err(Error::invalid("once needs step")) };
    if key.trim().is_empty() {
        return Err(Error::invalid("once: key must not be empty"));
    }
    // Taken before the results are looked at: between the two another run could finish the step.
    let under_way = UnderWay::begin(steps, key, &call.context);
    let under_way = under_way.map_err(|error| error.within("once"))?;
    if let Some(value) = steps.done(key)? {
        return Ok(Answer::Value(value));
    }
    Ok(Answer::Step(Step {
        callback: function.clone(),
        arguments: Vec::new(),
        // Recorded at once and not when the answer is waited for: a cancel must not come between.
        then: Box::new(move |value| -> Pending {
            let answer = under_way.finish(value);
            Box::pin(std::future::ready(answer))
        }),
    }))
}

fn within_itself(key: &str) -> Error {
    Error::invalid(format!("\"{key}\" is under way in this run, and would wait for itself"))
        .with_hint("give each step a key of its own")
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
