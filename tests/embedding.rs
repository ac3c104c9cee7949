//! Scripts inside another program: on its own runtime, many at once, each with its own limits.
#![cfg(all(feature = "emulator", feature = "lua", feature = "rhai"))]
#![allow(clippy::unwrap_used, reason = "a test may panic; that is how it fails")]

#[path = "embedding/cancels.rs"]
mod cancels;
#[path = "embedding/events.rs"]
mod events;
#[path = "embedding/functions.rs"]
mod functions;
#[path = "embedding/journal.rs"]
mod journal;
#[path = "embedding/limits.rs"]
mod limits;
#[path = "embedding/many.rs"]
mod many;
#[path = "embedding/modules.rs"]
mod modules;
#[path = "embedding/own_values.rs"]
mod own_values;
#[path = "embedding/runtimes.rs"]
mod runtimes;
#[path = "embedding/scripts.rs"]
mod scripts;
#[cfg(feature = "serve")]
#[path = "embedding/serving.rs"]
mod serving;
#[path = "embedding/values.rs"]
mod values;

use std::sync::{Arc, Mutex};

use cliengo::ErrorKind;
use cliengo::api::{Cancel, Context, Level, Sink};
use cliengo::client::Client;
use cliengo::emulator::{Emulator, EmulatorOptions};
use cliengo::engine::{Executor, Language, Limits, ScriptFailure, Source, run};
use serde_json::{Map, Value};
use tokio::runtime::Handle;

use cliengo::{Host, HostBuilder};

const BOTH: [Language; 2] = [Language::Lua, Language::Rhai];

fn account(contacts: usize) -> Emulator {
    Emulator::start(EmulatorOptions { contacts, ..Default::default() }).unwrap()
}

/// A host of this account.
fn on(emulator: &Emulator) -> HostBuilder {
    let client =
        Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key()).build();
    Host::builder().client(client.unwrap())
}

fn context(emulator: &Emulator, cancel: &Cancel) -> Arc<Context> {
    let client =
        Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key()).build();
    Context::builder().client(client.unwrap()).cancel(cancel.clone()).build()
}

/// Runs a script beside the runtime's own work, on the runtime's connections.
async fn beside(context: Arc<Context>, source: Source) -> Result<Value, ScriptFailure> {
    let executor = Executor::Shared(Handle::current());
    tokio::task::spawn_blocking(move || run(&source, &context, Limits::default(), executor))
        .await
        .unwrap()
}

fn counting(language: Language) -> Source {
    let code = match language {
        Language::Lua => "local n = 0 for _ in cliengo.contacts.each() do n = n + 1 end return n",
        Language::Rhai => "let n = 0; for c in cliengo.contacts.each() { n += 1; } n",
    };
    Source::from_code(code, language)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_scripts_share_one_runtime_and_one_client() {
    let emulator =
        Emulator::start(EmulatorOptions { contacts: 120, ..Default::default() }).unwrap();
    let context = context(&emulator, &Cancel::default());
    let languages = [Language::Lua, Language::Rhai].into_iter().cycle().take(8);
    let runs: Vec<_> =
        languages.map(|language| beside(Arc::clone(&context), counting(language))).collect();
    for result in futures_util::future::join_all(runs).await {
        assert_eq!(result.unwrap(), 120);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancel_from_the_program_ends_a_script_and_leaves_the_others() {
    let emulator = Emulator::start(EmulatorOptions { contacts: 60, ..Default::default() }).unwrap();
    for (language, code) in [(Language::Lua, "while true do end"), (Language::Rhai, "loop {}")] {
        let cancel = Cancel::default();
        let endless =
            tokio::spawn(beside(context(&emulator, &cancel), Source::from_code(code, language)));
        let other = beside(context(&emulator, &Cancel::default()), counting(language)).await;
        cancel.cancel(cliengo::Error::new(ErrorKind::Cancelled, "the program said so"));
        let failure = endless.await.unwrap().unwrap_err();
        assert_eq!(failure.error.message, "the program said so");
        assert_eq!(other.unwrap(), 60);
    }
}

/// Keeps what it hears of progress.
#[derive(Default)]
struct Listener(Mutex<Vec<(String, u64, u64)>>);

impl Sink for Listener {
    fn print(&self, _: &str) {}
    fn log(&self, _: Level, _: &str, _: &Map<String, Value>) {}
    fn progress(&self, what: &str, done: u64, total: u64) {
        self.0.lock().unwrap().push((what.to_owned(), done, total));
    }
}

#[test]
fn a_program_hears_how_far_a_bulk_call_is() {
    let emulator = Emulator::start(EmulatorOptions { contacts: 20, ..Default::default() }).unwrap();
    let client = Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
    let listener = Arc::new(Listener::default());
    let sink = Arc::clone(&listener) as Arc<dyn Sink>;
    let context = Context::builder().client(client.build().unwrap()).sink(sink).build();
    let code = "local ids = { 'nobody' }
                for contact in cliengo.contacts.each() do table.insert(ids, contact.id) end
                return #cliengo.contacts.delete_many(ids)";
    let source = Source { expression: false, ..Source::from_code(code, Language::Lua) };
    let result = run(&source, &context, Limits::default(), Executor::own()).unwrap();
    let expected: Vec<_> =
        (1..=21).map(|done| ("contacts.delete_many".to_owned(), done, 21)).collect();
    assert_eq!((result, &*listener.0.lock().unwrap()), (Value::from(21), &expected));
}

/// Cancels the run at the first word of progress, and keeps the last.
struct Impatient(Cancel, Mutex<Option<(u64, u64)>>);

impl Sink for Impatient {
    fn print(&self, _: &str) {}
    fn log(&self, _: Level, _: &str, _: &Map<String, Value>) {}
    fn progress(&self, _: &str, done: u64, total: u64) {
        self.0.cancel(cliengo::Error::new(ErrorKind::Cancelled, "enough"));
        *self.1.lock().unwrap() = Some((done, total));
    }
}

#[test]
fn a_program_hears_that_a_bulk_call_is_over_where_it_is_cut_short() {
    let emulator = Emulator::start(EmulatorOptions { contacts: 20, ..Default::default() }).unwrap();
    let client = Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
    let cancel = Cancel::default();
    let impatient = Arc::new(Impatient(cancel.clone(), Mutex::default()));
    let sink = Arc::clone(&impatient) as Arc<dyn Sink>;
    let context =
        Context::builder().client(client.build().unwrap()).sink(sink).cancel(cancel).build();
    let code = "local ids = {}
                for contact in cliengo.contacts.each() do table.insert(ids, contact.id) end
                return #cliengo.contacts.delete_many(ids, { concurrency = 1 })";
    let source = Source { expression: false, ..Source::from_code(code, Language::Lua) };
    let failure = run(&source, &context, Limits::default(), Executor::own()).unwrap_err();
    assert_eq!(failure.error.message, "enough");
    assert_eq!(*impatient.1.lock().unwrap(), Some((0, 0)));
}
