//! `cliengo export`

mod arguments;
mod columns;
mod contact;
mod csv;
mod format;
mod json;
mod parquet;
mod summary;
mod writer;

use std::io;
use std::path::Path;
use std::time::Instant;

use clap::ArgMatches;

use self::arguments::ExportOptions;
pub(super) use self::arguments::command;
use self::summary::Written;
use super::destination::Destination;
use super::{exit, report};
use crate::client::{Client, no_key};
use crate::runtime::interruptible;
use crate::terminal::Progress;
use crate::{Error, ErrorKind, Result};

/// Writes every contact that matches.
pub(super) fn run(matches: &ArgMatches) -> Result<u8> {
    let options = ExportOptions::read(matches)?;
    let (client, _emulator) = options.account.open()?;
    let client = client.ok_or_else(no_key)?;
    let destination = Destination::open(options.file.as_deref(), "-O")?;
    for name in &options.columns.unknown {
        report::warning(&format!("the API documents no field \"{name}\" of a contact"));
    }
    let (file, begun) = (options.file.clone(), Instant::now());
    let done = interruptible(move || export(client, options, destination));
    Ok(match done {
        Ok(Some(written)) => {
            written.loss().iter().for_each(|loss| report::warning(loss));
            report::note(&written.describe(file.as_deref(), begun.elapsed()));
            exit::DONE
        }
        // Who reads no more has what was wanted.
        Ok(None) => exit::DONE,
        Err(error) => {
            report::error(&error);
            report::note(&unfinished(file.as_deref()));
            exit::of_run(&error)
        }
    })
}

fn unfinished(file: Option<&Path>) -> String {
    match file {
        Some(file) => format!("{} was not written", file.display()),
        None => "what was printed is not the whole list".into(),
    }
}

/// Walks the list from end to end. None where the reader of the output has gone.
async fn export(
    client: Client,
    options: ExportOptions,
    destination: Destination,
) -> Result<Option<Written>> {
    match copy(client, &options, destination).await {
        Ok(written) => Ok(Some(written)),
        Err(Stop::Closed) => Ok(None),
        Err(Stop::Failed(error)) => Err(error),
    }
}

async fn copy(
    client: Client,
    options: &ExportOptions,
    mut destination: Destination,
) -> Result<Written, Stop> {
    let list = client.contacts().list(options.filter.clone());
    let mut walk = list.concurrency(options.concurrency).walk();
    let progress = Progress::beside_output(options.file.is_some());
    // A list that cannot be had has no header either.
    let mut next = walk.next_page().await?;
    let mut writer = writer::open(options, &mut destination)?;
    let mut contacts = 0;
    while let Some(page) = next {
        for row in &page {
            writer.add(std::str::from_utf8(&row.json).map_err(io::Error::other)?)?;
        }
        contacts += page.len() as u64;
        // Where more come than were counted at the start, the bar waits for the end of the list.
        if let Some(expected) = walk.expected().filter(|expected| contacts < *expected) {
            progress.show("contacts", contacts, expected);
        }
        next = walk.next_page().await?;
    }
    progress.end();
    let lost = writer.finish()?;
    let bytes = destination.bytes();
    destination.complete()?;
    Ok(Written { contacts, bytes, lost })
}

/// Why an export ended early.
enum Stop {
    /// The reader of the output has gone.
    Closed,
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Closed;
        }
        let hint = match error.kind() {
            io::ErrorKind::InvalidData => "--format ndjson writes what the API sent as it is",
            _ => "make room, or write to another place with -O",
        };
        let message = format!("cannot write the contacts: {error}");
        Self::Failed(Error::new(ErrorKind::Limit, message).with_hint(hint))
    }
}
