//! The state that a program keeps for its scripts, opened when it is first needed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use serde_json::Value;

use crate::api::{Steps, StepsUnderWay};
use crate::store::{NewRun, StepState, Store};
use crate::{Error, ErrorKind, Result};

#[cfg(feature = "serve")]
use crate::store::{SqliteStore, StateLock};

/// The state that a program keeps for its scripts. Clones are one state.
#[derive(Debug, Clone)]
pub struct State(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    folder: Option<PathBuf>,
    store: Mutex<Option<Arc<dyn Store>>>,
    /// Which file that is, where the system tells files apart.
    file: Mutex<Option<FileIdentity>>,
    /// By scope: two scripts may have steps of one name.
    under_way: Mutex<HashMap<String, Arc<StepsUnderWay>>>,
}

/// Holds what nobody else may use, until it is dropped.
#[derive(Debug)]
pub struct Held {
    #[cfg(feature = "serve")]
    _lock: Option<StateLock>,
}

impl State {
    /// The state in this folder, in one file of SQLite. Nothing is written before it is needed.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self::new(Some(folder.into()), None)
    }

    /// No state: whatever needs one is an error that says how to give it a place.
    pub fn nowhere() -> Self {
        Self::new(None, None)
    }

    /// The state that this store keeps. It is for this process alone: nothing locks others out.
    pub fn of_store(store: Arc<dyn Store>) -> Self {
        Self::new(None, Some(store))
    }

    fn new(folder: Option<PathBuf>, store: Option<Arc<dyn Store>>) -> Self {
        let (store, under_way) = (Mutex::new(store), Mutex::default());
        Self(Arc::new(Inner { folder, store, file: Mutex::default(), under_way }))
    }

    /// True where nothing can be kept.
    pub fn is_nowhere(&self) -> bool {
        let has_store = || self.0.store.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        self.0.folder.is_none() && !has_store()
    }

    /// The folder, where there is one.
    pub fn folder(&self) -> Option<&Path> {
        self.0.folder.as_deref()
    }

    /// The store; it is opened, and made, where it was not.
    ///
    /// # Errors
    /// [`ErrorKind::State`] where it cannot be opened.
    pub fn store(&self) -> Result<Arc<dyn Store>> {
        let mut store = self.0.store.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(store) = &*store {
            return Ok(Arc::clone(store));
        }
        let opened = self.open()?;
        *store = Some(Arc::clone(&opened));
        let file = self.folder().and_then(file_identity);
        *self.0.file.lock().unwrap_or_else(PoisonError::into_inner) = file;
        Ok(opened)
    }

    #[cfg(feature = "serve")]
    fn open(&self) -> Result<Arc<dyn Store>> {
        let folder = self.0.folder.as_deref().ok_or_else(nowhere)?;
        Ok(Arc::new(SqliteStore::open(folder)?))
    }

    #[cfg(not(feature = "serve"))]
    fn open(&self) -> Result<Arc<dyn Store>> {
        Err(nowhere().with_hint("build the program with the feature \"serve\", or give it a store"))
    }

    /// False where the file of the store was deleted or replaced since it was opened: what is written to it
    /// now is lost, and another process may have taken its place.
    #[cfg(feature = "serve")]
    pub(crate) fn is_in_its_place(&self) -> bool {
        let opened = *self.0.file.lock().unwrap_or_else(PoisonError::into_inner);
        opened.is_none() || opened == self.folder().and_then(file_identity)
    }

    /// Locks out other pollers of this watch.
    ///
    /// # Errors
    /// [`ErrorKind::State`] where another process polls it.
    pub fn hold_watch(&self, id: &str) -> Result<Held> {
        #[cfg(feature = "serve")]
        let held =
            Held { _lock: self.folder().map(|folder| StateLock::watch(folder, id)).transpose()? };
        #[cfg(not(feature = "serve"))]
        let held = {
            let _ = id;
            Held {}
        };
        Ok(held)
    }

    /// Locks out other daemons.
    ///
    /// # Errors
    /// [`ErrorKind::State`] where there is another one.
    #[cfg(feature = "serve")]
    pub fn hold_daemon(&self) -> Result<Held> {
        Ok(Held { _lock: self.folder().map(StateLock::daemon).transpose()? })
    }

    /// Locks out others that undo a run.
    ///
    /// # Errors
    /// [`ErrorKind::State`] where another process does.
    pub(super) fn hold_undo(&self) -> Result<Held> {
        Ok(Held {
            #[cfg(feature = "serve")]
            _lock: self.folder().map(StateLock::undo).transpose()?,
        })
    }

    /// Begins a run of a script, which is seen to go on until what is held is dropped.
    pub(super) fn begin_run(&self, run: &NewRun) -> Result<(u64, Held)> {
        let store = self.store()?;
        #[cfg(feature = "serve")]
        if let Some(folder) = self.folder() {
            let (id, lock) = StateLock::run(folder, || store.begin_run(run))?;
            return Ok((id, Held { _lock: Some(lock) }));
        }
        let held = Held {
            #[cfg(feature = "serve")]
            _lock: None,
        };
        Ok((store.begin_run(run)?, held))
    }

    /// The durable steps of a script, by its file's name: the folder that it is called from does not matter.
    pub fn steps(&self, script: &str) -> Arc<dyn Steps> {
        let name = Path::new(script).file_name().and_then(|name| name.to_str()).unwrap_or(script);
        let mut under_way = self.0.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let under_way = Arc::clone(under_way.entry(name.to_owned()).or_default());
        Arc::new(StoredSteps { state: self.clone(), scope: name.to_owned(), under_way })
    }
}

/// Device and number of a file.
type FileIdentity = (u64, u64);

#[cfg(unix)]
fn file_identity(folder: &Path) -> Option<FileIdentity> {
    use std::os::unix::fs::MetadataExt;

    let file = std::fs::metadata(folder.join("state.db")).ok()?;
    Some((file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn file_identity(_: &Path) -> Option<FileIdentity> {
    None
}

fn nowhere() -> Error {
    Error::new(ErrorKind::State, "there is no place to keep state in")
        .with_hint("name a folder with CLIENGO_STATE_DIR")
}

/// Durable steps, in the store.
struct StoredSteps {
    state: State,
    scope: String,
    under_way: Arc<StepsUnderWay>,
}

impl Steps for StoredSteps {
    fn done(&self, key: &str) -> Result<Option<Value>> {
        self.value(key, StepState::Done)
    }

    fn finish(&self, key: &str, value: &Value) -> Result<()> {
        self.state.store()?.end_step(&self.scope, key, value, Timestamp::now())
    }

    fn begin(&self, key: &str, note: &Value) -> Result<()> {
        self.state.store()?.begin_step(&self.scope, key, note, Timestamp::now())
    }

    fn begun(&self, key: &str) -> Result<Option<Value>> {
        self.value(key, StepState::Begun)
    }

    fn forget(&self, key: &str) -> Result<()> {
        self.state.store()?.forget_step(&self.scope, key)
    }

    fn under_way(&self) -> &StepsUnderWay {
        &self.under_way
    }
}

impl StoredSteps {
    fn value(&self, key: &str, state: StepState) -> Result<Option<Value>> {
        let step = self.state.store()?.step(&self.scope, key)?;
        Ok(step.filter(|step| step.state == state).map(|step| step.value))
    }
}
