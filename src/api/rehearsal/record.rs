//! What a rehearsal would have done, item by item.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value};
use tokio::sync::OnceCell;

use super::weight::weight;
use crate::api::plan::{Plan, PlanAccount, PlanAction, PlanItem};
use crate::client::{Client, Request};
use crate::schema::{Difference, differences};
use crate::{Error, ErrorKind, Result};

type Fields = Map<String, Value>;

/// The most that is kept of a rehearsal, in bytes: its plan, as JSON too, is to fit beside it.
const MOST: usize = 512 << 20;

/// The items of a plan as they come.
#[derive(Debug)]
pub(in crate::api) struct Record {
    /// In the order in which the writes were begun; none for one that is under way, or failed.
    items: Mutex<Vec<Option<PlanItem>>>,
    account: OnceCell<Option<PlanAccount>>,
    /// The bytes that the items take, and the most that they may.
    held: AtomicUsize,
    most: AtomicUsize,
    /// True once something was not kept.
    is_cut: AtomicBool,
}

impl Default for Record {
    fn default() -> Self {
        let (items, account) = (Mutex::default(), OnceCell::default());
        let (held, is_cut) = (AtomicUsize::new(0), AtomicBool::new(false));
        Self { items, account, held, most: AtomicUsize::new(MOST), is_cut }
    }
}

/// The place of an item that is to come. Calls that are made together have their places in the order in which
/// they were begun.
pub(super) struct Place(usize);

/// What a write does to the account.
pub(super) struct Effect {
    action: PlanAction,
    contact: Option<String>,
    name: Option<String>,
    creates: Option<String>,
    before: Option<Fields>,
    changes: Vec<Difference>,
}

impl Record {
    /// From now on no more than this is kept, in bytes.
    pub(in crate::api) fn bound(&self, most: usize) {
        self.most.fetch_min(most, Ordering::Relaxed);
    }

    /// That another item can be kept.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`]
    pub(super) fn room(&self) -> Result<()> {
        let most = self.most.load(Ordering::Relaxed);
        if self.held.load(Ordering::Relaxed) < most {
            return Ok(());
        }
        self.is_cut.store(true, Ordering::Relaxed);
        Err(full(most))
    }

    fn hold(&self, item: &PlanItem) {
        self.held.fetch_add(weight(item), Ordering::Relaxed);
    }

    pub(super) fn reserve(&self) -> Place {
        let mut items = self.lock();
        items.push(None);
        Place(items.len() - 1)
    }

    /// Asks once which account it is. An API that does not tell is no reason to fail.
    pub(super) async fn account(&self, client: &Client) {
        self.account.get_or_init(|| async { PlanAccount::of(client).await.ok().flatten() }).await;
    }

    pub(super) fn write(&self, place: Place, request: &Request, effect: Effect) {
        let (body, text) = body(request);
        let headers = request.headers().map(|(name, value)| (name.to_owned(), value.to_owned()));
        let Effect { action, contact, name, creates, before, changes } = effect;
        let item = PlanItem {
            number: 0,
            action,
            contact,
            name,
            method: request.method().as_str().to_owned(),
            path: request.target(),
            headers: headers.collect(),
            body,
            text,
            creates,
            before,
            changes,
        };
        self.hold(&item);
        if let Some(empty) = self.lock().get_mut(place.0) {
            *empty = Some(item);
        }
    }

    /// Notes an effect outside the account.
    pub(in crate::api) fn call(&self, path: &str, arguments: &[Value]) {
        if self.room().is_ok() {
            let item = PlanItem::call(path, super::given(arguments).to_vec());
            self.hold(&item);
            self.lock().push(Some(item));
        }
    }

