//! What is said of watches and schedules that stand still.

use clap::ArgMatches;
use jiff::Timestamp;

use crate::cli::report;
use crate::store::Pause;

/// A pause that a person asks for.
pub(super) fn by_hand(matches: &ArgMatches) -> Pause {
    let reason = matches.get_one::<String>("reason").map_or("by hand", String::as_str);
    Pause { at: Timestamp::now(), reason: reason.to_owned(), until_restart: false }
}

/// Why it stands still, where it does, and what sets it going.
pub(super) fn note(command: &str, id: &str, pause: Option<&Pause>) {
    let Some(pause) = pause else { return };
    let since = format!("{id} is paused since {:.0}: {}", pause.at, pause.reason);
    let restart = if pause.until_restart { ", or start its script again" } else { "" };
    report::note(&format!("{since}; `cliengo {command} resume {id}` lets it go on{restart}"));
}

/// What is said of one that was let go on.
pub(super) fn resumed(id: &str, pause: Option<&Pause>) -> String {
    match pause {
        Some(pause) => format!("{id} goes on; it was paused: {}", pause.reason),
        None => format!("{id} was not paused"),
    }
}
