//! A watch that this process alone polls, from now on.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::attempt::ScriptName;
use super::{Held, State};
use crate::client::{Client, routes};
use crate::store::{EventQuery, EventRecord, EventState, Pause, Store};
use crate::watch::{OnError, WatchDefinition};
use crate::{Error, ErrorKind, Result};

/// A watch that this process alone polls.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) held: Held,
    /// Events that were being handled when a program ended: they are handled again.
    pub(crate) repeated: u64,
    /// Those of them that had used up their attempts: they are dead.
    pub(crate) died: Vec<EventRecord>,
    /// Why it stands still, where somebody wants that.
    pub(crate) pause: Option<Pause>,
}

/// How many events a program left in the middle, in words.
pub(crate) fn interrupted(events: u64) -> String {
    match events {
        1 => "1 event was being handled when the program ended".to_owned(),
        events => format!("{events} events were being handled when the program ended"),
    }
}

/// What is told of an event that died without an end.
pub(crate) fn cut_off(watch: &str, event: &EventRecord) -> Value {
    json!({
        "watch": watch, "event": event.id, "contact": event.contact, "kind": event.kind,
        "attempt": event.attempts, "run": event.run, "error": event.error,
    })
}

/// Takes a watch for this process, and puts right what an earlier one left in the middle.
///
/// # Errors
/// [`ErrorKind::State`] where another process has it; [`ErrorKind::Invalid`] where its id is that of
/// another kind of watch.
pub(crate) fn open_watch(
    state: &State,
    store: &dyn Store,
    script: &ScriptName,
    definition: &WatchDefinition,
) -> Result<Opened> {
    let (id, kind) = (&definition.id, definition.kind.as_str());
    let held = state.hold_watch(id)?;
    if let Some(known) = store.watch(id)?.filter(|known| known.kind != kind) {
        let message = format!("the watch \"{id}\" is known as a watch of {}", known.kind);
        return Err(Error::invalid(message).with_hint(format!(
            "give this one another id, or forget the other with cliengo watches remove {id}"
        )));
    }
    let record = store.open_watch(id, kind, &script.name, &definition.identity())?;
    // A watch that stands still at a failure does so at one that nobody saw, too.
    let stops = definition.on_error == OnError::Stop;
    let most = if stops { u32::MAX } else { definition.max_attempts };
    let now = Timestamp::now();
    let repeated = store.recover(id, most, now)?;
    let died = if repeated > 0 { died(store, id, now)? } else { Vec::new() };
    let pause = match record.pause {
        Some(pause) if pause.until_restart => {
            store.pause_watch(id, None)?;
            None
        }
        pause => pause,
    };
    Ok(Opened { held, repeated, died, pause })
}

/// The events that the recovery at `now` gave up.
fn died(store: &dyn Store, watch: &str, now: Timestamp) -> Result<Vec<EventRecord>> {
    let dead = EventQuery {
        watch: Some(watch.to_owned()),
        states: vec![EventState::Dead],
        ..EventQuery::default()
    };
    let mut events = store.events(&dead)?;
    let micros = |at: Timestamp| at.as_microsecond();
    events.retain(|event| event.ended_at.is_some_and(|ended| micros(ended) == micros(now)));
    Ok(events)
}

/// The setting that says whose contacts the state is about.
const ACCOUNT: &str = "account";

/// Makes sure that the state is about this client's account: what is known of one account's contacts must
/// not be taken for another's. A new key of the same account is no other account. Where the API does not
/// tell now, nothing is checked: false.
///
/// # Errors
/// [`ErrorKind::State`] where it is another account's; [`ErrorKind::Unauthorized`] for a refused key.
pub(crate) async fn check_account(client: &Client, store: &dyn Store) -> Result<bool> {
    let request = routes::get(&["account"])?;
    let account = match client.send(&request).await {
        Ok(response) => serde_json::from_slice::<Value>(&response.body).unwrap_or_default(),
        // An API that has no such route, or that names no account, is not asked again.
        Err(error) if error.kind == ErrorKind::NotFound => Value::Null,
        Err(error) if error.kind == ErrorKind::Unauthorized => return Err(error),
        Err(_) => return Ok(false),
    };
    let Some(id) = account["id"].as_str() else { return Ok(true) };
    match store.setting(ACCOUNT)? {
        None => store.set_setting(ACCOUNT, &id.into()).map(|()| true),
        Some(known) if known == id => Ok(true),
        Some(known) => {
            let message = format!("the state is about the account {known}, and the key is of {id}");
            Err(Error::new(ErrorKind::State, message).with_hint(
                "give each account a state of its own: CLIENGO_STATE_DIR, or --state-dir",
            ))
        }
    }
}
