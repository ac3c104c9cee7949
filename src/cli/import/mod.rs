//! `cliengo import`: a contact for each row of a CSV file.

mod arguments;
mod ledger;
mod left_out;
mod mapping;
mod reach;
mod rehearsal;
mod report;
mod row;
mod summary;
mod table;
mod undoable;

use std::path::Path;
use std::time::Duration;

use clap::ArgMatches;
use futures_util::{Stream, StreamExt};
use serde_json::Value;

use self::arguments::ImportOptions;
pub(super) use self::arguments::command;
use self::ledger::{Ledger, Noted};
use self::reach::Reach;
use self::report::Report;
use self::row::Rules;
use self::undoable::Undoable;
use super::{exit, output};
use crate::api::Context;
use crate::client::bulk::{BulkOptions, Halt, outcomes};
use crate::client::upsert::{Did, create, upsert};
use crate::client::{Client, no_key};
use crate::runtime::{Ended, wind_down};
use crate::stdlib::csv::{Row, Table};
use crate::terminal::Progress;
use crate::{Error, ErrorKind, Result};

/// Rows that are under way when a signal comes have so long to come to their end.
const GRACE: Duration = Duration::from_secs(5);
const CANCELLED: &str = "the import was cancelled";

/// Imports the file.
pub(super) fn run(matches: &ArgMatches) -> Result<u8> {
    let options = ImportOptions::read(matches)?;
    let table = table::read(&options.file, options.delimiter)?;
    let rules = Rules::read(&options, &table)?;
    left_out::check(&table, &rules.mapping, rules.upsert.is_some())?;
    if !rules.mapping.decided.is_empty() {
        let columns = rules.mapping.decided.join(", ");
        super::report::note(&format!("left out, for the API decides them: {columns}"));
    }
    if let Some(matched) = rules.upsert.as_deref() {
        let fields = rules.mapping.not_updated(matched).join(", ");
        if !fields.is_empty() {
            super::report::note(&format!("an update leaves these as they are: {fields}"));
        }
    }
    if options.dry_run {
        return rehearsal::rehearse(rules, &table, &options);
    }
    let (client, _emulator) = options.account.open()?;
    let client = client.ok_or_else(no_key)?;
    let report = Report::open(&options.file, options.report.as_deref())?;
    let (ledger, halt) = (Ledger::new(table.rows().count()), Halt::default());
    let (reach, undoable) = (Reach::default(), Undoable::begin(&options, &client));
    let work = import(&undoable.context, &options, rules, &table, &ledger, (&halt, &reach));
    let cannot = |error| Error::new(ErrorKind::Limit, format!("cannot begin the import: {error}"));
    let stop = || {
        halt.stop(CANCELLED);
        super::report::note("stopping: rows that are under way come to their end, in 5 s at most");
    };
    let ended = wind_down(work, stop, GRACE).map_err(cannot)?;
    let cancelled = matches!(ended, Ended::Stopped(_));
    if let Ended::Done(result) | Ended::Stopped(Some(result)) = ended {
        result?;
    }
    let report = report.write(&table, &ledger);
    undoable.end(summary::json(&ledger, None), cancelled);
    // Where the report fails, the counts are all that is left to tell.
    tell(&options, &ledger, report.as_ref().ok().and_then(|report| report.as_deref()))?;
    report?;
    Ok(code(&ledger, &reach, cancelled))
}

/// Prints the summary.
fn tell(options: &ImportOptions, ledger: &Ledger, report: Option<&Path>) -> Result<()> {
    match options.json {
        true => output::print(&summary::json(ledger, report), "json"),
        false => output::print(&summary::line(ledger, report).into(), "pretty"),
    }
}

fn code(ledger: &Ledger, reach: &Reach, cancelled: bool) -> u8 {
    if cancelled {
        let error = Error::new(ErrorKind::Cancelled, CANCELLED);
        super::report::error(&error);
        return exit::of_run(&error);
    }
    if let Some(error) = ledger.refused_key().or_else(|| reach.gone()) {
        super::report::error(&error);
        return exit::of_run(&error);
    }
    let all = ledger.counts().into_keys().all(|outcome| outcome.is_in());
    if all { exit::DONE } else { exit::FAILED }
}

/// Makes ready what all rows need, and sends them.
async fn import(
    context: &Context,
    options: &ImportOptions,
    mut rules: Rules,
    table: &Table,
    ledger: &Ledger,
    (halt, reach): (&Halt, &Reach),
) -> Result<()> {
    let client = context.client()?;
    if rules.lacks_site() {
        rules.set_site(&only_site(client).await?);
    }
    if rules.upsert.is_some() {
        client.contacts().foresee_upserts(table.rows().count() as u64).await;
    }
    let rules = &rules;
    let work = |row: Row| async move {
        let result = one(context, rules, &row, ledger).await;
        // The next row would go through all contacts again, and fail where this one did.
        if result.as_ref().is_err_and(|error| error.kind == ErrorKind::Incomplete) {
            halt.stop("the API does not give all contacts to look through");
        }
        if result.as_ref().is_err_and(|error| error.kind == ErrorKind::State) {
            halt.stop("what is written cannot be journaled");
        }
        if reach.is_gone(&result, options.concurrency) {
            halt.stop("the API could not be reached");
        }
        ledger.end(row.place, &result);
        result
    };
    let bulk = BulkOptions { concurrency: options.concurrency, stop_on_error: false };
    follow(outcomes(table.rows(), bulk, halt, |_| None, work), table, ledger).await;
    Ok(())
}

/// Goes on to the end of the last row.
async fn follow(rows: impl Stream<Item = (usize, Result<Did>)>, table: &Table, ledger: &Ledger) {
    let (mut rows, progress) = (std::pin::pin!(rows), Progress::beside_output(true));
    let (mut done, total) = (0, table.rows().count() as u64);
    while let Some((place, result)) = rows.next().await {
        // A row that was not begun any more has not told its end yet.
        if result.as_ref().is_err_and(|error| error.kind == ErrorKind::Cancelled) {
            ledger.end(place, &result);
        }
        done += 1;
        progress.show("rows", done, total);
    }
}

async fn one(context: &Context, rules: &Rules, row: &Row, ledger: &Ledger) -> Result<Did> {
    let client = context.client()?;
    let (criteria, fields) = rules.contact(row)?;
    let writer = Noted { context, ledger, place: row.place };
    match rules.upsert {
        Some(_) => upsert(client, &writer, &criteria, &fields).await.map(|(did, _)| did),
        None => create(client, &writer, &fields).await.map(|_| Did::Create),
    }
}

/// The site that there is no choice about.
async fn only_site(client: &Client) -> Result<String> {
    let sites = client.sites().list().await?;
    let text = |site: &Value, name: &str| site[name].as_str().unwrap_or_default().to_owned();
    let name = |site: &Value| format!("{} ({})", text(site, "name"), text(site, "id"));
    match sites.as_slice() {
        [site] => {
            super::report::note(&format!("the contacts belong to the only site, {}", name(site)));
            Ok(text(site, "id"))
        }
        sites => {
            let names: Vec<_> = sites.iter().map(name).collect();
            let message = format!("the account has {} sites: {}", sites.len(), names.join(", "));
            Err(Error::invalid(message).with_hint("say which: --set websiteId=ID"))
        }
    }
}
