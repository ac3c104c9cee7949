//! Each call has a context of its own.

use std::sync::{Arc, Mutex};

use cliengo::api::{Context, Level, Sink};
use cliengo::client::Client;
use cliengo::emulator::{Emulator, EmulatorOptions};
use cliengo::engine::Limits;
use serde_json::{Map, Value};

use crate::{Pair, call, call_under};

/// Keeps the words of one call.
#[derive(Default)]
struct Words(Mutex<Vec<String>>);

impl Sink for Words {
    fn print(&self, line: &str) {
        self.0.lock().unwrap().push(line.to_owned());
    }

    fn log(&self, level: Level, message: &str, _: &Map<String, Value>) {
        self.0.lock().unwrap().push(format!("{} {message}", level.as_str()));
    }
}

#[test]
fn a_call_speaks_to_its_own_sink() {
    let pair = Pair {
        lua: "function on_lead(name) print('print', name) cliengo.log.info(name) end",
        rhai: "fn on_lead(name) { print(`print\t${name}`); cliengo.log.info(name); }",
    };
    pair.each(Limits::default(), |script, _| {
        for name in [r#""Ana""#, r#""Bruno""#] {
            let words = Arc::new(Words::default());
            let sink = Arc::clone(&words) as Arc<dyn Sink>;
            let context = Context::builder().sink(sink).build();
            call_under(&context, script, "on_lead", &[name]).unwrap();
            let name = name.trim_matches('"');
            let expected = [format!("print\t{name}"), format!("info {name}")];
            assert_eq!(*words.0.lock().unwrap(), expected);
        }
    });
}

#[test]
fn a_call_uses_its_own_account_and_journal() {
    let emulator = Emulator::start(EmulatorOptions { contacts: 3, ..Default::default() }).unwrap();
    let client = Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
    let client = client.build().unwrap();
    let pair = Pair {
        lua: "function on_lead()
                  for contact in cliengo.contacts.each() do cliengo.contacts.delete(contact.id) break end
              end",
        rhai: "fn on_lead() {
                   for contact in cliengo.contacts.each() { cliengo.contacts.delete(contact.id); break; }
               }",
    };
    pair.each(Limits::default(), |script, _| {
        let context = Context::builder().client(client.clone()).build();
        call_under(&context, script, "on_lead", &[]).unwrap();
        assert_eq!(context.journal().writes().len(), 1);
        let careful = Context::builder().client(client.clone()).read_only(true).build();
        let failure = call_under(&careful, script, "on_lead", &[]).unwrap_err();
        assert_eq!(failure.error.kind, cliengo::ErrorKind::Denied);
        assert_eq!((careful.journal().writes().len(), context.journal().writes().len()), (0, 1));
        let failure = call(script, "on_lead", &[]).unwrap_err();
        assert_eq!(failure.error.kind, cliengo::ErrorKind::Unauthorized);
    });
}
