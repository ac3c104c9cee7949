//! Whether an account is as it was: to the last field, but for what no undo can bring back.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::support::Account;

/// What every change adds to or dates anew.
const OF_CHANGES: [&str; 2] = ["logs", "lastUpdateDate"];
/// What the API decides itself about a contact that is made anew.
const OF_CREATION: [&str; 7] =
    ["id", "creationDate", "calls", "geoip", "leadFields", "medium", "mediumTranslate"];

/// The contacts of an account by their ids.
#[derive(Debug, Clone)]
pub struct Contacts(BTreeMap<String, Map<String, Value>>);

impl Contacts {
    pub fn of(account: &Account) -> Self {
        let rows = account.snapshot();
        let rows = rows.iter().map(|row| serde_json::from_str::<Map<String, Value>>(row).unwrap());
        let id = |row: &Map<String, Value>| row["id"].as_str().unwrap().to_owned();
        Self(rows.map(|row| (id(&row), row)).collect())
    }

    /// An e-mail address that one of them has.
    pub fn email(&self) -> String {
        let mut emails = self.0.values().filter_map(|contact| contact["email"].as_str());
        emails.next().unwrap().to_owned()
    }

    /// Says what is not as it was before; nothing where all is.
    pub fn differs_from(&self, before: &Self) -> Option<String> {
        let ids = |of: &Self| of.0.keys().cloned().collect::<BTreeSet<_>>();
        let (now, was) = (ids(self), ids(before));
        for id in now.intersection(&was) {
            let (now, was) = (changeless(&self.0[id]), changeless(&before.0[id]));
            if now != was {
                return Some(format!("{id} was {was:?} and is {now:?}"));
            }
        }
        let anew = |of: &Self, ids: BTreeSet<_>| {
            let mut all: Vec<String> = ids.iter().map(|id| portable(&of.0[id])).collect();
            all.sort();
            all
        };
        let missing = anew(before, was.difference(&now).cloned().collect());
        let made = anew(self, now.difference(&was).cloned().collect());
        (missing != made).then(|| format!("missing {missing:#?}, and instead {made:#?}"))
    }

    #[track_caller]
    pub fn assert_is(&self, before: &Self) {
        if let Some(what) = self.differs_from(before) {
            panic!("{what}");
        }
    }
}

/// Null is as absent.
fn changeless(contact: &Map<String, Value>) -> Map<String, Value> {
    let mut contact = contact.clone();
    contact.retain(|name, value| !value.is_null() && !OF_CHANGES.contains(&name.as_str()));
    contact
}

/// What a contact that is made anew has of the one that was deleted.
fn portable(contact: &Map<String, Value>) -> String {
    let mut contact = changeless(contact);
    contact.retain(|name, _| !OF_CREATION.contains(&name.as_str()));
    let notes = contact.remove("notes").unwrap_or_default();
    let texts = notes.as_array().into_iter().flatten().map(|note| note["message"].clone());
    contact.insert("notes".to_owned(), texts.collect());
    Value::from(contact).to_string()
}
