//! The sessions of both languages: each begins when it is first used, and goes on when another is chosen.

use std::sync::{Arc, PoisonError};

use super::shared::Shared;
use super::worker::{Beginning, Snapshot, Worker};
use crate::Result;
use crate::engine::{Language, Variable};

/// The sessions of both languages.
#[derive(Debug)]
pub(super) struct Workers {
    shared: Arc<Shared>,
    known: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    language: Language,
    worker: Arc<Worker>,
    snapshot: Snapshot,
}

impl Workers {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self { shared: Arc::clone(shared), known: Vec::new() }
    }

    /// The session of this language; it begins where there is none.
    pub(super) fn of(&mut self, language: Language) -> Result<Arc<Worker>> {
        if let Some(known) = self.known.iter().find(|known| known.language == language) {
            return Ok(Arc::clone(&known.worker));
        }
        let snapshot = Snapshot::default();
        let (host, runtime) = (&self.shared.host, &self.shared.runtime);
        let beginning = Beginning { language, host, runtime, snapshot: Arc::clone(&snapshot) };
        let worker = Arc::new(Worker::begin(beginning)?);
        self.known.push(Known { language, worker: Arc::clone(&worker), snapshot });
        Ok(worker)
    }

    /// Leaves a session behind; the next use of the language begins another.
    pub(super) fn give_up(&mut self, language: Language) {
        self.known.retain(|known| known.language != language);
    }

    /// What the lines of this language defined.
    pub(super) fn variables(&self, language: Language) -> Vec<Variable> {
        let known = self.known.iter().find(|known| known.language == language);
        known.map(|known| taken(&known.snapshot)).unwrap_or_default()
    }
}

fn taken(snapshot: &Snapshot) -> Vec<Variable> {
    snapshot.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
