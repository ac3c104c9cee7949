//! Whether the API is reached, whose account it is, and what time it is there.

use serde_json::Value;

use super::findings::Findings;
use super::probe;
use crate::cli::exit;
use crate::client::{Client, routes};
use crate::schema::ContactFilter;
use crate::watch::Account;
use crate::{Error, ErrorKind};

/// A clock that is further off is worth a word.
const SKEW: i64 = 60;

pub(super) async fn check(client: &Client, probes: bool, findings: &mut Findings) {
    let account = Account::new(client);
    let answer = match routes::get(&["account"]) {
        Ok(request) => account.client().send(&request).await,
        Err(error) => Err(error),
    };
    match answer {
        Ok(answer) => {
            findings.ok("api", "it answers".to_owned());
            findings.ok("key", "it is accepted".to_owned());
            findings.ok("account", named(&answer.json().unwrap_or_default()));
        }
        Err(error) => return refused(&error, findings),
    }
    clock(&account, findings);
    match client.count_contacts(&ContactFilter::default()).await {
        Ok(count) => findings.ok("contacts", format!("{count} are counted")),
        Err(error) => return findings.error("contacts", &error, exit::of_run(&error)),
    }
    if probes {
        probe::check(client, findings).await;
    }
}

fn refused(error: &Error, findings: &mut Findings) {
    let code = exit::of_run(error);
    match error.kind {
        ErrorKind::Network | ErrorKind::Timeout => findings.error("api", error, code),
        ErrorKind::Unauthorized => {
            findings.ok("api", "it answers".to_owned());
            findings.error("key", error, code);
        }
        _ => {
            findings.error("api", error, code);
        }
    }
}

fn named(account: &Value) -> String {
    let text = |name: &str| account.get(name).and_then(Value::as_str);
    match (text("name"), text("id")) {
        (Some(name), Some(id)) => format!("{name} ({id})"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "its name is not told".to_owned(),
    }
}

fn clock(account: &Account, findings: &mut Findings) {
    let seconds = account.time().skew.as_secs();
    let direction = if seconds > 0 { "ahead of" } else { "behind" };
    let found = format!("the API's is {} s {direction} the one here", seconds.abs());
    match seconds.abs() {
        0..=1 => findings.ok("clock", "the API's and the one here agree".to_owned()),
        2..=SKEW => findings.ok("clock", found),
        _ => findings.warning(
            "clock",
            found,
            "watches bear it, and read further back at each poll; schedules go by the clock here: set it, \
             with NTP for example",
        ),
    }
}
