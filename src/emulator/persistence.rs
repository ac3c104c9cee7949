//! The data file: what was written since the seed, so that it survives a restart.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs::{self, File};
use std::io::{ErrorKind as IoErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::EmulatorOptions;
use super::clock::Clock;
use super::contacts::Contacts;
use super::options::MOST_CONTACTS;
use super::seed::Seed;
use super::server::Shared;
use super::world::World;
use crate::{Error, Result};

/// Says whose file it is.
const FORMAT: &str = "cliengo-emulator";
/// The version that is written, and the newest that is read.
const VERSION: u32 = 1;
/// How long changes are gathered before they are written.
const GATHER: Duration = Duration::from_millis(300);

/// What every version of the file begins with.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u32,
}

/// The file's content. Contacts that are as the seed made them are not in it.
#[derive(Serialize, Deserialize)]
struct Content<Contact> {
    format: String,
    version: u32,
    seed: Seed,
    clock: Clock,
    sequence: u64,
    deleted: Vec<String>,
    contacts: Vec<Contact>,
    messages: BTreeMap<String, Vec<Value>>,
    conversations: Vec<Value>,
}

/// The file that keeps the state over restarts.
#[derive(Debug, Clone)]
pub(crate) struct DataFile {
    path: PathBuf,
}

/// The world from the data file, or a new one where there is no file yet.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where the file is damaged, newer, or not ours.
pub(crate) fn open(options: EmulatorOptions, data: Option<&DataFile>) -> Result<World> {
    let Some(data) = data else { return Ok(World::new(options)) };
    let Some(content) = data.read()? else { return Ok(World::new(options)) };
    // The file says which contacts there are: none are made only to be thrown away.
    let mut world = World::new(EmulatorOptions { contacts: 0, ..options.clone() });
    world.contacts = Contacts::new(content.seed);
    if options.clock.is_none() {
        world.clock = content.clock;
    }
    for id in content.deleted {
        world.contacts.remove(&id);
    }
    for contact in content.contacts {
        world.contacts.put(contact).map_err(|error| data.damaged(&error.message))?;
    }
    world.sequence = content.sequence;
    world.messages = content.messages;
    world.conversations = content.conversations;
    world.options = options;
    Ok(world)
}

/// Saves soon after each change, until it is dropped. Without a file it does nothing, forever.
pub(crate) async fn keep_saving(shared: &Shared, data: Option<&DataFile>) {
    let Some(data) = data else { return std::future::pending().await };
    loop {
        shared.until_changed().await;
        tokio::time::sleep(GATHER).await;
        let (writer, shared) = (data.clone(), shared.clone());
        // On a thread of its own, for a slow disk must not slow down requests.
        let _ = tokio::task::spawn_blocking(move || writer.save_or_complain(&shared)).await;
    }
}

impl DataFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Writes the file where it is behind: a whole new one first, which then takes its name.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where it cannot be written.
    pub(crate) fn save(&self, shared: &Shared) -> Result<()> {
        let (json, changes) = {
            let world = shared.world();
            if world.changes == world.saved {
                return Ok(());
            }
            (serde_json::to_vec(&content(&world)), world.changes)
        };
        let json = json.map_err(|error| self.unwritten(&error))?;
        self.replace(&json).map_err(|error| self.unwritten(&error))?;
        shared.world().saved = changes;
        Ok(())
    }

    /// As [`DataFile::save`], for when nobody is there to take the error. It is tried again at the
    /// next change.
    pub(crate) fn save_or_complain(&self, shared: &Shared) {
        if let Err(error) = self.save(shared) {
            eprintln!("emulator: {error}");
        }
    }

    fn read(&self) -> Result<Option<Content<Box<RawValue>>>> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == IoErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.unusable(format!("cannot be read: {error}"))),
        };
        let header: Header =
            serde_json::from_slice(&bytes).map_err(|error| self.damaged(&error))?;
        if header.format != FORMAT {
            return Err(self.unusable("is not an emulator's data file".into()));
        }
        if header.version > VERSION {
            let version = header.version;
            let message = format!("is of version {version}; this program reads up to {VERSION}");
            return Err(self.unusable(message));
        }
        let content: Content<_> =
            serde_json::from_slice(&bytes).map_err(|error| self.damaged(&error))?;
        if content.seed.count > MOST_CONTACTS {
            return Err(self.damaged(&"it has more contacts than there can be"));
        }
        Ok(Some(content))
    }

    fn replace(&self, json: &[u8]) -> std::io::Result<()> {
        let folder = self.path.parent().filter(|folder| *folder != Path::new(""));
        if let Some(folder) = folder {
            fs::create_dir_all(folder)?;
        }
        let mut name = self.path.as_os_str().to_owned();
        name.push(".new");
        let new = PathBuf::from(name);
        let mut file = File::create(&new)?;
        file.write_all(json)?;
        file.sync_all()?;
        fs::rename(&new, &self.path)
    }

    fn damaged(&self, how: &dyn Display) -> Error {
        self.unusable(format!("is damaged: {how}"))
    }

    fn unusable(&self, what: String) -> Error {
        Error::invalid(format!("the data file {} {what}", self.path.display()))
            .with_hint("it was left as it is; move it away to start anew")
    }

    fn unwritten(&self, error: &dyn Display) -> Error {
        Error::invalid(format!("the data file {} cannot be written: {error}", self.path.display()))
    }
}

fn content(world: &World) -> Content<&RawValue> {
    Content {
        format: FORMAT.to_owned(),
        version: VERSION,
        seed: world.contacts.seed(),
        clock: world.clock,
        sequence: world.sequence,
        deleted: world.contacts.deleted_ids().collect(),
        contacts: world.contacts.written().collect(),
        messages: world.messages.clone(),
        conversations: world.conversations.clone(),
    }
}
