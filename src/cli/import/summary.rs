//! What an import came to, in a line.

use std::path::Path;

use indicatif::HumanCount;
use serde_json::{Map, Value};

use super::ledger::{Ledger, Outcome};

/// `created 180, updated 20, refused 3 (see leads.refused.csv)`
pub(super) fn line(ledger: &Ledger, report: Option<&Path>) -> String {
    let counts = ledger.counts();
    let part = |outcome: &Outcome| {
        let count = counts.get(outcome).copied().filter(|count| *count > 0)?;
        Some(format!("{} {}", outcome.words(), HumanCount(count as u64)))
    };
    let parts: Vec<_> = Outcome::ALL.iter().filter_map(part).collect();
    let line = if parts.is_empty() { "created 0".to_owned() } else { parts.join(", ") };
    match report {
        Some(report) => format!("{line} (see {})", report.display()),
        None => line,
    }
}

/// The same for programs: every count, and the report's path or null.
pub(super) fn json(ledger: &Ledger, report: Option<&Path>) -> Value {
    let counts = ledger.counts();
    let count = |outcome: &Outcome| counts.get(outcome).copied().unwrap_or_default();
    let pair = |outcome: &Outcome| (outcome.words().replace(' ', "_"), count(outcome).into());
    let mut map: Map<_, _> = Outcome::ALL.iter().map(pair).collect();
    let report = report.map(|report| report.display().to_string());
    map.insert("report".into(), report.map_or(Value::Null, Value::from));
    map.into()
}
