//! The state: its folder, its file, who works with it, and what watches remember of the API.

use std::path::Path;

use super::findings::Findings;
use crate::cli::exit;
use crate::store::{SqliteStore, StateLock, Store, WatchRecord};
use crate::watch::{Cursor, WatchKind};
use crate::{Error, Result};

pub(super) fn check(folder: Option<&Path>, findings: &mut Findings) {
    let Some(folder) = folder else {
        return findings.warning(
            "state",
            "there is no place for it".to_owned(),
            "name a folder with CLIENGO_STATE_DIR, which watches, schedules and once need",
        );
    };
    let checked = SqliteStore::open_existing(folder).and_then(|store| match store {
        Some(store) => file(folder, &store, findings),
        None => {
            let found = format!("nothing is kept in {} yet", folder.display());
            findings.ok("state", found);
            Ok(())
        }
    });
    if let Err(error) = checked {
        findings.error("state", &error, exit::of_run(&error));
    }
}

fn file(folder: &Path, store: &SqliteStore, findings: &mut Findings) -> Result<()> {
    let wrong = store.check()?;
    let watches = store.watches()?;
    match wrong.first() {
        None => findings.ok("state", format!("the file in {} is whole", folder.display())),
        Some(first) => {
            let found = format!("the file in {} is damaged: {first}", folder.display());
            let hint = "end the daemon and put back a copy of state.db; without one, move the file away: \
                        watches begin anew then";
            findings.problem(
                "state",
                found,
                hint,
                exit::of_run(&Error::new(crate::ErrorKind::State, "")),
            );
        }
    }
    locks(folder, &watches, findings);
    watches.iter().for_each(|watch| standing(watch, findings));
    Ok(())
}

fn locks(folder: &Path, watches: &[WatchRecord], findings: &mut Findings) {
    let polled = |watch: &WatchRecord| {
        StateLock::holder_of_watch(folder, &watch.id).map(|by| format!("{by} polls {}", watch.id))
    };
    let daemon = StateLock::holder_of_daemon(folder).map(|by| format!("{by} serves"));
    let holders: Vec<_> = daemon.into_iter().chain(watches.iter().filter_map(polled)).collect();
    match holders.is_empty() {
        true => findings.ok("locks", "nobody works with the state".to_owned()),
        false => findings.ok("locks", holders.join(", ")),
    }
}

/// How a watch stands, and what it remembers of the API.
fn standing(watch: &WatchRecord, findings: &mut Findings) {
    let check = format!("watch {}", watch.id);
    let id = &watch.id;
    if let Some(pause) = &watch.pause {
        let hint = match pause.until_restart {
            true => "mend the key, and restart the daemon".to_owned(),
            false => format!("cliengo watches resume {id}"),
        };
        return findings.warning(&check, format!("is paused: {}", pause.reason), &hint);
    }
    if let Some(error) = &watch.last_error {
        let found = format!("{} polls failed in a row: {error}", watch.failures);
        return findings.warning(
            &check,
            found,
            "mend what the error says; it is polled again by itself",
        );
    }
    let cursor = watch.cursor.clone().and_then(|it| serde_json::from_value::<Cursor>(it).ok());
    let found = match cursor {
        Some(cursor) if watch.kind == WatchKind::Updated.as_str() => format!(
            "remembers that lastUpdateDate is {}; the complete list was last compared at {}",
            cursor.reading.describe(),
            crate::schema::to_wire(cursor.swept)
        ),
        Some(_) => "was polled well".to_owned(),
        None => "was not polled yet".to_owned(),
    };
    findings.ok(&check, found);
}
