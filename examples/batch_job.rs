//! A nightly job: every contact goes through a script's function, four at a time; first as a rehearsal, then in
//! earnest. What was written is told, and a contact that fails holds up no other.
//!
//! `cargo run --example batch_job` runs it on an embedded emulator.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::vec::IntoIter;

use cliengo::api::WriteRecord;
use cliengo::client::{Client, Contact};
use cliengo::emulator::{Emulator, EmulatorOptions};
use cliengo::engine::ScriptFailure;
use cliengo::{Error, Host, Result};
use futures_util::future::{join_all, try_join_all};

const AT_ONCE: usize = 4;

/// Trims the names that people typed; a name that is too short for that is an error of the script's.
pub const SCRIPT: &str = r#"
fn clean(contact) {
    if contact.name == () || contact.name.len() < 2 { throw "no name"; }
    let name = contact.name;
    name.trim();
    if name == contact.name { return false; }
    cliengo.contacts.update(contact.id, #{ name: name });
    true
}
"#;

/// What a job did.
#[derive(Debug, Default)]
pub struct Report {
    /// Contacts that were looked at.
    pub looked_at: usize,
    /// The writes that were made, or in a rehearsal would have been.
    pub writes: Vec<WriteRecord>,
    /// Ids of contacts, each with what went wrong.
    pub failed: Vec<(String, ScriptFailure)>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let emulator = Emulator::start(EmulatorOptions::default())?;
    let client = Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
    let host = Host::builder().client(client.build()?).build();
    let rehearsed = clean(&host, true).await?;
    println!("{} contacts would be changed", rehearsed.writes.len());
    let report = clean(&host, false).await?;
    println!("{} of {} were", report.writes.len(), report.looked_at);
    for (id, failure) in &report.failed {
        println!("{id}: {failure}");
    }
    Ok(())
}

/// Cleans the names of all contacts, or rehearses that.
pub async fn clean(host: &Host, rehearse: bool) -> Result<Report> {
    let client = host.client().ok_or_else(|| Error::invalid("the host has no client"))?;
    let contacts = client.contacts().list(Default::default()).await?;
    let (queue, report) = (Mutex::new(contacts.into_iter()), Mutex::new(Report::default()));
    let rhai = host.rhai().name("clean.rhai").dry_run(rehearse);
    // A loaded script makes one call at a time: four of them make four.
    let scripts = try_join_all((0..AT_ONCE).map(|_| rhai.load(SCRIPT))).await?;
    let work = scripts.iter().map(async |script| {
        while let Some(contact) = next(&queue) {
            let id = contact.id.clone().unwrap_or_default();
            let run = script.run::<bool>("clean", (contact,)).await;
            let mut report = lock(&report);
            report.looked_at += 1;
            report.writes.extend(if rehearse { run.rehearsed } else { run.writes });
            report.failed.extend(run.result.err().map(|failure| (id, failure)));
        }
    });
    join_all(work).await;
    Ok(report.into_inner().unwrap_or_else(PoisonError::into_inner))
}

fn next(queue: &Mutex<IntoIter<Contact>>) -> Option<Contact> {
    lock(queue).next()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
