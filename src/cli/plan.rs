//! `--dry-run`: what a script would have done, shown and saved.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use serde_json::{Value, json};

use super::arguments::{ScriptOptions, option};
use super::destination::Destination;
use super::output;
use super::same_file::is_same;
use crate::api::{Plan, PlanItem};
use crate::terminal::{self, View};
use crate::{Error, Result};

const COLUMNS: [&str; 6] = ["action", "id", "name", "field", "old", "new"];

/// `--dry-run` and `--plan FILE`.
pub(super) fn options() -> [Arg; 2] {
    [
        option("dry-run", "", "Send no write, and show at the end what would have been done")
            .num_args(0)
            .action(ArgAction::SetTrue),
        option("plan", "FILE", "Save the plan of a dry run, for cliengo apply")
            .value_parser(value_parser!(PathBuf))
            .requires("dry-run"),
    ]
}

/// True where writes are not to be sent.
pub(super) fn is_dry_run(matches: &ArgMatches) -> bool {
    matches.try_get_one("dry-run").ok().flatten().copied().unwrap_or_default()
}

/// What is done with the plan of a run that has not begun.
pub(super) struct Planned {
    file: Option<Destination>,
}

impl Planned {
    /// None where the run is to be in earnest.
    ///
    /// # Errors
    /// Where the file could not be written: that is found before the script is run.
    pub(super) fn read(matches: &ArgMatches) -> Result<Option<Self>> {
        if !is_dry_run(matches) {
            return Ok(None);
        }
        let path = matches.get_one::<PathBuf>("plan");
        if let Some(path) = path {
            check(path, matches)?;
        }
        // It holds whole contacts.
        let file = path.map(|path| Destination::private(path, "--plan")).transpose()?;
        Ok(Some(Self { file }))
    }

    /// Shows the plan, and saves it where that was asked for.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn show(self, plan: &Plan, options: &ScriptOptions) -> Result<()> {
        // A script that failed before it wrote anything is no reason to lose an earlier plan.
        if let Some(mut file) = self.file.filter(|_| plan.complete || !plan.is_empty()) {
            let save = writeln!(file, "{}", plan.to_json(true)).and_then(|()| file.complete());
            save.map_err(|error| Error::invalid(format!("cannot save the plan: {error}")))?;
        }
        match options.output.as_str() {
            "pretty" => {
                let more = (!options.verbose).then_some("-v shows all");
                output::text(&terminal::plan(plan, more, &View::of_output()))
            }
            "json" => output::text(&format!("{}\n", plan.to_json(false))),
            "ndjson" => {
                let line = |item: &PlanItem| serde_json::to_string(item).unwrap_or_default() + "\n";
                output::text(&plan.items.iter().map(line).collect::<String>())
            }
            format => {
                let rows = plan.items.iter().flat_map(rows);
                output::print_rows(rows.collect(), &COLUMNS, format)
            }
        }
    }
}

/// That the plan would replace nothing that is still needed.
fn check(path: &Path, matches: &ArgMatches) -> Result<()> {
    if path == Path::new("-") {
        return Err(Error::invalid("--plan takes the name of a file")
            .with_hint("-o json prints the plan on standard output"));
    }
    let script = matches.try_get_one::<PathBuf>("file").ok().flatten();
    if script.is_some_and(|script| is_same(path, script)) {
        return Err(Error::invalid(format!("{} is the script itself", path.display()))
            .with_hint("give another file with --plan"));
    }
    Ok(())
}

/// A row for each change; one for an item that changes no field.
fn rows(item: &PlanItem) -> Vec<Value> {
    let row = |field: Value, old: &Value, new: &Value| {
        let action = item.action.as_str();
        json!({
            "action": action, "id": item.contact, "name": item.name, "field": field,
            "old": old, "new": new,
        })
    };
    if item.changes.is_empty() {
        let call = item.contact.is_none().then(|| format!("{} {}", item.method, item.path));
        return vec![row(call.into(), &Value::Null, &item.body)];
    }
    let changes = item.changes.iter();
    changes.map(|change| row(change.field.as_str().into(), &change.old, &change.new)).collect()
}
