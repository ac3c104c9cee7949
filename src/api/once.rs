//! `cliengo.once`: a step that is done once, whatever becomes of the run around it.

use super::Pending;
use super::callback::Step;
use super::errors;
use super::function::{Answer, ApiFn, Call, Example, Param, ParamType};
use super::steps::UnderWay;
use super::{Handler, ReturnType};
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
    gives: ReturnType::SameAsFunction,
    doc: "Does a step once. Where the function gives a result, that is recorded, and later calls with \
          the same key give it without calling the function again, in later runs too. Where the \
          function raises an error, nothing is recorded. A run that is cut off between the two may do \
          the step again.",
    example: Example {
        lua: "local calls = 0\n\
              local function greet() calls = calls + 1 return \"sent\" end\n\
              cliengo.once(\"greeting/ana\", greet)\n\
              return { cliengo.once(\"greeting/ana\", greet), calls }",
        rhai: "let calls = 0;\n\
               let greet = || { calls += 1; \"sent\" };\n\
               cliengo.once(\"greeting/ana\", greet);\n\
               [cliengo.once(\"greeting/ana\", greet), calls]",
        expect: "[\"sent\", 1]",
    },
    errors: errors::KEPT,
    mutates: false,
    handler: Handler::Builtin(|call| Box::pin(async move { once(&call) })),
}];

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
            let recorded = under_way.finish(&value);
            Box::pin(std::future::ready(recorded.map(|()| Answer::Value(value))))
        }),
    }))
}
