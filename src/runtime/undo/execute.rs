//! Does what is to be done about each contact.

use std::sync::Arc;

use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

use super::UndoOptions;
use super::judge::{Action, Already, Judging, Skip, beyond_reach, judge};
use super::lost::{self, Found, Sought};
use super::net::{Effect, NetChange};
use super::report::{UndoAction, UndoItem, UndoOutcome};
use super::values::{Fields, same, value};
use crate::api::{Context, write_log};
use crate::client::write::{deleted, written};
use crate::client::{Client, routes};
use crate::runtime::ScriptRun;
use crate::schema::Difference;
use crate::store::Store;
use crate::{Error, ErrorKind, Result};

/// Contacts whose fields are put back at once.
const AT_ONCE: usize = 8;

/// An undo that is under way.
pub(super) struct Undoing<'a> {
    pub(super) store: &'a dyn Store,
    /// Keeps what the undo writes.
    pub(super) context: &'a Context,
    pub(super) client: &'a Client,
    /// The undo's own run.
    pub(super) own: &'a ScriptRun,
    pub(super) run: u64,
    options: UndoOptions,
}

impl<'a> Undoing<'a> {
    pub(super) fn new(
        store: &'a Arc<dyn Store>,
        context: &'a Context,
        own: &'a ScriptRun,
        run: u64,
        options: UndoOptions,
    ) -> Result<Self> {
        let client = context.client()?;
        Ok(Self { store: &**store, context, client, own, run, options })
    }

    /// Goes through the contacts, the last one first.
    ///
    /// # Errors
    /// Where it is of no use to go on: a refused key, or a run that was ended.
    pub(super) async fn all(&self, mut changes: Vec<NetChange>) -> Result<Vec<UndoItem>> {
        changes.reverse();
        let (mut items, total) = (Vec::new(), changes.len() as u64);
        // What is made and deleted keeps its order: no two contacts may have one e-mail address. What is only
        // changed can be put back side by side.
        for group in changes.chunk_by(|one, next| side_by_side(one) && side_by_side(next)) {
            let work = group.iter().map(|change| self.one(change));
            let mut done = stream::iter(work).buffered(AT_ONCE);
            while let Some(item) = done.next().await {
                items.push(item?);
                self.context.sink().progress("contacts", items.len() as u64, total);
            }
        }
        Ok(items)
    }

    async fn one(&self, change: &NetChange) -> Result<UndoItem> {
        let mut item = begun(change);
        match self.act(change, &mut item).await {
            Ok(()) => {}
            Err(error) if is_final(&error) => return Err(error),
            Err(error) => {
                item.outcome = UndoOutcome::Failed;
                item.reason = Some(error.to_string());
            }
        }
        Ok(item)
    }

    async fn act(&self, change: &NetChange, item: &mut UndoItem) -> Result<()> {
        match (&change.effect, &change.contact) {
            (Effect::Other(call), _) => item.left.push(format!("{call}, which is no contact's")),
            (Effect::CreateUnknown { at, fields }, _) => {
                let is_others = |id: &str| self.is_created(id);
                let sought = Sought { at: *at, fields, is_others: &is_others };
                let found = match lost::find(self.client, &sought).await? {
                    Found::One(id)
                        if self.is_others_work(&id)? || self.has_rival(*at, fields)? =>
                    {
                        Found::Doubtful(vec![id])
                    }
                    found => found,
                };
                self.lost_create(found, item).await?;
            }
            (_, None) => {}
            (_, Some(id)) => {
                let current = write_log::read(self.client, id).await?;
                let settled = change.settled(current.as_ref());
                if let Some(Effect::Deleted(before)) = settled.map(|it| it.effect)
                    && self.made_anew(id, &before, item).await?
                {
                    return Ok(());
                }
                self.known(change, id, current, item).await?;
            }
        }
        Ok(())
    }

    /// A contact whose id is known, which is `current` now; or the one that was made anew in its place.
    async fn known(
        &self,
        change: &NetChange,
        id: &str,
        current: Option<Fields>,
        item: &mut UndoItem,
    ) -> Result<()> {
        let was_there = matches!(change.effect, Effect::Created | Effect::Updated);
        let (id, current) = match current {
            None if was_there => match self.successor(id).await? {
                Some((new, contact)) => {
                    item.new_id = Some(new.clone());
                    (new, Some(contact))
                }
                None => (id.to_owned(), None),
            },
            current => (id.to_owned(), current),
        };
        let mut how =
            Judging { despite_others: self.options.despite_other_changes, ..Judging::default() };
        let mut action = judge(change, current.as_ref(), how);
        let is_new = change.effect == Effect::Created;
        if let (Action::Skip(Skip::Changed(_)), Some(contact)) = (&action, &current)
            && self.is_ours(&id, contact, is_new)?
        {
            how.is_ours = true;
            action = judge(change, current.as_ref(), how);
        }
        if let Action::Skip(_) = action {
            let despite = Judging { despite_others: true, ..how };
            let other = judge(change, current.as_ref(), despite);
            item.others_apart = matches!(other, Action::PutBack(_));
        }
        self.follow(&id, action, current.as_ref(), item).await
    }

    async fn follow(
        &self,
        id: &str,
        action: Action,
        current: Option<&Fields>,
        item: &mut UndoItem,
    ) -> Result<()> {
        match action {
            Action::Already(why) => item.reason = Some(already(why).to_owned()),
            Action::Skip(why) => skip(item, why),
            Action::Delete => self.delete(id, item).await?,
            Action::PutBack(fields) => self.put_back(id, &fields, current, item).await?,
            Action::Recreate(before) => self.recreate(id, &before, item).await?,
        }
        Ok(())
    }

