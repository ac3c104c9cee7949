//! A call that is ended from outside ends at once, wherever it is, and its script is not used again.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use cliengo::api::{Cancel, Context, Level, Sink};
use cliengo::client::Client;
use cliengo::engine::Limits;
use cliengo::{Error, ErrorKind};
use serde_json::{Map, Value};

use crate::{Pair, call, call_under};

/// Says that the call is under way, at its first word.
struct Begun(std::sync::Mutex<std::sync::mpsc::Sender<()>>);

impl Sink for Begun {
    fn print(&self, _: &str) {
        self.0.lock().unwrap().send(()).unwrap();
    }

    fn log(&self, _: Level, _: &str, _: &Map<String, Value>) {}
}

#[test]
fn a_cancel_ends_a_call_wherever_it_is_and_the_script_with_it() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let pair = Pair {
        lua: "function endless() print() while true do end end
              function catching()
                  print()
                  while true do pcall(function() while true do end end) end
              end
              function sleeping() print() cliengo.sleep('1h') end
              function waiting() print() pcall(cliengo.account.get) end
              function stepping()
                  pcall(cliengo.once, 'step', function() print() while true do end end)
              end",
        rhai: "fn endless() { print(\"\"); loop {} }
               fn catching() { print(\"\"); loop { try { loop {} } catch {} } }
               fn sleeping() { print(\"\"); cliengo.sleep(\"1h\"); }
               fn waiting() { print(\"\"); try { cliengo.account.get() } catch {} }
               fn stepping() {
                   try { cliengo.once(\"step\", || { print(\"\"); loop {} }) } catch {}
               }",
    };
    for name in ["endless", "catching", "sleeping", "waiting", "stepping"] {
        pair.each(Limits::default(), |script, language| {
            let (cancel, (begun, begins)) = (Cancel::default(), channel());
            let ending = cancel.clone();
            let ends = thread::spawn(move || {
                begins.recv().unwrap();
                ending.cancel(Error::new(ErrorKind::Cancelled, "enough"));
                Instant::now()
            });
            let client = Client::builder().base_url(&url).api_key("key").build().unwrap();
            let steps = Arc::new(cliengo::api::MemorySteps::default());
            let sink = Arc::new(Begun(begun.into()));
            let context =
                Context::builder().client(client).steps(steps).sink(sink).cancel(cancel).build();
            let failure = call_under(&context, script, name, &[]).unwrap_err();
            let took = ends.join().unwrap().elapsed();
            assert!(took < Duration::from_secs(2), "{name} in {language:?}: {took:?}");
            assert_eq!(failure.error.message, "enough", "{name} in {language:?}");
            assert!(!script.is_usable());
            let refused = call(script, "endless", &[]).unwrap_err();
            assert!(refused.error.message.contains("earlier call"), "{refused}");
        });
    }
}

#[test]
fn a_call_that_was_over_before_it_began_leaves_the_script_as_it_is() {
    let pair = Pair { lua: "function on_lead() return 1 end", rhai: "fn on_lead() { 1 }" };
    pair.each(Limits::default(), |script, _| {
        let cancel = Cancel::default();
        cancel.cancel(Error::new(ErrorKind::Cancelled, "too late"));
        let context = Context::builder().cancel(cancel).build();
        let failure = call_under(&context, script, "on_lead", &[]).unwrap_err();
        assert_eq!(failure.error.message, "too late");
        assert_eq!(call(script, "on_lead", &[]).unwrap(), 1);
    });
}

#[test]
fn a_cancel_of_one_call_does_not_reach_the_next() {
    let pair = Pair { lua: "function on_lead() return 1 end", rhai: "fn on_lead() { 1 }" };
    pair.each(Limits::default(), |script, _| {
        let cancel = Cancel::default();
        let context = Context::builder().cancel(cancel.clone()).build();
        call_under(&context, script, "on_lead", &[]).unwrap();
        cancel.cancel(Error::new(ErrorKind::Cancelled, "the call is over"));
        assert_eq!(call(script, "on_lead", &[]).unwrap(), 1);
        assert!(script.is_usable());
    });
}

#[test]
fn a_call_over_its_memory_ends_and_the_script_with_it() {
    let pair = Pair {
        lua: "function greedy()
                  local list = {}
                  while true do table.insert(list, string.rep('x', 100000) .. #list) end
              end
              function modest() return 1 end",
        rhai: "fn greedy() {
                   let list = [];
                   loop { let text = \"x\"; text.pad(100000, 'x'); list.push(text); }
               }
               fn modest() { 1 }",
    };
    let limits = Limits { memory: Some(32 << 20), operations: None };
    pair.each(limits, |script, language| {
        assert_eq!(call(script, "modest", &[]).unwrap(), 1);
        let failure = call(script, "greedy", &[]).unwrap_err();
        assert_eq!(failure.error.kind, ErrorKind::Limit, "{language:?}: {failure}");
        assert!(failure.error.message.contains("32 MiB"), "{language:?}: {failure}");
        assert!(!script.is_usable());
    });
}

#[test]
fn operations_are_counted_for_each_call() {
    let pair = Pair {
        lua: "function turns(count) for _ = 1, count do end return count end",
        rhai: "fn turns(count) { for i in 0..count {} count }",
    };
    let limits = Limits { memory: None, operations: Some(20_000) };
    pair.each(limits, |script, language| {
        for _ in 0..30 {
            assert_eq!(call(script, "turns", &["1000"]).unwrap(), 1_000, "{language:?}");
        }
        let failure = call(script, "turns", &["1000000"]).unwrap_err();
        assert_eq!(failure.error.kind, ErrorKind::Limit, "{language:?}: {failure}");
    });
}
