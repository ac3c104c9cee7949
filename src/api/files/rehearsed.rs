//! What a dry run would have written to files, so that it reads what would be there.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::MOST;
use super::entry::{Entry, Kind};
use super::place::Place;
use crate::{Error, ErrorKind, Result};

/// What would have become of files.
#[derive(Debug)]
pub(super) struct Rehearsed {
    files: Mutex<BTreeMap<PathBuf, Change>>,
    /// The most that is remembered, in bytes.
    most: AtomicU64,
}

impl Default for Rehearsed {
    fn default() -> Self {
        Self { files: Mutex::default(), most: AtomicU64::new(MOST) }
    }
}

/// What would have become of one file.
#[derive(Debug)]
enum Change {
    /// It would have this content.
    Whole(Vec<u8>),
    /// This would stand behind what it has.
    Added(Vec<u8>),
    Gone,
    /// It would be there; all that was written would be too much to remember.
    Forgotten,
}

impl Rehearsed {
    /// From now on no more than this is remembered, in bytes.
    pub(super) fn bound(&self, most: u64) {
        self.most.fetch_min(most, Ordering::Relaxed);
    }

    fn most(&self) -> u64 {
        self.most.load(Ordering::Relaxed)
    }

    pub(super) fn write(&self, place: &Place, content: &[u8]) {
        self.keep(place, Change::Whole(content.to_vec()));
    }

    pub(super) fn append(&self, place: &Place, content: &[u8]) {
        let before = self.lock().remove(&place.path);
        let both = |before: Vec<u8>| [&before, content].concat();
        self.keep(
            place,
            match before {
                Some(Change::Whole(before)) => Change::Whole(both(before)),
                Some(Change::Added(before)) => Change::Added(both(before)),
                Some(Change::Gone) => Change::Whole(content.to_vec()),
                Some(Change::Forgotten) => Change::Forgotten,
                None => Change::Added(content.to_vec()),
            },
        );
    }

    pub(super) fn remove(&self, place: &Place) -> bool {
        let was_there = self.exists(place);
        self.lock().insert(place.path.clone(), Change::Gone);
        was_there
    }

    pub(super) fn read(&self, place: &Place) -> Result<Vec<u8>> {
        match self.lock().get(&place.path) {
            None => place.read(),
            Some(Change::Whole(content)) => Ok(content.clone()),
            Some(Change::Added(content)) if place.is_there() => {
                Ok([place.read()?, content.clone()].concat())
            }
            Some(Change::Added(content)) => Ok(content.clone()),
            Some(Change::Gone) => Err(place.not_read(&io::ErrorKind::NotFound.into())),
            Some(Change::Forgotten) => {
                let message = format!("\"{}\" is not remembered", place.asked);
                let most = self.most() >> 20;
                let hint = format!("a dry run remembers {most} MiB of what it would write");
                Err(Error::new(ErrorKind::Limit, message).with_hint(hint))
            }
        }
    }

    /// True where it would be there, as a file or as the folder of one.
    pub(super) fn exists(&self, place: &Place) -> bool {
        let files = self.lock();
        let is_there = |change: &Change| !matches!(change, Change::Gone);
        let below =
            |(path, change): (&PathBuf, &Change)| path.starts_with(&place.path) && is_there(change);
        match files.get(&place.path) {
            Some(change) => is_there(change),
            None => place.is_there() || files.iter().any(below),
        }
    }

    pub(super) fn list(&self, place: &Place) -> Result<Vec<Entry>> {
        let real = match place.is_there() || !self.exists(place) {
            true => place.list()?,
            false => Vec::new(),
        };
        let mut entries: BTreeMap<String, Entry> =
            real.into_iter().map(|entry| (entry.name.clone(), entry)).collect();
        for (path, change) in self.lock().iter() {
            let Ok(below) = path.strip_prefix(&place.path) else { continue };
            let Some(first) = below.iter().next() else { continue };
            let name = first.to_string_lossy().into_owned();
            let is_file = below.iter().nth(1).is_none();
            let before = entries.get(&name).map_or(0, |entry| entry.size);
            let size = match change {
                Change::Gone if is_file => {
                    entries.remove(&name);
                    continue;
                }
                Change::Gone => continue,
                Change::Whole(content) => content.len() as u64,
                Change::Added(content) => before + content.len() as u64,
                Change::Forgotten => before,
            };
            let (kind, size) = if is_file { (Kind::File, size) } else { (Kind::Folder, before) };
            let entry = Entry { name: name.clone(), kind, size, modified: None };
            entries.insert(name, entry);
        }
        Ok(entries.into_values().collect())
    }

    fn keep(&self, place: &Place, change: Change) {
        let mut files = self.lock();
        files.remove(&place.path);
        let kept: usize = files.values().map(Change::size).sum();
        let fits = (kept + change.size()) as u64 <= self.most();
        files.insert(place.path.clone(), if fits { change } else { Change::Forgotten });
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Change>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Change {
    fn size(&self) -> usize {
        match self {
            Self::Whole(content) | Self::Added(content) => content.len(),
            Self::Gone | Self::Forgotten => 0,
        }
    }
}
