//! `cliengo apply`: does what a saved plan says.

mod show;

use std::fs::{File, TryLockError};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::Value;

use super::account::{self, AccountOptions};
use super::arguments::{ScriptOptions, no_undo, option, output, state_folder};
use super::journaled::{PLAN, Subject};
use super::session::Session;
use super::{exit, report};
use crate::api::{Applied, Cancel, Permissions, Plan};
use crate::engine::ScriptFailure;
use crate::runtime::{Ended, State, undone_by, wind_down};
use crate::store::RunQuery;
use crate::{Error, ErrorKind, Result};

/// An item that is under way when a signal comes has so long to come to its end.
const GRACE: Duration = Duration::from_secs(5);
const AGAIN: &str = "apply the plan again: what was done is not done twice";

/// The command and its options.
pub(super) fn command() -> Command {
    let plan = Arg::new("plan")
        .value_name("PLAN")
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .help("The plan that --dry-run --plan FILE saved; - reads it from standard input");
    Command::new("apply")
        .about("Do what the plan of a dry run says, where the contacts are still as they were")
        .arg(plan)
        .args(account::options())
        .arg(output("How to tell what became of each item"))
        .arg(state_folder())
        .arg(no_undo())
        .args([
            option("incomplete", "", "Apply the plan of a script that failed before its end")
                .num_args(0)
                .action(ArgAction::SetTrue),
            option("verbose", "", "Show every item, not only those that were not done")
                .short('v')
                .num_args(0)
                .action(ArgAction::SetTrue),
        ])
}

/// `cliengo apply PLAN`
pub(super) fn run(matches: &ArgMatches) -> Result<u8> {
    let path = matches.get_one::<PathBuf>("plan").cloned().unwrap_or_default();
    let plan = Plan::from_json(&read(&path)?)?;
    if !plan.complete && !matches.get_flag("incomplete") {
        let message = "the plan is incomplete: its script failed before its end";
        return Err(Error::new(ErrorKind::Denied, message)
            .with_hint("mend the script and make the plan again, or apply it with --incomplete"));
    }
    let options = options(matches);
    let name = match path == Path::new("-") {
        true => "(standard input)".into(),
        false => path.file_name().unwrap_or_default().to_string_lossy(),
    };
    let subject = format!("apply of {name}");
    let session = Session::begin(&options, Vec::new(), Subject::Plan(&subject, &plan.id))?;
    let _alone = alone(&session.state)?;
    not_undone(&session.state, &plan)?;
    let applied = apply(&plan, &session)?;
    session.terminal.end_progress();
    match applied {
        Some(applied) => tell(&plan, &applied, &options),
        None => {
            report::error(&cut_off().with_hint(AGAIN));
            Ok(exit::of_run(&cut_off()))
        }
    }
}

/// Says what became of the plan, and gives the exit code for it.
fn tell(plan: &Plan, applied: &Applied, options: &ScriptOptions) -> Result<u8> {
    show::show(applied, options)?;
    if plan.account.is_none() && !plan.is_empty() {
        report::note("the plan does not tell its account: whether it was this one is not known");
    }
    if let Some(error) = &applied.ended {
        let hint = error.hint.clone().unwrap_or_else(|| AGAIN.to_owned());
        report::error(&error.clone().with_hint(hint));
        return Ok(exit::of_run(error));
    }
    Ok(if applied.is_whole() { exit::DONE } else { exit::FAILED })
}

/// Does what the plan says, as a run that can be undone; nothing where it was cut off.
fn apply(plan: &Plan, session: &Session) -> Result<Option<Applied>> {
    let cancel = Cancel::default();
    let steps = session.state.steps(&format!("plan {}", plan.id));
    let context = session.context.derive().steps(steps).cancel(cancel.clone()).build();
    let stop = || {
        cancel.cancel(Error::new(ErrorKind::Cancelled, "the apply was cancelled"));
        report::note("stopping: the item that is under way comes to its end, in 5 s at most");
    };
    let cannot = |error| Error::new(ErrorKind::Limit, format!("cannot begin to apply: {error}"));
    let applied = match wind_down(plan.apply(&context), stop, GRACE).map_err(cannot)? {
        Ended::Done(applied) | Ended::Stopped(Some(applied)) => Some(applied?),
        Ended::Stopped(None) => None,
    };
    if let Some(journaled) = &session.journaled {
        let why = match &applied {
            Some(applied) => applied.ended.clone(),
            None => Some(cut_off()),
        };
        let ended = why.map_or(Ok(Value::Null), |error| Err(ScriptFailure::of(error)));
        journaled.end(&ended, &context);
    }
    Ok(applied)
}

fn cut_off() -> Error {
    Error::new(ErrorKind::Cancelled, "the apply was cut off in the middle of an item")
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let mut json = Vec::new();
    let result = match path == Path::new("-") {
        true => std::io::stdin().read_to_end(&mut json),
        false => File::open(path).and_then(|mut file| file.read_to_end(&mut json)),
    };
    let cannot = |error| Error::invalid(format!("cannot read {}: {error}", path.display()));
    result.map(|_| json).map_err(cannot)
}

/// What an undo took back is kept as done, and is not to be taken for it.
fn not_undone(state: &State, plan: &Plan) -> Result<()> {
    if state.is_nowhere() {
        return Ok(());
    }
    let store = state.store()?;
    for run in store.runs(&RunQuery::default())? {
        if run.begin.input[PLAN] != plan.id.as_str() {
            continue;
        }
        if let Some(by) = undone_by(&*store, run.id)? {
            let message =
                format!("the plan was applied by run {}, and run {by} took that back", run.id);
            let hint = format!(
                "make the plan again and apply that, or undo the undo: `cliengo runs undo {by}`"
            );
            return Err(Error::new(ErrorKind::Denied, message).with_hint(hint));
        }
    }
    Ok(())
}

/// Locks out other applies: two of one plan would each do all of it.
fn alone(state: &State) -> Result<Option<File>> {
    let Some(folder) = state.folder() else { return Ok(None) };
    let cannot = |error: std::io::Error| {
        let message = format!("cannot keep state in {}: {error}", folder.display());
        Error::new(ErrorKind::State, message).with_hint("name another folder with --state-dir")
    };
    std::fs::create_dir_all(folder).map_err(cannot)?;
    let lock = File::create(folder.join("apply.lock")).map_err(cannot)?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => {
            Err(Error::new(ErrorKind::State, "another plan is being applied")
                .with_hint("wait for its end, or name another folder with --state-dir"))
        }
        Err(TryLockError::Error(error)) => Err(cannot(error)),
    }
}

/// What a run in earnest of a script without limits has.
fn options(matches: &ArgMatches) -> ScriptOptions {
    ScriptOptions {
        language: None,
        libraries: Vec::new(),
        account: AccountOptions::read(matches),
        output: matches.get_one::<String>("output").cloned().unwrap_or_default(),
        timeout: None,
        memory: None,
        operations: None,
        permissions: Permissions::none(),
        state_folder: matches.get_one("state-dir").cloned(),
        read_only: false,
        dry_run: false,
        undo: !matches.get_flag("no-undo"),
        verbose: matches.get_flag("verbose"),
        json_log: false,
    }
}
