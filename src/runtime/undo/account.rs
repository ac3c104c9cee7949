//! Whose contacts a run wrote: an undo on another account would find none of them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::pages;
use crate::client::{Client, routes};
use crate::store::{JournaledWrite, Store};
use crate::{Error, ErrorKind, Result};

/// Which writes of a run are of the account: all of them, or those that were sent with one of these keys, by their
/// fingerprints.
pub(super) struct Own(Option<BTreeSet<String>>);

impl Own {
    pub(super) fn has(&self, write: &JournaledWrite) -> bool {
        self.0.as_ref().is_none_or(|keys| keys.contains(&write.begin.account))
    }
}

/// The writes of a run that were made on this client's account. A new key of the same account is no other
/// account.
///
/// # Errors
/// [`ErrorKind::Denied`] where all of them were made on another one; whatever asking for the account fails
/// with, where that is needed, and reading the writes.
pub(super) async fn own(client: &Client, store: &dyn Store, run: u64) -> Result<Own> {
    let fingerprint = client.fingerprint();
    let (mut all_own, mut names_site) = (true, false);
    pages::each(store, run, |write| {
        all_own &= write.begin.account == fingerprint;
        names_site |= site_of(write).is_some();
    })?;
    if all_own {
        return Ok(Own(None));
    }
    let answer: Value = client.send(&routes::get(&["account"])?).await?.json()?;
    let id = answer["id"].as_str().filter(|id| !id.is_empty());
    let sites = match names_site {
        true => client.list(&routes::get(&["sites"])?, "sites").await?,
        false => bytes::Bytes::new(),
    };
    let sites: Vec<Value> = serde_json::from_slice(&sites).unwrap_or_default();
    let has_site = |site: &str| sites.iter().any(|it| it["id"] == site);
    let is_own = |write: &JournaledWrite| {
        write.begin.account == fingerprint
            || id.is_some() && account_of(write) == id
            || account_of(write).is_none() && site_of(write).is_some_and(has_site)
    };
    // A write that tells no account, such as a note, is of that of the others with its key.
    let mut keys = BTreeSet::new();
    pages::each(store, run, |write| {
        if !keys.contains(&write.begin.account) && is_own(write) {
            keys.insert(write.begin.account.clone());
        }
    })?;
    if keys.is_empty() {
        return Err(Error::new(ErrorKind::Denied, format!("run {run} wrote to another account"))
            .with_hint("undo it with the key of that account"));
    }
    Ok(Own(Some(keys)))
}

/// The account that the contact of a write names.
fn account_of(write: &JournaledWrite) -> Option<&str> {
    let after = write.end.as_ref().and_then(|end| end.after.as_ref());
    let contact = write.begin.before.as_ref().or(after)?;
    contact.get("accountId")?.as_str()
}

/// The site of a contact that was created, and that no answer told of: sites are of one account.
fn site_of(write: &JournaledWrite) -> Option<&str> {
    let is_unread = account_of(write).is_none();
    write.begin.body.get("websiteId")?.as_str().filter(|_| is_unread)
}
