//! The contacts of the account by the values of some fields, for an API whose search does not find by
//! them.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use bytes::Bytes;
use serde_json::{Map, Value};

use super::criteria::key_of;
use crate::Result;
use crate::client::Client;

/// Others change contacts too. An index is built anew after twenty times as long as that takes, so that
/// it costs a twentieth of the time at most; and not more often than this.
const TRUSTED: Duration = Duration::from_secs(30);

/// The ids of contacts by their values.
#[derive(Debug)]
pub(crate) struct Index {
    names: Vec<&'static str>,
    ids: HashMap<String, Vec<String>>,
    trusted_until: Instant,
}

impl Index {
    /// An index of nothing yet, for what is learnt from now on.
    pub(crate) fn empty(names: Vec<&'static str>) -> Self {
        Self { names, ids: HashMap::new(), trusted_until: Instant::now() }
    }

    /// Goes through all contacts.
    ///
    /// # Errors
    /// As the complete list.
    pub(crate) async fn build(client: &Client, names: Vec<&'static str>) -> Result<Self> {
        let begun = Instant::now();
        let mut index = Self::empty(names);
        let mut walk = client.contacts().list(Default::default()).walk();
        while let Some(page) = walk.next_page().await? {
            for row in page {
                index.add(&row.id, &row.json);
            }
        }
        let now = Instant::now();
        index.trusted_until = now + TRUSTED.max(now.duration_since(begun) * 20);
        Ok(index)
    }

    pub(crate) fn is_trusted(&self) -> bool {
        Instant::now() < self.trusted_until
    }

    /// The contacts with these values.
    pub(crate) fn find(&self, key: &str) -> &[String] {
        self.ids.get(key).map_or(&[], Vec::as_slice)
    }

    /// Notes a contact as it is now. `sent` are the fields that were changed, where it is not new.
    pub(crate) fn learn(&mut self, id: &str, json: &Bytes, sent: &Map<String, Value>) {
        self.leave_changed(id, sent);
        self.add(id, json);
    }

    /// Leaves a contact out whose values here may be others now.
    pub(crate) fn leave_changed(&mut self, id: &str, sent: &Map<String, Value>) {
        if self.names.iter().any(|name| sent.contains_key(*name)) {
            self.forget(id);
        }
    }

    /// Leaves a contact out that is no more.
    pub(crate) fn forget(&mut self, id: &str) {
        self.ids.values_mut().for_each(|ids| ids.retain(|known| known != id));
    }

    fn add(&mut self, id: &str, json: &Bytes) {
        let contact: Map<String, Value> = serde_json::from_slice(json).unwrap_or_default();
        if let Some(key) = key_of(&contact, &self.names) {
            let ids = self.ids.entry(key).or_default();
            if !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
    }
}
