//! How completion is asked for.

use crate::support::{Screen, key};

/// Types this, presses Tab, and waits until it has become that.
#[track_caller]
pub fn completes(screen: &mut Screen, typed: &str, wanted: &str) {
    screen.types(key::CTRL_U).prompt().types(typed);
    screen.types(key::TAB);
    screen.until(&format!("{wanted:?} from {typed:?}"), |shown| {
        shown.line().0.contains(&format!("> {wanted}"))
    });
}

/// Types this, presses Tab twice, and waits until all these are listed.
#[track_caller]
pub fn lists(screen: &mut Screen, typed: &str, wanted: &[&str]) -> String {
    screen.types(key::CTRL_U).prompt();
    let at = screen.now().lines().len();
    screen.types(typed).types(key::TAB).types(key::TAB);
    screen.until(&format!("{wanted:?} listed for {typed:?}"), |shown| {
        let lines = shown.lines();
        let below = lines[at.min(lines.len())..].join("\n");
        wanted.iter().all(|word| below.contains(word))
    });
    let lines = screen.now().lines();
    lines[at..].join("\n")
}
