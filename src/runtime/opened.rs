//! A watch that this process alone polls, from now on.

use jiff::Timestamp;

use super::attempt::ScriptName;
use super::{Held, State};
use crate::client::{Client, routes};
use crate::store::{Pause, Store};
use crate::watch::WatchDefinition;
use crate::{Error, ErrorKind, Result};

/// A watch that this process alone polls.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) held: Held,
    /// Events that were being handled when a program ended: they are handled again.
    pub(crate) repeated: u64,
    /// Why it stands still, where somebody wants that.
    pub(crate) pause: Option<Pause>,
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
    let repeated = store.recover(id, definition.max_attempts, Timestamp::now())?;
    let pause = match record.pause {
        Some(pause) if pause.until_restart => {
            store.pause_watch(id, None)?;
            None
        }
        pause => pause,
    };
    Ok(Opened { held, repeated, pause })
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
        Ok(response) => serde_json::from_slice::<serde_json::Value>(&response.body).ok(),
        Err(error) if error.kind == ErrorKind::Unauthorized => return Err(error),
        Err(_) => None,
    };
    let id = account.as_ref().and_then(|account| account.get("id")?.as_str());
    let Some(id) = id else { return Ok(false) };
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
