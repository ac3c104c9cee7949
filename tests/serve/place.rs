//! An account, a folder with scripts, and a state that outlives daemons.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use cliengo::emulator::{Emulator, EmulatorOptions};
use cliengo::store::{EventQuery, EventRecord, EventState, SqliteStore, Store};
use jiff::Timestamp;
use serde_json::json;
use tempfile::TempDir;

use crate::support::{Account, Program, Ran, Running};

/// No state that a test waits for takes as long.
const TOO_LONG: Duration = Duration::from_secs(120);
/// The contact by whose name handlers are let go, see [`WAIT`].
pub const GATE: &str = "6a00000000000000000000ff";
/// Lua: waits until the gate is open.
pub const WAIT: &str = "local function wait()
    while cliengo.contacts.get('6a00000000000000000000ff').name ~= 'open' do cliengo.sleep('20ms') end
end\n";

pub struct Place {
    pub account: Account,
    folder: TempDir,
}

impl Place {
    /// With so many contacts; its clock goes on.
    pub fn with(contacts: usize) -> Self {
        let options = EmulatorOptions { contacts, seed: 7, ..EmulatorOptions::default() };
        let account = Account { emulator: Emulator::start(options).unwrap() };
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("scripts")).unwrap();
        Self { account, folder }
    }

    /// With one script, of this name.
    pub fn of(contacts: usize, name: &str, code: &str) -> Self {
        let place = Self::with(contacts);
        place.script(name, code);
        place
    }

    pub fn scripts(&self) -> PathBuf {
        self.folder.path().join("scripts")
    }

    pub fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    /// Writes a script, or a new version of it, at one stroke.
    pub fn script(&self, name: &str, code: &str) {
        let new = self.folder.path().join("new");
        std::fs::write(&new, code).unwrap();
        std::fs::rename(new, self.scripts().join(name)).unwrap();
    }

    /// A call of the program that uses this state.
    pub fn program(&self, line: &str) -> Program {
        let arguments: Vec<&str> = line.split_whitespace().collect();
        let state = self.state();
        self.account.program(&arguments).variable("CLIENGO_STATE_DIR", state.to_str().unwrap())
    }

    /// The daemon over all scripts, which is about to be started.
    pub fn daemon(&self, options: &str) -> Program {
        self.program(&format!("serve {options}")).argument(self.scripts())
    }

    /// Starts the daemon over all scripts.
    pub fn serve(&self) -> Running {
        self.daemon("").start()
    }

    /// A steering call that goes well.
    pub fn run(&self, line: &str) -> Ran {
        self.program(line).run().code(0)
    }

    /// The state, once a daemon has made it.
    pub fn store(&self) -> SqliteStore {
        until("the state", || SqliteStore::open_existing(&self.state()).ok().flatten())
    }

    /// Waits until the watch has seen what there is.
    pub fn watching(&self, watch: &str) {
        let store = self.store();
        let cursor = || store.watch(watch).unwrap()?.cursor;
        // Until its first cycle is over, the cursor tells where the watch began and nothing else.
        until("the first cycle", || cursor().filter(|cursor| cursor.get("beginning").is_none()));
    }

    /// Waits until so many events are in this state.
    pub fn events(&self, state: EventState, count: usize) -> Vec<EventRecord> {
        let store = self.store();
        let query = EventQuery { states: vec![state], ..EventQuery::default() };
        let some = || {
            let mut events = store.events(&query).unwrap();
            events.reverse();
            (events.len() >= count).then_some(events)
        };
        until(&format!("{count} events that are {}", state.as_str()), some)
    }

    /// Puts a contact in, created now; `number` tells it from others.
    pub fn contact(&self, number: u32) -> String {
        let id = format!("6a{number:022x}");
        self.put(&id, &format!("contact {number}"));
        id
    }

    pub fn put(&self, id: &str, name: &str) {
        let now = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
        let contact =
            json!([{ "id": id, "name": name, "creationDate": now, "lastUpdateDate": now }]);
        self.account.put(&contact.to_string());
    }

    /// Closes the gate, or opens it.
    pub fn gate(&self, open: bool) {
        self.put(GATE, if open { "open" } else { "closed" });
    }
}

/// Waits until there is something.
#[track_caller]
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < TOO_LONG, "{what} did not come");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Lua: a watch of new contacts with these options, and the body of its handler.
pub fn watch(options: &str, body: &str) -> String {
    format!(
        "cliengo.watch.new_contacts({{ every = '1s', {options} }}, function(contact, event)\n\
         {body}\nend)\n"
    )
}

/// The path as messages show it.
pub fn shown(path: &Path) -> String {
    path.display().to_string()
}
