//! `--dry-run`: every row is checked, and nothing is changed.

use indicatif::HumanCount;
use serde_json::json;

use super::arguments::ImportOptions;
use super::only_site;
use super::row::Rules;
use crate::Result;
use crate::cli::{exit, output, report};
use crate::runtime::interruptible;
use crate::stdlib::csv::Table;

/// Refused rows that are shown; the rest is counted.
const SHOWN: usize = 20;

/// Says what the import would do.
pub(super) fn rehearse(mut rules: Rules, table: &Table, options: &ImportOptions) -> Result<u8> {
    if rules.lacks_site() {
        rules.set_site(&site(options)?);
    }
    if rules.upsert.as_deref() == Some("id") {
        report::note("not checked: whether the contacts with these ids are there");
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
        report::note(&format!("… and {} more", HumanCount((refused - SHOWN) as u64)));
    }
    match options.json {
        true => {
            output::print(&json!({ "dry_run": true, "good": good, "refused": refused }), "json")?;
        }
        false => output::print(&line(&rules, good, refused).into(), "pretty")?,
    }
    Ok(if refused > 0 { exit::FAILED } else { exit::DONE })
}

/// The site that the import would take; any, where there is no key to ask with.
fn site(options: &ImportOptions) -> Result<String> {
    let (client, _emulator) = options.account.open()?;
    let Some(client) = client else {
        report::note("not checked, for there is no API key: which site the contacts belong to");
        return Ok("000000000000000000000000".into());
    };
    interruptible(move || async move { only_site(&client).await })
}

/// `would create 180, refuse 3`
fn line(rules: &Rules, good: usize, refused: usize) -> String {
    let verb = match rules.upsert.as_deref() {
        None => "create",
        Some("id") => "update",
        Some(_) => "create or update",
    };
    let (good, count) = (HumanCount(good as u64), HumanCount(refused as u64));
    let refuse = if refused > 0 { format!(", refuse {count}") } else { String::new() };
    format!("would {verb} {good}{refuse}")
}
