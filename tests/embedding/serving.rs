//! The daemon inside a program.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use cliengo::api::{Level, Sink};
use cliengo::runtime::{Stage, State};
use cliengo::store::{EventState, MemoryStore, Store};
use cliengo::{ErrorKind, Host};
use serde_json::{Map, Value};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::{account, on};

/// Passes on what scripts print.
struct Printed(UnboundedSender<String>);

impl Sink for Printed {
    fn print(&self, line: &str) {
        let _ = self.0.send(line.to_owned());
    }
    fn log(&self, _: Level, _: &str, _: &Map<String, Value>) {}
}

fn printed() -> (Arc<dyn Sink>, UnboundedReceiver<String>) {
    let (tell, lines) = unbounded_channel();
    (Arc::new(Printed(tell)), lines)
}

fn write(folder: &Path, name: &str, code: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, code).unwrap();
    path
}

const LEADS: &str =
    "cliengo.watch.new_contacts({ id = 'leads', from = 'beginning' }, function(contact)
    print('begun') cliengo.sleep('50ms') print('done ' .. crm.shout(contact.name)) end)";

#[tokio::test(flavor = "current_thread")]
async fn watches_are_kept_in_the_programs_runtime_and_what_runs_comes_to_its_end() {
    let (emulator, folder) = (account(1), tempfile::tempdir().unwrap());
    let store = Arc::new(MemoryStore::new());
    let (sink, mut lines) = printed();
    let shout = |(text,): (String,), _| async move { Ok(text.to_uppercase()) };
    let host = on(&emulator)
        .sink(sink)
        .state(State::of_store(Arc::clone(&store) as Arc<dyn Store>))
        .function("crm.shout(text)", shout)
        .unwrap()
        .build();
    let serving = host.serve([write(folder.path(), "leads.lua", LEADS)]).start().await.unwrap();
    assert!(matches!(serving.stage(), Stage::Ready | Stage::Alive));
    assert_eq!(lines.recv().await.unwrap(), "begun");
    serving.stop().await.unwrap();
    let last = lines.try_recv().unwrap();
    let name = last.strip_prefix("done ").unwrap();
    assert_eq!(name, name.to_uppercase());
    assert_eq!(store.event_counts("leads").unwrap(), [(EventState::Done, 1)]);
}

#[tokio::test]
async fn a_handler_that_does_not_end_is_ended_when_the_time_to_drain_is_over() {
    let (emulator, folder) = (account(1), tempfile::tempdir().unwrap());
    let (sink, mut lines) = printed();
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let host = on(&emulator).sink(sink).state(State::of_store(Arc::clone(&store))).build();
    let code = LEADS.replace("50ms", "1h");
    let serve = host.serve([write(folder.path(), "leads.lua", &code)]);
    let serving = serve.drain(Duration::from_millis(10)).start().await.unwrap();
    assert_eq!(lines.recv().await.unwrap(), "begun");
    serving.stop().await.unwrap();
    // Nobody is to think that it was handled.
    let states = store.event_counts("leads").unwrap();
    assert!(states.iter().all(|(state, _)| *state != EventState::Done), "{states:?}");
}

#[tokio::test]
async fn a_daemon_that_is_dropped_stops_by_itself() {
    let (emulator, folder) = (account(0), tempfile::tempdir().unwrap());
    let state = State::in_folder(folder.path().join("state"));
    let script = write(folder.path(), "leads.lua", LEADS);
    let host = on(&emulator).state(state.clone()).build();
    drop(host.serve([script.clone()]).start().await.unwrap());
    // One daemon at a time can use the state: the next one can begin once it has stopped.
    let next = loop {
        match host.serve([script.clone()]).start().await {
            Ok(serving) => break serving,
            Err(error) => assert_eq!(error.kind, ErrorKind::State, "{error}"),
        }
    };
    next.stop().await.unwrap();
}

#[test]
fn a_daemon_is_kept_without_a_runtime() {
    let (emulator, folder) = (account(1), tempfile::tempdir().unwrap());
    let (sink, mut lines) = printed();
    let host = on(&emulator).sink(sink).state(State::of_store(Arc::new(MemoryStore::new())));
    let code = r#"cliengo.schedule.every("1s", || print("due"));"#;
    let path = write(folder.path(), "due.rhai", code);
    let serving = host.build().blocking().serve([path]).start().unwrap();
    assert_eq!(lines.blocking_recv().unwrap(), "due");
    serving.stop().unwrap();
}

#[tokio::test]
async fn what_cannot_be_served_is_an_error_at_the_start() {
    let (emulator, folder) = (account(0), tempfile::tempdir().unwrap());
    let script = write(folder.path(), "leads.lua", LEADS);
    let nothing = write(folder.path(), "nothing.lua", "local a = 1");
    let memory = || State::of_store(Arc::new(MemoryStore::new()));
    let kind = async |host: Host, path: &Path| host.serve([path]).start().await.unwrap_err().kind;
    assert_eq!(kind(on(&emulator).build(), &script).await, ErrorKind::State);
    assert_eq!(
        kind(Host::builder().state(memory()).build(), &script).await,
        ErrorKind::Unauthorized
    );
    assert_eq!(kind(on(&emulator).state(memory()).build(), &nothing).await, ErrorKind::Invalid);
}
