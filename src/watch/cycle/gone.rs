//! What a sweep did not meet: contacts that are gone.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use jiff::Timestamp;

use super::Cycle;
use crate::Result;
use crate::client::Row;
use crate::store::{Found, FoundEvent};
use crate::watch::feed::Feed;

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
        self.ids.extend(rows.iter().map(|row| self.hasher.hash_one(&row.id)));
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
            let mut gone = Vec::new();
            for contact in ids.into_iter().filter(|contact| !met.holds(contact)) {
                asked += 1;
                if asked > MOST_MISSING {
                    break;
                }
                let is_gone = !self.feed.exists(&contact).await?;
                gone.push(forgotten(contact, (is_gone && fires).then(|| self.feed.time().now)));
            }
            self.stage(&gone)?;
        }
    }
}

/// A contact that is no longer known, and where it is gone the event of that.
fn forgotten(contact: String, gone: Option<Timestamp>) -> Found {
    let event = gone.map(|now| FoundEvent {
        kind: "deleted".to_owned(),
        order: now,
        payload: serde_json::json!({ "id": contact }).to_string().into(),
        again: false,
    });
    Found { contact, version: None, event }
}
