//! `--dry-run`: every row is checked, and nothing is sent.

use serde_json::json;

use super::arguments::ImportOptions;
use super::row::Rules;
use super::table::Table;
use crate::Result;
use crate::cli::{exit, output, report};

/// Refused rows that are shown; the rest is counted.
const SHOWN: usize = 20;

/// Says what the import would do.
pub(super) fn rehearse(mut rules: Rules, table: &Table, options: &ImportOptions) -> Result<u8> {
    if rules.lacks_site() {
        report::note(
            "nothing says which site the contacts belong to: the import takes the account's only one",
        );
        rules.set_site("000000000000000000000000");
    }
    let (mut good, mut refused) = (0_usize, 0_usize);
    for row in table.rows() {
        match rules.contact(&row) {
            Ok(_) => good += 1,
            Err(error) => {
                refused += 1;
                if refused <= SHOWN {
                    report::note(&format!("line {}: {error}", row.line));
                }
            }
        }
    }
    if refused > SHOWN {
        report::note(&format!("… and {} more", refused - SHOWN));
    }
    match options.json {
        true => {
            output::print(&json!({ "dry_run": true, "good": good, "refused": refused }), "json")?;
        }
        false => output::print(&line(&rules, good, refused).into(), "pretty")?,
    }
    Ok(if refused > 0 { exit::FAILED } else { exit::DONE })
}

/// `would create 180, refuse 3`
fn line(rules: &Rules, good: usize, refused: usize) -> String {
    let verb = match rules.upsert.as_deref() {
        None => "create",
        Some("id") => "update",
        Some(_) => "create or update",
    };
    let refuse = if refused > 0 { format!(", refuse {refused}") } else { String::new() };
    format!("would {verb} {good}{refuse}")
}
