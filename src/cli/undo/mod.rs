//! `cliengo runs undo`.

mod words;

pub(super) use self::words::fields;

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Map, Value};

use super::account::AccountOptions;
use super::arguments::option;
use super::{exit, output, report};
use crate::Result;
use crate::api::{Context, Level, Sink};
use crate::client::no_key;
use crate::runtime::{State, UndoOptions, UndoReport, interruptible, undo};
use crate::terminal::Progress;

/// What rows for programs begin with.
const COLUMNS: [&str; 6] = ["contact", "name", "action", "outcome", "new_id", "reason"];

pub(super) fn command() -> Command {
    let flag = |name, help| option(name, "", help).num_args(0).action(ArgAction::SetTrue);
    let number = Arg::new("id").value_name("ID").required(true).value_parser(value_parser!(u64));
    Command::new("undo")
        .about("Take back what a run did to contacts, as far as nobody changed them since")
        .after_help(
            "Fields that the run changed get the values they had before, contacts that it made are deleted, and \
             those that it deleted are made anew, with a new id. A contact that somebody changed since is left \
             alone, and the exit code is 1 then. The undo is a run of its own and can be undone too.\n\n\
             Examples:\n  \
             cliengo runs undo 12 --dry-run    what it would do\n  \
             cliengo runs undo 12",
        )
        .arg(number)
        .arg(flag("dry-run", "Say what it would do, and change nothing"))
        .arg(flag(
            "despite-other-changes",
            "Put the run's fields back also where somebody changed other fields since",
        ))
        .arg(option("profile", "NAME", "A profile of the user configuration [env: CLIENGO_PROFILE]"))
        .arg(option("base-url", "URL", "Where the API is [env: CLIENGO_BASE_URL]"))
}

/// Undoes a run of the state in this folder.
pub(super) fn run(matches: &ArgMatches, folder: PathBuf, format: &str) -> Result<u8> {
    let run = matches.get_one("id").copied().unwrap_or_default();
    let options = UndoOptions {
        dry_run: matches.get_flag("dry-run"),
        despite_other_changes: matches.get_flag("despite-other-changes"),
    };
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let account =
        AccountOptions { profile: text("profile"), base_url: text("base-url"), emulator: None };
    let client = account.open()?.0.ok_or_else(no_key)?;
    let bar = Arc::new(Bar(Progress::new(true)));
    let context = Context::builder().client(client).sink(Arc::clone(&bar) as _).build();
    let state = State::in_folder(folder);
    let done = interruptible(move || async move { undo(&state, &context, run, options).await });
    bar.0.end();
    let done = done?;
    show(&done, options.dry_run, format)?;
    Ok(if done.is_whole() { exit::DONE } else { exit::FAILED })
}

fn show(done: &UndoReport, is_dry_run: bool, format: &str) -> Result<()> {
    let whole = serde_json::to_value(done).unwrap_or_default();
    match format {
        "pretty" => {
            output::text(&words::items(done))?;
            report::note(&words::summary(done, is_dry_run));
            if let Some(hint) = words::hint(done) {
                report::note(hint);
            }
            Ok(())
        }
        "json" => output::print(&whole, format),
        _ => {
            let items = whole["items"].as_array().cloned().unwrap_or_default();
            output::print_rows(items, &COLUMNS, format)
        }
    }
}

/// Shows how far the undo is.
struct Bar(Progress);

impl Sink for Bar {
    fn print(&self, _: &str) {}

    fn log(&self, _: Level, _: &str, _: &Map<String, Value>) {}

    fn progress(&self, what: &str, done: u64, total: u64) {
        self.0.show(what, done, total);
    }
}
