//! `cliengo.once` across calls and runs.

use std::sync::{Arc, Mutex};

use cliengo::api::{Cancel, Context, Level, MemorySteps, Sink, Steps, StepsUnderWay};
use cliengo::engine::{Language, Limits};
use cliengo::{Error, ErrorKind, Result};
use serde_json::{Map, Value, json};

use crate::{Pair, call, call_under};

fn context(steps: &Arc<MemorySteps>) -> Arc<Context> {
    Context::builder().steps(Arc::clone(steps) as Arc<dyn Steps>).build()
}

const STEP: Pair = Pair {
    lua: "function on_lead(value) return cliengo.once('step', function() return value end) end",
    rhai: "fn on_lead(value) { cliengo.once(\"step\", || value) }",
};

#[test]
fn a_step_is_done_once_whatever_script_asks_for_it() {
    let steps = Arc::new(MemorySteps::default());
    let value = r#"[null, 0, "first"]"#;
    STEP.each(Limits::default(), |script, _| {
        let context = context(&steps);
        let given = call_under(&context, script, "on_lead", &[value]).unwrap();
        assert_eq!(given, json!([null, 0, "first"]));
        let again = call_under(&context, script, "on_lead", &["2"]).unwrap();
        assert_eq!(again, json!([null, 0, "first"]));
    });
}

#[test]
fn a_run_that_keeps_no_state_says_so_and_does_not_do_the_step() {
    STEP.each(Limits::default(), |script, _| {
        let failure = call(script, "on_lead", &["1"]).unwrap_err();
        assert_eq!(failure.error.message, "this run keeps no state");
        assert_eq!(failure.error.kind, ErrorKind::Invalid);
    });
}

#[test]
fn a_step_that_another_run_is_doing_is_an_error_to_try_again() {
    let outer = Pair {
        lua: "function on_lead() return cliengo.once('step', function() print() return 1 end) end",
        rhai: "fn on_lead() { cliengo.once(\"step\", || { print(\"\"); 1 }) }",
    };
    outer.each(Limits::default(), |script, _| {
        let steps = Arc::new(MemorySteps::default());
        let doing = Arc::new(Doing { steps: Arc::clone(&steps), told: Mutex::default() });
        let sink = Arc::clone(&doing) as Arc<dyn Sink>;
        let context = Context::builder().steps(steps).sink(sink).build();
        assert_eq!(call_under(&context, script, "on_lead", &[]).unwrap(), 1);
        let told = doing.told.lock().unwrap().take().unwrap();
        assert!(told.retryable && told.message.contains("another run"), "{told}");
    });
}

/// While a step is being done, asks for the same one in another run.
struct Doing {
    steps: Arc<MemorySteps>,
    told: Mutex<Option<Error>>,
}

impl Sink for Doing {
    fn print(&self, _: &str) {
        let context = context(&self.steps);
        STEP.each(Limits::default(), |script, _| {
            let failure = call_under(&context, script, "on_lead", &["1"]).unwrap_err();
            *self.told.lock().unwrap() = Some(failure.error);
        });
    }

    fn log(&self, _: Level, _: &str, _: &Map<String, Value>) {}
}

/// Results that are not recorded.
struct Broken(MemorySteps);

impl Steps for Broken {
    fn begin(&self, _: &str, _: &Value) -> Result<()> {
        Ok(())
    }

    fn begun(&self, _: &str) -> Result<Option<Value>> {
        Ok(None)
    }

    fn forget(&self, _: &str) -> Result<()> {
        Ok(())
    }

    fn done(&self, key: &str) -> Result<Option<Value>> {
        self.0.done(key)
    }

    fn finish(&self, _: &str, _: &Value) -> Result<()> {
        Err(Error::invalid("the disk is full"))
    }

    fn under_way(&self) -> &StepsUnderWay {
        self.0.under_way()
    }
}

#[test]
fn a_result_that_is_not_recorded_is_an_error_and_the_key_is_free_again() {
    STEP.each(Limits::default(), |script, _| {
        let broken = Arc::new(Broken(MemorySteps::default()));
        let context = Context::builder().steps(broken).build();
        for _ in 0..2 {
            let failure = call_under(&context, script, "on_lead", &["1"]).unwrap_err();
            assert_eq!(failure.error.message, "the disk is full");
        }
    });
}

#[test]
fn a_step_that_was_cancelled_is_free_for_the_next_run() {
    let pair = Pair {
        lua: "function on_lead() cliengo.once('step', function() cliengo.log.info('end') while true do end end) end",
        rhai: "fn on_lead() { cliengo.once(\"step\", || { cliengo.log.info(\"end\"); loop {} }); }",
    };
    let steps = Arc::new(MemorySteps::default());
    pair.each(Limits::default(), |script, _| {
        let cancel = Cancel::default();
        let sink = Arc::new(Ending(cancel.clone()));
        let context = Context::builder()
            .steps(Arc::clone(&steps) as Arc<dyn Steps>)
            .sink(sink)
            .cancel(cancel)
            .build();
        call_under(&context, script, "on_lead", &[]).unwrap_err();
    });
    STEP.each(Limits::default(), |script, _| {
        assert_eq!(call_under(&context(&steps), script, "on_lead", &["1"]).unwrap(), 1);
    });
}

/// Ends the run at its first log line.
struct Ending(Cancel);

impl Sink for Ending {
    fn print(&self, _: &str) {}

    fn log(&self, _: Level, _: &str, _: &Map<String, Value>) {
        self.0.cancel(Error::new(ErrorKind::Cancelled, "enough"));
    }
}

#[test]
fn an_error_of_a_step_tells_the_calls_that_led_to_it() {
    let pair = Pair {
        lua: "local function deep()\n    error('broken')\nend\nfunction on_lead()\n    \
              pcall(cliengo.once, 'step', deep)\n    cliengo.once('step', function()\n        \
              deep()\n    end)\nend",
        rhai: "fn deep() {\n    throw \"broken\";\n}\nfn on_lead() {\n    \
               try { cliengo.once(\"step\", deep); } catch {}\n    cliengo.once(\"step\", || {\n        \
               deep();\n    });\n}",
    };
    pair.each(Limits::default(), |script, language| {
        let context = context(&Arc::default());
        let failure = call_under(&context, script, "on_lead", &[]).unwrap_err();
        assert_eq!(failure.error.message, "broken");
        let lines: Vec<_> = failure.frames.iter().map(|frame| frame.line).collect();
        assert_eq!(lines, [2, 7, 6], "{language:?}: {failure:?}");
    });
}

#[test]
fn a_step_can_yield_and_one_that_is_given_up_is_free_when_the_run_is_over() {
    let steps = Arc::new(MemorySteps::default());
    let pair = Pair {
        lua: "function on_lead(name)
                  local step = coroutine.wrap(function()
                      return cliengo.once(name, function() return coroutine.yield('yielded') end)
                  end)
                  local yielded = step()
                  if name == 'given up' then return yielded end
                  local _, problem = pcall(cliengo.once, name, print)
                  return { yielded, problem.retryable, step('resumed'), cliengo.once(name, print) }
              end",
        rhai: "",
    };
    let lua = |script: &mut cliengo::engine::LoadedScript, name| {
        call_under(&context(&steps), script, "on_lead", &[name]).unwrap()
    };
    pair.each(Limits::default(), |script, language| {
        if language == Language::Lua {
            let expected = json!(["yielded", false, "resumed", "resumed"]);
            assert_eq!(lua(script, r#""step""#), expected);
            assert_eq!(lua(script, r#""given up""#), "yielded");
            assert_eq!(lua(script, r#""given up""#), "yielded");
        }
    });
}
