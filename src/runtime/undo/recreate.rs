//! Makes a contact anew that the run deleted: once, whatever cuts the undo off.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::execute::{Undoing, note_of};
use super::judge::not_back;
use super::lost::{self, Found, Sought};
use super::report::{UndoAction, UndoItem, UndoOutcome};
use super::undo_state;
use super::values::{Fields, foreseen, missing, texts, to_create, to_update};
use crate::api::write_log;
use crate::client::routes;
use crate::client::write::{Writer, written};
use crate::{Error, ErrorKind, Result};

/// What is kept of a contact that is made anew.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Note {
    /// When the create was sent.
    at: Timestamp,
    /// The id that it has now; none where the create got no answer.
    created: Option<String>,
    /// True once all that can be set was set.
    whole: bool,
    /// The undo that did it; none where it was not recorded.
    by: Option<u64>,
}

impl Undoing<'_> {
    /// Goes on with what an earlier undo began. True where there was such a one, and nothing else is to be
    /// done.
    pub(super) async fn made_anew(
        &self,
        id: &str,
        before: &Fields,
        item: &mut UndoItem,
    ) -> Result<bool> {
        let Some(mut note) = self.note(id)? else { return Ok(false) };
        if note.created.is_none() {
            let is_others = |id: &str| self.is_created_elsewhere(id);
            let fields = &to_create(before);
            let sought = Sought { at: note.at, fields, is_others: &is_others };
            match lost::find(self.client, &sought).await? {
                Found::None => return Ok(false),
                Found::One(found) => note.created = Some(found),
                Found::Doubtful(ids) => return Ok(doubtful(item, &ids)),
            }
        }
        let Some(new) = note.created.clone() else { return Ok(false) };
        item.new_id = Some(new.clone());
        let is_there = write_log::read(self.client, &new).await?.is_some();
        match (is_there, note.whole) {
            (true, true) => item.reason = Some("it was made anew already".to_owned()),
            (true, false) if self.is_rehearsed() => self.begin(item, UndoAction::Recreate),
            (true, false) => {
                self.begin(item, UndoAction::Recreate);
                self.complete(id, &new, before, note, item).await?;
            }
            // Whoever undid that undo wants it as before: then it is made once more.
            (false, _) if self.is_undone(&note)? => {
                item.new_id = None;
                return Ok(false);
            }
            (false, _) => {
                item.outcome = UndoOutcome::Skipped;
                item.reason = Some("it was made anew, and was deleted since".to_owned());
            }
        }
        Ok(true)
    }

    /// Makes it anew.
    pub(super) async fn recreate(
        &self,
        id: &str,
        before: &Fields,
        item: &mut UndoItem,
    ) -> Result<()> {
        self.begin(item, UndoAction::Recreate);
        if self.is_rehearsed() {
            item.left.extend(told(&not_back(before, &foreseen(before))));
            return Ok(());
        }
        let mut note = Note { at: Timestamp::now(), created: None, whole: false, by: None };
        self.keep(id, &note)?;
        let request = routes::create_contact(&Value::Object(to_create(before)));
        let made = match written(self.client, self.context, &request, None).await {
            Ok(made) => made,
            Err(error) if error.is_outcome_unknown() || error.is_written() => return Err(error),
            Err(error) => {
                self.store.set_run_note(self.run, &note_of(id), &Value::Null)?;
                return Err(error);
            }
        };
        let made: Fields = serde_json::from_slice(&made).unwrap_or_default();
        let new = made.get("id").and_then(Value::as_str).map(str::to_owned);
        let new = new.ok_or_else(|| Error::new(ErrorKind::Decode, "the answer names no id"))?;
        item.new_id = Some(new.clone());
        note = Note { created: Some(new.clone()), by: self.own.number(), ..note };
        self.keep(id, &note)?;
        self.complete(id, &new, before, note, item).await
    }

    /// Sets what a create does not take.
    async fn complete(
        &self,
        id: &str,
        new: &str,
        before: &Fields,
        note: Note,
        item: &mut UndoItem,
    ) -> Result<()> {
        let made = write_log::read(self.client, new).await?.unwrap_or_default();
        let fields = to_update(before, &made);
        if !fields.is_empty() {
            self.set(new, &fields).await?;
        }
        for tag in missing(texts(before, "tags"), texts(&made, "tags")) {
            self.context.write(&routes::add_tag(new, &tag)?).await?;
        }
        for text in missing(texts(before, "notes"), texts(&made, "notes")) {
            self.context.write(&routes::add_to_contact(new, "notes", &text)?).await?;
        }
        let made = write_log::read(self.client, new).await?.unwrap_or_default();
        item.left.extend(told(&not_back(before, &made)));
        self.keep(id, &Note { whole: true, created: Some(new.to_owned()), ..note })
    }

    fn is_undone(&self, note: &Note) -> Result<bool> {
        let Some(by) = note.by else { return Ok(false) };
        Ok(undo_state(self.store, by)?.as_deref() == Some("done"))
    }

    fn note(&self, id: &str) -> Result<Option<Note>> {
        let note = self.store.run_note(self.run, &note_of(id))?;
        Ok(note.and_then(|note| serde_json::from_value(note).ok()))
    }

    fn keep(&self, id: &str, note: &Note) -> Result<()> {
        self.store.set_run_note(self.run, &note_of(id), &json!(note))
    }
}

/// What does not come back with a contact that is made anew, in words.
fn told(fields: &[String]) -> Vec<String> {
    let own = "its id, its dates, its history and its messages".to_owned();
    let fields = (!fields.is_empty()).then(|| format!("these fields: {}", fields.join(", ")));
    std::iter::once(own).chain(fields).collect()
}

fn doubtful(item: &mut UndoItem, ids: &[String]) -> bool {
    item.outcome = UndoOutcome::Skipped;
    item.reason = Some(format!(
        "an earlier undo may have made it anew, and it may be one of these: {}",
        ids.join(", ")
    ));
    true
}
