//! Finding the contacts that match, by the API's search where that is to be trusted and cheaper, else
//! by an index of all contacts.

use std::collections::HashMap;

use bytes::Bytes;
use serde_json::{Map, Value};
use tokio::sync::Mutex;

use super::criteria::Criteria;
use super::id_of;
use super::index::Index;
use super::ours::Ours;
use super::search::{self, finds_by, query};
use crate::client::bulk::Turns;
use crate::client::{Client, Row};
use crate::{Error, Result};

/// Rows of a page, as the API gives them at most.
const PAGE: u64 = 50;

/// A contact that matches, with its JSON where that is known.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) id: String,
    pub(crate) json: Option<Bytes>,
}

/// What a client has learnt of finding contacts.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    state: Mutex<State>,
    /// Two upserts of the same contact would both find none, and both create it.
    pub(super) turns: Turns,
}

#[derive(Debug, Default)]
struct State {
    /// Whether a search finds by a field.
    finds: HashMap<&'static str, bool>,
    indexes: HashMap<Vec<&'static str>, Index>,
    /// What this client wrote itself: a search may show it late.
    ours: HashMap<Vec<&'static str>, Ours>,
    /// The newest contacts, and how many there are: the measure of what an index costs.
    newest: Option<(Vec<Row>, u64)>,
    /// Searches so far, and those that are foreseen.
    searched: u64,
    foreseen: u64,
}

impl Finder {
    /// Says that so many contacts will be looked for: from there an index may be the cheaper way.
    pub(crate) async fn foresee(&self, contacts: u64) {
        self.state.lock().await.foreseen = contacts;
    }

    /// The contacts that match.
    ///
    /// # Errors
    /// As the complete list.
    pub(crate) async fn find(&self, client: &Client, criteria: &Criteria) -> Result<Vec<Found>> {
        let mut state = self.state.lock().await;
        let way = state.way(client, criteria).await?;
        state.foreseen = state.foreseen.saturating_sub(1);
        let Some(value) = way else {
            let index = state.indexes.get(&criteria.names());
            let ids = index.map_or(&[][..], |index| index.find(&criteria.key()));
            return Ok(of_ids(ids));
        };
        let ours = state.ours(criteria);
        if !ours.is_empty() {
            return Ok(ours);
        }
        state.searched += 1;
        drop(state);
        let mut found = Vec::new();
        let mut walk = client.contacts().list(query(value)).walk();
        while let Some(page) = walk.next_page().await? {
            found.extend(page.into_iter().filter(|row| matches(criteria, &row.json)));
        }
        Ok(found.into_iter().map(|row| Found { id: row.id, json: Some(row.json) }).collect())
    }

    /// Notes a contact as it is after a write of ours, which changed these fields; none of a new one.
    pub(crate) async fn learn(&self, json: &Bytes, changed: &Map<String, Value>) {
        let state = &mut *self.state.lock().await;
        if state.indexes.is_empty() && state.ours.is_empty() {
            return;
        }
        let id = id_of(json);
        state.indexes.values_mut().for_each(|index| index.learn(&id, json, changed));
        state.ours.values_mut().for_each(|ours| ours.learn(&id, json, changed));
    }

    /// Leaves a contact out that is no more.
    pub(crate) async fn forget(&self, id: &str) {
        let state = &mut *self.state.lock().await;
        state.indexes.values_mut().for_each(|index| index.forget(id));
        state.ours.values_mut().for_each(|ours| ours.forget(id));
    }

    /// Nobody knows what a write has done to these fields of a contact, or to any where there are none:
    /// what was known before it is to be asked for anew.
    pub(crate) async fn doubt(&self, id: Option<&str>, changed: &Map<String, Value>) {
        let state = &mut *self.state.lock().await;
        let concerned = |names: &[&str]| {
            changed.is_empty() || names.iter().any(|name| changed.contains_key(*name))
        };
        state.indexes.retain(|names, _| !concerned(names));
        let Some(id) = id else { return };
        let ours = state.ours.iter_mut().filter(|(names, _)| concerned(names));
        ours.for_each(|(_, ours)| ours.forget(id));
    }
}

impl State {
    /// The contacts that match of those that this client wrote a short while ago.
    fn ours(&mut self, criteria: &Criteria) -> Vec<Found> {
        let names = criteria.names();
        let ours = self.ours.entry(names.clone()).or_insert_with(|| Ours::new(names));
        of_ids(&ours.find(&criteria.key()))
    }

    /// The value to search for, or none where there is an index to look into.
    async fn way(&mut self, client: &Client, criteria: &Criteria) -> Result<Option<String>> {
        let names = criteria.names();
        if self.indexes.get(&names).is_some_and(Index::is_trusted) {
            return Ok(None);
        }
        self.indexes.remove(&names);
        if self.newest.is_none() {
            let mut walk = client.contacts().list(Default::default()).walk();
            let page = walk.next_page().await?.unwrap_or_default();
            let count = walk.expected().unwrap_or(u64::MAX).max(page.len() as u64);
            self.newest = Some((page, count));
        }
        if let Some(value) = self.search_for(client, criteria).await? {
            return Ok(Some(value));
        }
        let index = Index::build(client, names.clone()).await?;
        self.indexes.insert(names, index);
        // When the index is not trusted any more, the account may be another.
        (self.newest, self.searched) = (None, 0);
        Ok(None)
    }

    /// The value to search for, where a search finds by one of the fields and an index would cost more.
    /// Searches that were made count too: whoever makes many has in the end paid for an index at most.
    async fn search_for(&mut self, client: &Client, criteria: &Criteria) -> Result<Option<String>> {
        let (newest, count) =
            self.newest.as_ref().map_or((&[][..], 0), |(rows, n)| (&rows[..], *n));
        let of_index = count / PAGE + 1;
        let of_search = self.searched + self.foreseen.max(1);
        for criterion in criteria.iter().filter(|it| search::is_searched(it)) {
            let name = criterion.field.name;
            let known = self.finds.get(name).copied();
            let price = if known.is_none() { search::PRICE } else { 0 };
            if of_index <= of_search + price {
                return Ok(None);
            }
            let finds = match known {
                Some(finds) => Some(finds),
                None => finds_by(client, name, newest).await?,
            };
            self.finds.extend(finds.map(|finds| (name, finds)));
            if finds == Some(true) {
                return Ok(Some(criterion.normal.clone()));
            }
        }
        Ok(None)
    }
}

fn of_ids(ids: &[String]) -> Vec<Found> {
    ids.iter().map(|id| Found { id: id.clone(), json: None }).collect()
}

fn matches(criteria: &Criteria, json: &Bytes) -> bool {
    serde_json::from_slice(json).is_ok_and(|contact| criteria.match_contact(&contact))
}

/// The one that matches, or none.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where several do.
pub(super) fn the_only(mut found: Vec<Found>, criteria: &Criteria) -> Result<Option<Found>> {
    if found.len() < 2 {
        return Ok(found.pop());
    }
    let by: Vec<_> = criteria.iter().map(|it| format!("{} {}", it.field.name, it.value)).collect();
    let ids: Vec<_> = found.iter().take(5).map(|found| found.id.as_str()).collect();
    let more = if found.len() > ids.len() { ", …" } else { "" };
    let message = format!(
        "{} contacts have the {}: {}{more}",
        found.len(),
        by.join(" and the "),
        ids.join(", ")
    );
    Err(Error::invalid(message).with_hint("merge them, or match by more fields"))
}
