//! Sends an item, with a note before and after: an apply that is cut off anywhere can go on.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::lost::Created;
use super::standing::Standing;
use super::{Ended, Work};
use crate::api::call::safe_path;
use crate::api::contact_once::is_surely_not_done;
use crate::api::plan::{PlanAction, PlanItem};
use crate::client::{Expect, Method, Request, routes, write};
use crate::{Error, ErrorKind, Result};

/// What is kept of an item that is about to be sent.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Begun {
    /// When it was first sent, by the clock here.
    pub(super) since: Timestamp,
}

/// What is kept of an item that was done.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Done {
    /// The id of what it created.
    pub(super) created: Option<String>,
    /// The contact after it, where later items are about it: as text, so that no digit of it changes.
    pub(super) after: Option<String>,
}

impl Work<'_> {
    /// What is known of an item that was done.
    pub(super) fn done(&self, item: &PlanItem) -> Result<Option<Done>> {
        kept(self.steps.done(&key(item))?)
    }

    /// What is known of an item that was sent, and of which it is not known whether it was done.
    pub(super) fn begun(&self, item: &PlanItem) -> Result<Option<Begun>> {
        kept(self.steps.begun(&key(item))?)
    }

    /// Notes that an item was done.
    pub(super) fn finish(&self, item: &PlanItem, done: Done) -> Result<()> {
        let value = serde_json::to_value(&done).unwrap_or_default();
        self.steps.finish(&key(item), &value)?;
        self.learn(item, done);
        Ok(())
    }

    /// Takes over what an item left.
    pub(super) fn learn(&self, item: &PlanItem, done: Done) {
        if let (Some(invented), Some(real)) = (&item.creates, done.created) {
            self.book().ids.learn(invented, real);
        }
        let after = done.after.as_deref().map(sonic_rs::from_str);
        let mut book = self.book();
        let shown = book.ids.shown(item);
        book.states.done(&shown, after.and_then(std::result::Result::ok));
    }

    /// Sends it, and notes how that ended.
    pub(super) async fn send(&self, item: &PlanItem) -> Result<Ended> {
        let request = match self.request(item)? {
            Ok(request) => request,
            Err(id) => {
                return Ok(Ended::Refused(format!("it needs {id}, which was not created")));
            }
        };
        let was_begun = self.begun(item)?.is_some();
        if !was_begun {
            let begun = Begun { since: Timestamp::now() };
            self.steps.begin(&key(item), &serde_json::to_value(begun).unwrap_or_default())?;
        }
        match self.sent(item, &request).await {
            Ok(answer) => {
                let done = self.left(item, &request, &answer).await;
                self.finish(item, done)?;
                Ok(Ended::Applied)
            }
            Err(error) => {
                // What an earlier apply sent may still come to its end: that it was begun stays known.
                if !was_begun && is_surely_not_done(&error) {
                    self.steps.forget(&key(item))?;
                }
                Ok(Ended::Failed(error))
            }
        }
    }

    /// Creates a contact, unless an earlier apply did.
    pub(super) async fn create(&self, item: &PlanItem) -> Result<Ended> {
        if let Some(begun) = self.begun(item)? {
            match self.created_since(item, begun.since).await? {
                Created::Not => {}
                Created::As(contact) => {
                    let id = id_of(&contact);
                    let done = Done { created: id, after: self.after(item, &contact) };
                    self.finish(item, done)?;
                    return Ok(Ended::Already);
                }
                Created::Doubtful(id) => {
                    return Ok(Ended::Refused(format!(
                        "an earlier apply sent it, and whether it arrived is not known: {id} is like it, \
                         and has more or was changed since"
                    )));
                }
                Created::Untold => {
                    let reason = "an earlier apply sent it, whether it arrived is not known, and its \
                                  fields do not tell its contact from others";
                    return Ok(Ended::Refused(reason.to_owned()));
                }
            }
        }
        let ended = self.send(item).await?;
        if let (Ended::Applied, Some(id)) = (&ended, &item.contact) {
            self.book().standings.insert(id.clone(), Standing::Going { done_until: 0 });
        }
        Ok(ended)
    }

    /// The request, with real ids in it; the invented one that has none.
    fn request(&self, item: &PlanItem) -> Result<std::result::Result<Request, String>> {
        let method = Method::parse(&item.method)?;
        let parts = || {
            let ids = &self.book().ids;
            let text = item.text.as_deref().map(|text| ids.text(text)).transpose()?;
            Ok((ids.text(&item.path)?, ids.value(&item.body)?, text))
        };
        let (path, body, text) = match parts() {
            Ok(parts) => parts,
            Err(id) => return Ok(Err(id)),
        };
        // An id comes from the API's answer, and must not lead elsewhere either.
        let mut request = Request::with_path(method, safe_path(&path)?);
        if item.action == PlanAction::Other {
            request = request.expect(Expect::Anything);
        }
        for (name, value) in &item.headers {
            request = request.header(name.clone(), value.clone());
        }
        Ok(Ok(match (text, body) {
            (Some(text), _) => request.text(text),
            (None, Value::Null) => request,
            (None, body) => request.json(&body),
        }))
    }

    /// What the API answers: the contact itself where it is written.
    async fn sent(&self, item: &PlanItem, request: &Request) -> Result<Vec<u8>> {
        let id = self.real(item);
        match (item.action, id.as_deref()) {
            (PlanAction::Create, _) => {
                write::written(self.client, &**self.context, request, None).await.map(Vec::from)
            }
            (PlanAction::Update, Some(id)) if request.method() == Method::Patch => {
                write::written(self.client, &**self.context, request, Some(id)).await.map(Vec::from)
            }
            (PlanAction::Delete, Some(id)) => {
                write::deleted(self.client, &**self.context, id).await.map(|()| Vec::new())
            }
            _ => write::sent(self.client, &**self.context, request)
                .await
                .map(|answer| answer.body.to_vec()),
        }
    }

    /// What the item left, by what the API answered.
    async fn left(&self, item: &PlanItem, request: &Request, answer: &[u8]) -> Done {
        let created = item.creates.as_ref().and_then(|_| id_of(answer));
        let goes_on = item.action != PlanAction::Other && self.book().states.go_on_behind(item);
        let id = match item.action {
            PlanAction::Create => created.clone(),
            _ => self.real(item),
        };
        let Some(id) = id.filter(|_| goes_on) else { return Done { created, after: None } };
        let is_whole = request.method() != Method::Post || item.action == PlanAction::Create;
        let after = match is_whole && is_contact(answer, &id) {
            true => self.after(item, answer),
            false => {
                let read = match routes::get_contact(&id) {
                    Ok(request) => self.client.send(&request).await,
                    Err(error) => Err(error),
                };
                read.ok().and_then(|read| self.after(item, &read.body))
            }
        };
        Done { created, after }
    }

    /// The contact as it is kept, where later items are about it.
    fn after(&self, item: &PlanItem, contact: &[u8]) -> Option<String> {
        let text = String::from_utf8_lossy(contact).into_owned();
        self.book().states.go_on_behind(item).then_some(text)
    }
}

/// What an item is kept under.
fn key(item: &PlanItem) -> String {
    item.number.to_string()
}

fn kept<T: serde::de::DeserializeOwned>(value: Option<Value>) -> Result<Option<T>> {
    value.map(serde_json::from_value).transpose().map_err(|_| {
        Error::new(ErrorKind::State, "what is kept of an earlier apply is damaged")
            .with_hint("make the plan again, and apply that")
    })
}

pub(super) fn id_of(body: &[u8]) -> Option<String> {
    let fields: Map<String, Value> = serde_json::from_slice(body).ok()?;
    fields.get("id")?.as_str().map(str::to_owned)
}

/// True where the answer is the whole contact, and not a word about it.
fn is_contact(answer: &[u8], id: &str) -> bool {
    let fields: Option<Map<String, Value>> = serde_json::from_slice(answer).ok();
    fields.is_some_and(|fields| fields.len() > 2 && fields.get("id") == Some(&id.into()))
}
