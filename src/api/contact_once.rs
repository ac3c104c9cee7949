//! `contacts.create(fields, { once = key })`: a create that is never blindly repeated.

use std::sync::Arc;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::contacts::written;
use super::function::{Answer, Call};
use super::steps::UnderWay;
use super::{Context, Steps};
use crate::client::upsert::{Sent, sent};
use crate::client::{Client, routes};
use crate::schema::{ContactFilter, FieldType, did_you_mean};
use crate::watch::ServerClock;
use crate::{Error, ErrorKind, Result};

/// The clocks of two machines, and of one machine at two times, differ by less.
pub(super) const MARGIN: SignedDuration = SignedDuration::from_mins(10);

/// What is kept of a create that was begun.
#[derive(Debug, Deserialize)]
struct Note {
    /// When it was first begun, by the clock here.
    since: Timestamp,
    /// The fields that were sent.
    fields: Map<String, Value>,
}

/// The key in the options; none where the create is to be as any other.
///
/// # Errors
/// [`ErrorKind::Invalid`] for an unknown option, or a key that is no text.
pub(super) fn key(options: Map<String, Value>) -> Result<Option<String>> {
    if let Some(unknown) = options.keys().find(|name| *name != "once") {
        let hint = did_you_mean(unknown, ["once"]).unwrap_or_else(|| "it takes once".to_owned());
        return Err(Error::invalid(format!("there is no option \"{unknown}\"")).with_hint(hint));
    }
    let Some(value) = options.into_iter().next().map(|(_, value)| value) else { return Ok(None) };
    match FieldType::Text.check("once", value)? {
        Value::String(key) if key.trim().is_empty() => {
            Err(Error::invalid("once must not be empty")
                .with_hint("name the create, for example by event.key"))
        }
        Value::String(key) => Ok(Some(key)),
        _ => Ok(None),
    }
}

/// Creates the contact, or gives the one that an earlier call with this key created.
pub(super) async fn create(call: &Call, key: &str) -> Result<Answer> {
    let within = |error: Error| error.within("contacts.create");
    let (context, fields) = (&call.context, call.object(0));
    let wanted = sent(&fields).ok_or_else(|| {
        within(Error::invalid("once needs a field that the contact can be looked for by"))
            .with_hint("give its email, phone or name too")
    })?;
    // A key of its own kind: the results of `cliengo.once` are no contacts.
    let step = format!("contacts.create/{key}");
    let steps = context.steps().map_err(within)?;
    let under_way = UnderWay::begin(steps, &step, context).map_err(within)?;
    if let Some(Value::String(json)) = steps.done(&step)? {
        return Ok(Answer::Json(json.into()));
    }
    context.may_write().map_err(within)?;
    let before = steps.begun(&step)?.map(Note::read).transpose()?;
    let found = match &before {
        Some(note) => {
            let earlier = sent(&note.fields).unwrap_or(wanted);
            find(context.client()?, note.since, &earlier, &|_| true).await?
        }
        None => None,
    };
    let json = match found {
        Some(json) => json,
        None => {
            let first = before.is_none();
            let since = before.map_or_else(Timestamp::now, |note| note.since);
            let sent = send(context, steps, &step, Note { since, fields }).await;
            // An earlier attempt may still come to its end: what it began stays looked for.
            if first && sent.as_ref().is_err_and(is_surely_not_done) {
                steps.forget(&step)?;
            }
            sent?
        }
    };
    // As text, so that no digit of it changes.
    under_way.finish(&String::from_utf8_lossy(&json).into_owned().into())?;
    Ok(Answer::Json(json))
}

/// Sends the create, with a note of it before.
async fn send(context: &Context, steps: &Arc<dyn Steps>, step: &str, note: Note) -> Result<Bytes> {
    let Note { since, fields } = note;
    steps.begin(step, &json!({ "since": since.to_string(), "fields": fields }))?;
    written(context, &routes::create_contact(&Value::Object(fields)), None).await
}

impl Note {
    fn read(note: Value) -> Result<Self> {
        serde_json::from_value(note).map_err(|_| {
            Error::new(ErrorKind::State, "what is kept of a create is damaged")
                .with_hint("look for its contact; give the create another key where there is none")
        })
    }
}

/// True where the API said no, or was never reached.
pub(super) fn is_surely_not_done(error: &Error) -> bool {
    !error.is_outcome_unknown() && !error.is_written()
}

/// The newest contact with these fields that was created since then, and may be it.
///
/// # Errors
/// As for a walk through the contacts.
pub(super) async fn find(
    client: &Client,
    since: Timestamp,
    wanted: &Sent,
    may_be: &(dyn Fn(&Map<String, Value>) -> bool + Sync),
) -> Result<Option<Bytes>> {
    let since = since.checked_add(skew(client).await?).unwrap_or(since);
    let since = since.checked_sub(MARGIN).ok();
    let filter = ContactFilter { since, ..ContactFilter::default() };
    let mut walk = client.contacts().list(filter).walk();
    while let Some(page) = walk.next_page().await? {
        let fits = |json: &Bytes| {
            serde_json::from_slice(json)
                .is_ok_and(|contact| wanted.is_of(&contact) && may_be(&contact))
        };
        if let Some(row) = page.into_iter().find(|row| fits(&row.json)) {
            return Ok(Some(row.json));
        }
    }
    Ok(None)
}

/// How far the API's clock is ahead of the one here.
///
/// # Errors
/// [`ErrorKind::Unauthorized`] where the key is refused.
pub(crate) async fn skew(client: &Client) -> Result<SignedDuration> {
    let clock = Arc::new(ServerClock::default());
    let observed = client.observed(Arc::clone(&clock) as _);
    match observed.send(&routes::get(&["account"])?).await {
        Err(error) if error.kind == ErrorKind::Unauthorized => Err(error),
        // Whatever it answered, it told the time; where it did not, the list is going to say why.
        _ => Ok(clock.time().skew),
    }
}