    async fn lost_create(&self, found: Found, item: &mut UndoItem) -> Result<()> {
        match found {
            Found::None => item.reason = Some("it was not made".to_owned()),
            Found::One(id) => {
                item.contact = Some(id.clone());
                self.delete(&id, item).await?;
            }
            Found::Doubtful(ids) => {
                item.outcome = UndoOutcome::Skipped;
                item.reason = Some(format!(
                    "the answer to its create was lost, and it may be one of these: {}",
                    ids.join(", ")
                ));
            }
        }
        Ok(())
    }

    async fn delete(&self, id: &str, item: &mut UndoItem) -> Result<()> {
        self.begin(item, UndoAction::Delete);
        if self.options.dry_run {
            return Ok(());
        }
        match deleted(self.client, self.context, id).await {
            Err(error) if error.kind != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    async fn put_back(
        &self,
        id: &str,
        fields: &[Difference],
        current: Option<&Fields>,
        item: &mut UndoItem,
    ) -> Result<()> {
        self.begin(item, UndoAction::PutBack);
        let now = |name: &str| current.map(|current| value(current, name)).unwrap_or_default();
        let back = |it: &Difference| Difference {
            field: it.field.clone(),
            old: now(&it.field),
            new: it.old.clone(),
        };
        item.fields = fields.iter().map(back).filter(|it| it.old != it.new).collect();
        if self.options.dry_run {
            return Ok(());
        }
        let wanted: Fields =
            item.fields.iter().map(|it| (it.field.clone(), it.new.clone())).collect();
        let refused = self.set(id, &wanted).await?;
        if !refused.is_empty() {
            item.outcome = UndoOutcome::Failed;
            item.reason = Some(format!("the API does not take {} back", refused.join(", ")));
        }
        Ok(())
    }

    /// Sets the fields, and gives the names of those that the API does not take. It refuses all where it
    /// refuses one, so that they are tried one by one then.
    pub(super) async fn set(&self, id: &str, wanted: &Fields) -> Result<Vec<String>> {
        match self.update(id, wanted).await {
            Err(error) if error.kind == ErrorKind::Invalid && wanted.len() > 1 => {}
            Err(error) if error.kind == ErrorKind::Invalid => {
                return Ok(wanted.keys().cloned().collect());
            }
            result => return result,
        }
        let mut refused = Vec::new();
        for (name, value) in wanted {
            let one = Fields::from_iter([(name.clone(), value.clone())]);
            match self.update(id, &one).await {
                Err(error) if error.kind == ErrorKind::Invalid => refused.push(name.clone()),
                result => refused.extend(result?),
            }
        }
        Ok(refused)
    }

    /// Sets the fields at once, and gives the names of those that have other values all the same.
    async fn update(&self, id: &str, wanted: &Fields) -> Result<Vec<String>> {
        let request = routes::update_contact(id, &Value::Object(wanted.clone()))?;
        let answer = written(self.client, self.context, &request, Some(id)).await?;
        let now: Fields = serde_json::from_slice(&answer).unwrap_or_default();
        // An API that answers with less than the contact tells nothing of the others.
        let differs = |(name, wanted): &(&String, &Value)| {
            now.get(*name).is_some_and(|now| !same(name, wanted, now))
        };
        Ok(wanted.iter().filter(differs).map(|(name, _)| name.clone()).collect())
    }

    pub(super) fn is_rehearsed(&self) -> bool {
        self.options.dry_run
    }

    pub(super) fn begin(&self, item: &mut UndoItem, action: UndoAction) {
        item.action = action;
        item.outcome =
            if self.options.dry_run { UndoOutcome::Planned } else { UndoOutcome::Undone };
    }
}

fn begun(change: &NetChange) -> UndoItem {
    let mut left = beyond_reach(change);
    // What hangs on a contact that the run made goes with it.
    if matches!(change.effect, Effect::Updated | Effect::Deleted(_)) {
        left.extend(change.lasting.iter().cloned());
        let theirs = |it: &Difference| format!("{}, which others changed during the run", it.field);
        left.extend(change.others.iter().map(theirs));
    }
    UndoItem {
        contact: change.contact.clone(),
        name: change.name.clone(),
        action: UndoAction::None,
        outcome: UndoOutcome::Already,
        fields: Vec::new(),
        changed: Vec::new(),
        new_id: None,
        left,
        reason: None,
        others_apart: false,
    }
}

fn side_by_side(change: &NetChange) -> bool {
    change.effect == Effect::Updated
}

fn skip(item: &mut UndoItem, why: Skip) {
    item.outcome = UndoOutcome::Skipped;
    let reason = match why {
        Skip::Changed(changed) => {
            item.changed = changed;
            "it was changed since"
        }
        Skip::Deleted => "it was deleted since",
        Skip::Unknown => "the answer to the run's last write was lost, and others changed it too",
        Skip::Unread => "it is not known how it was before the run",
    };
    item.reason = Some(reason.to_owned());
}

const fn already(why: Already) -> &'static str {
    match why {
        Already::AsItWas => "it is as it was before the run",
        Already::Gone => "it is not there any more",
        Already::There => "it is there again",
        Already::Nothing => "the run changed nothing of it that can be put back",
    }
}

/// True where the other contacts would fail alike.
fn is_final(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::Unauthorized | ErrorKind::State | ErrorKind::Cancelled)
}

/// What a note of a contact that is made anew is called.
pub(super) fn note_of(contact: &str) -> String {
    json!(["recreated", contact]).to_string()
}
