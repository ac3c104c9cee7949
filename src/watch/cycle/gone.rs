//! What a sweep did not meet: contacts that are gone.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use jiff::Timestamp;

use super::Cycle;
use crate::Result;
use crate::client::Row;
use crate::store::{Found, FoundEvent};
use crate::watch::feed::Feed;
use crate::watch::sieve::Sieve;
use crate::watch::version::{MALFORMED, malformed_key};

/// Ids that are compared at a time.
const CHUNK: usize = 1_000;
/// Contacts that one sweep asks for because they are missing; the others are missing in the next one too.
const MOST_MISSING: usize = 1_000;

/// The contacts that came.
#[derive(Debug, Default)]
pub(super) struct Met {
    hasher: RandomState,
    /// Hashes of their ids: 8 bytes each, where the ids would be some 50.
    ids: HashSet<u64>,
}

impl Met {
    pub(super) fn note(&mut self, rows: &[Row]) {
        let key = |row: &Row| match Sieve::is_malformed(row) {
            true => malformed_key(row),
            false => row.id.clone(),
        };
        self.ids.extend(rows.iter().map(|row| self.hasher.hash_one(key(row))));
    }

    fn holds(&self, id: &str) -> bool {
        self.ids.contains(&self.hasher.hash_one(id))
    }
}

impl<F: Feed> Cycle<'_, F> {
    /// Contacts that the watch knows and that did not come are gone, where the API says so when asked.
    /// Those that are still there have left the watch's filter: they are no longer known either, and
    /// nobody has to ask for them again. `fires` is false where the watch begins anew.
    pub(super) async fn find_gone(&mut self, met: &Met, fires: bool) -> Result<()> {
        let (mut after, mut asked) = (None::<String>, 0);
        loop {
            let id = &self.definition.id;
            let ids = self.store.known_ids(id, after.as_deref(), CHUNK)?;
            let Some(last) = ids.last() else { return Ok(()) };
            after = Some(last.clone());
            let missing: Vec<&str> =
                ids.iter().map(String::as_str).filter(|id| !met.holds(id)).collect();
            let known = self.store.known(id, &missing)?;
            let left = MOST_MISSING - asked;
            asked += missing.len().min(left);
            let mut gone = Vec::new();
            for (contact, known) in missing.into_iter().zip(known).take(left) {
                let is_contact = known != Some(MALFORMED);
                let fires = is_contact && fires && !self.feed.exists(contact).await?;
                gone.push(forgotten(contact, fires.then(|| self.feed.time().now)));
            }
            self.stage(&gone)?;
        }
    }
}

/// A contact that is no longer known, and where it is gone the event of that.
fn forgotten(contact: &str, gone: Option<Timestamp>) -> Found {
    let event = gone.map(|now| FoundEvent {
        kind: "deleted".to_owned(),
        order: now,
        payload: serde_json::json!({ "id": contact }).to_string().into(),
        again: false,
    });
    Found { contact: contact.to_owned(), version: None, event }
}