    /// All of it so far.
    pub(in crate::api) fn plan(&self) -> Plan {
        let mut items: Vec<PlanItem> = self.lock().iter().flatten().cloned().collect();
        for (place, item) in items.iter_mut().enumerate() {
            item.number = place as u64 + 1;
        }
        let plan = Plan::of(self.account.get().cloned().flatten(), items);
        Plan { complete: !self.is_cut.load(Ordering::Relaxed), ..plan }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Option<PlanItem>>> {
        self.items.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The error of a rehearsal that keeps so many bytes, and cannot keep more.
fn full(most: usize) -> Error {
    let mut message = format!("the dry run keeps {} MiB of writes already", most >> 20);
    let mut hint = "rehearse a part of it, such as the first thousand contacts".to_owned();
    if most < MOST {
        message += ", as much as the script may have memory";
        hint += ", or allow the run more memory";
    }
    Error::new(ErrorKind::Limit, message).with_hint(hint)
}

impl Effect {
    pub(super) fn other() -> Self {
        Self {
            action: PlanAction::Other,
            contact: None,
            name: None,
            creates: None,
            before: None,
            changes: Vec::new(),
        }
    }

    pub(super) fn create(id: &str, fields: &Fields) -> Self {
        let changes = fields.iter().filter(|(_, value)| !value.is_null());
        Self {
            action: PlanAction::Create,
            contact: Some(id.to_owned()),
            name: name(fields),
            creates: Some(id.to_owned()),
            before: None,
            changes: changes.map(|(field, new)| change(field, new.clone())).collect(),
        }
    }

    /// The contact with this id and what it was before, `first` where nothing was written to it until now.
    pub(super) fn update(
        id: &str,
        (before, first): (Fields, bool),
        after: &Fields,
        (part, fields): (&[&str], &Fields),
    ) -> Self {
        let mut changes = differences(&before, after);
        // The whole list would hide what was added to it.
        changes.retain(|change| change.field != "notes");
        let added = match part {
            [part @ ("notes" | "messages")] => Some((*part, "message")),
            _ => Some(("notes", "note")),
        };
        changes.extend(added.and_then(|(part, field)| {
            let text = fields.get(field).filter(|text| !text.is_null())?;
            Some(change(part, text.clone()))
        }));
        Self {
            action: PlanAction::Update,
            contact: Some(id.to_owned()),
            name: name(&before),
            creates: None,
            before: first.then_some(before),
            changes,
        }
    }

    pub(super) fn delete(id: &str, before: Fields, first: bool) -> Self {
        Self {
            action: PlanAction::Delete,
            contact: Some(id.to_owned()),
            name: name(&before),
            before: first.then_some(before),
            ..Self::other()
        }
    }

    /// The same, creating what the answer is about.
    pub(super) fn creating(self, answer: &Value) -> Self {
        Self { creates: answer["id"].as_str().map(str::to_owned), ..self }
    }
}

fn change(field: &str, new: Value) -> Difference {
    Difference { field: field.to_owned(), old: Value::Null, new }
}

/// What a person calls the contact.
fn name(contact: &Fields) -> Option<String> {
    let text = |field: &str| {
        let text = contact.get(field)?.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    match (text("name"), text("lastName")) {
        (Some(name), Some(last)) if !name.ends_with(&last) => Some(format!("{name} {last}")),
        (name, last) => name.or(last).or_else(|| text("email")).or_else(|| text("phone")),
    }
}

/// The body as JSON where that is the same to the byte, else as text.
fn body(request: &Request) -> (Value, Option<String>) {
    let Some(bytes) = request.body() else { return (Value::Null, None) };
    match sonic_rs::from_slice::<Value>(bytes) {
        Ok(body) if !body.is_null() && body.to_string().as_bytes() == bytes => (body, None),
        _ => (Value::Null, Some(String::from_utf8_lossy(bytes).into_owned())),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_rehearsal_that_would_fill_the_memory_is_ended_and_its_plan_is_incomplete() {
        let record = Record::default();
        record.bound(10_000);
        let request = Request::new(crate::client::Method::Post, &["contacts"]).unwrap();
        let request = request.json(&json!({ "message": "x".repeat(3_000) }));
        let mut kept = 0;
        while record.room().is_ok() {
            record.write(record.reserve(), &request, Effect::other());
            kept += 1;
            assert!(kept < 10, "nothing ended it");
        }
        let error = record.room().unwrap_err();
        assert_eq!(error.kind, ErrorKind::Limit);
        assert!(error.hint.as_ref().is_some_and(|hint| hint.contains("more memory")));
        record.call("crm.push", &[json!("not kept")]);
        let plan = record.plan();
        assert_eq!((plan.items.len(), plan.complete), (kept, false));
        assert!(!plan.of_script("s.lua", Ok::<_, ()>(&json!(1))).complete, "whatever was caught");
    }
}
