//! The contacts that this client wrote a short while ago: the API's search may show them late.

use std::time::{Duration, Instant};

use bytes::Bytes;
use serde_json::{Map, Value};

use super::index::Index;

/// A contact is surely seen in the API's lists after so long.
const LATE: Duration = Duration::from_secs(300);

/// What was written lately by the values of some fields, in two generations: the older one goes when
/// the younger has been there for long enough, so that each contact is kept that long at least.
#[derive(Debug)]
pub(crate) struct Ours {
    names: Vec<&'static str>,
    young: Index,
    old: Index,
    since: Instant,
}

impl Ours {
    /// Nothing yet.
    pub(crate) fn new(names: Vec<&'static str>) -> Self {
        let empty = || Index::empty(names.clone());
        Self { young: empty(), old: empty(), since: Instant::now(), names }
    }

    /// The contacts with these values.
    pub(crate) fn find(&mut self, key: &str) -> Vec<String> {
        self.age(Instant::now());
        self.found(key)
    }

    /// As [`Index::learn`].
    pub(crate) fn learn(&mut self, id: &str, json: &Bytes, sent: &Map<String, Value>) {
        self.age(Instant::now());
        self.old.leave_changed(id, sent);
        self.young.learn(id, json, sent);
    }

    /// Leaves a contact out that is no more.
    pub(crate) fn forget(&mut self, id: &str) {
        self.young.forget(id);
        self.old.forget(id);
    }

    fn found(&self, key: &str) -> Vec<String> {
        let mut ids = self.young.find(key).to_vec();
        for id in self.old.find(key) {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        ids
    }

    fn age(&mut self, now: Instant) {
        let age = now.saturating_duration_since(self.since);
        if age < LATE {
            return;
        }
        let young = Index::empty(self.names.clone());
        self.old = std::mem::replace(&mut self.young, young);
        if age >= 2 * LATE {
            // Nothing was asked for so long that others may have changed these too.
            self.old = Index::empty(self.names.clone());
        }
        self.since = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_kept_for_five_minutes_whenever_it_was_written() {
        let json = Bytes::from_static(br#"{"id":"1","email":"ana@example.com"}"#);
        for written in [0, 1, 299, 301] {
            let mut ours = Ours::new(vec!["email"]);
            let at = ours.since + Duration::from_secs(written);
            ours.age(at);
            ours.learn("1", &json, &Map::new());
            for later in [1, 200, 299] {
                ours.age(at + Duration::from_secs(later));
                assert_eq!(ours.found("ana@example.com"), ["1"], "{written} {later}");
            }
            ours.age(at + 4 * LATE);
            assert!(ours.found("ana@example.com").is_empty());
        }
    }
}
