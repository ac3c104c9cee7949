//! What a run that failed had written.

use std::fmt::Write as _;

use crate::api::{WriteRecord, WriteState};
use crate::terminal::{Paint, counted, harmless};

/// Writes that are listed; the rest is counted.
const LISTED: usize = 20;

/// The writes that were made, and how many were not begun; nothing where there were none.
pub(crate) fn writes(writes: &[WriteRecord], not_begun: u64, paint: Paint) -> String {
    let mut text = String::new();
    if !writes.is_empty() {
        text = paint.warning("Before that, the run made these writes:");
        text.push('\n');
        text.push_str(&account(writes));
    }
    if not_begun > 0 {
        let were = if not_begun == 1 { "was" } else { "were" };
        let _ = writeln!(text, "{} {were} not begun.", counted(not_begun as usize, "write"));
    }
    text
}

/// The writes in order; where there are many, their numbers and then those whose outcome nobody knows.
fn account(writes: &[WriteRecord]) -> String {
    let mut text = String::new();
    let mut listed: Vec<_> = writes.iter().collect();
    if writes.len() > LISTED {
        text = counts(writes);
        listed.sort_by_key(|write| write.state != WriteState::Unknown);
    }
    for write in listed.iter().take(LISTED) {
        let _ = writeln!(text, "  {}", harmless(&write.to_string()));
    }
    if writes.len() > LISTED {
        let _ = writeln!(text, "  … and {} more", writes.len() - LISTED);
    }
    text
}

/// `412 PATCH done, 8 outcome unknown`, a line for each method.
fn counts(writes: &[WriteRecord]) -> String {
    let mut methods: Vec<_> = writes.iter().map(|write| write.method).collect();
    methods.sort_unstable();
    methods.dedup();
    let line = |method: &str| {
        let of_method = writes.iter().filter(|write| write.method == method);
        let (unknown, done): (Vec<_>, Vec<_>) =
            of_method.partition(|write| write.state == WriteState::Unknown);
        match (done.len(), unknown.len()) {
            (done, 0) => format!("  {done} {method} done\n"),
            (0, unknown) => format!("  {unknown} {method} outcome unknown\n"),
            (done, unknown) => format!("  {done} {method} done, {unknown} outcome unknown\n"),
        }
    };
    methods.into_iter().map(line).collect()
}
