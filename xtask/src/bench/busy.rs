//! Whether the machine had other work: the clock then shows that too.

use std::time::Duration;

/// How long is looked at, with nothing of ours running.
const LOOK: Duration = Duration::from_secs(1);
/// The share of the processors from which on the reader is told.
const MUCH: f64 = 0.1;

/// A sentence for the page where other programs keep the processors busy just now.
pub(super) fn note() -> Option<String> {
    let before = ticks()?;
    std::thread::sleep(LOOK);
    let after = ticks()?;
    let (all, idle) = (after.0 - before.0, after.1 - before.1);
    let share = 1.0 - idle / all.max(1.0);
    (share > MUCH).then(|| {
        format!(
            "**Other programs held {:.0} % of the machine when this was measured**, so times on the clock are too\nlong; \
             processor time and memory hardly change.",
            share * 100.0
        )
    })
}

/// All ticks of all processors since the start, and the idle ones. None where the system does not say.
fn ticks() -> Option<(f64, f64)> {
    let text = std::fs::read_to_string("/proc/stat").ok()?;
    let numbers = text.lines().next()?.split_ascii_whitespace().skip(1);
    let numbers: Vec<f64> = numbers.filter_map(|number| number.parse().ok()).collect();
    // Idle, and waiting for a disk.
    Some((numbers.iter().take(8).sum(), numbers.get(3)? + numbers.get(4)?))
}
