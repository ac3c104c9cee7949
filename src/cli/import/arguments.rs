//! The options of `cliengo import`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::cli::account::{self, AccountOptions};
use crate::cli::arguments::{no_undo, option, state_folder};
use crate::{Error, Result};

const EXAMPLES: &str = "\
Examples:
  cliengo import leads.csv --dry-run                          check every row, change nothing
  cliengo import leads.csv --map 'Correo=email' --map 'Nro='  name a column, leave one out
  cliengo import leads.csv --upsert email --set status=NEW    update those that are there already";

/// The command.
pub(in crate::cli) fn command() -> Command {
    Command::new("import")
        .about("Create or update a contact for each row of a CSV file")
        .after_help(EXAMPLES)
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("The CSV file, in UTF-8, with a header"),
        )
        .args(own())
        .args(account::options())
}

fn own() -> Vec<Arg> {
    vec![
        option(
            "map",
            "COLUMN=FIELD",
            "Take a column for a field, such as Correo=email; COLUMN= leaves it out",
        )
        .action(ArgAction::Append),
        option("set", "FIELD=VALUE", "Give every contact this value, such as status=NEW")
            .action(ArgAction::Append),
        option(
            "upsert",
            "FIELD",
            "Update the contact that has the row's value of this field, and create where none has",
        )
        .value_parser(["email", "phone", "id"]),
        option(
            "delimiter",
            "CHARACTER",
            "What parts the columns: , ; or tab; else the header tells",
        )
        .value_parser(delimiter),
        option("dry-run", "", "Check every row and change nothing")
            .num_args(0)
            .action(ArgAction::SetTrue),
        no_undo(),
        state_folder(),
        option("concurrency", "N", "The most rows under way at once")
            .value_parser(value_parser!(u64).range(1..=64))
            .default_value("4"),
        option(
            "report",
            "FILE",
            "Where rows go that did not get in; leads.refused.csv for leads.csv unless given",
        )
        .value_parser(value_parser!(PathBuf)),
        option("output", "FORMAT", "How to print the summary")
            .short('o')
            .value_parser(["pretty", "json"])
            .default_value("pretty"),
    ]
}

/// What `cliengo import` was asked for.
#[derive(Debug)]
pub(super) struct ImportOptions {
    pub(super) account: AccountOptions,
    pub(super) file: PathBuf,
    /// Columns and the fields they are for; an empty one leaves its column out.
    pub(super) map: Vec<(String, String)>,
    /// Fields and their values for every row.
    pub(super) set: Vec<(String, String)>,
    pub(super) upsert: Option<String>,
    pub(super) delimiter: Option<u8>,
    pub(super) dry_run: bool,
    pub(super) concurrency: usize,
    /// None is a file beside `file`.
    pub(super) report: Option<PathBuf>,
    pub(super) json: bool,
    /// True where what it writes is kept, so that it can be undone.
    pub(super) undo: bool,
    /// Where that is kept, where that was told.
    pub(super) state_folder: Option<PathBuf>,
}

impl ImportOptions {
    /// Reads them.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a `--map` or `--set` without its `=`.
    pub(super) fn read(matches: &ArgMatches) -> Result<Self> {
        let file = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
        let texts = |name: &str| matches.get_many::<String>(name).unwrap_or_default();
        let concurrency = matches.get_one::<u64>("concurrency").copied().unwrap_or(1);
        Ok(Self {
            account: AccountOptions::read(matches),
            // A column's name may hold the sign, a field's does not.
            map: texts("map")
                .map(|text| pair("map", text.rsplit_once('=')))
                .collect::<Result<_>>()?,
            set: texts("set")
                .map(|text| pair("set", text.split_once('=')))
                .collect::<Result<_>>()?,
            upsert: matches.get_one::<String>("upsert").cloned(),
            delimiter: matches.get_one::<u8>("delimiter").copied(),
            dry_run: matches.get_flag("dry-run"),
            concurrency: usize::try_from(concurrency).unwrap_or(1),
            report: matches.get_one::<PathBuf>("report").cloned(),
            json: matches.get_one::<String>("output").is_some_and(|format| format == "json"),
            undo: !matches.get_flag("no-undo"),
            state_folder: matches.get_one("state-dir").cloned(),
            file,
        })
    }
}

fn pair(option: &str, parts: Option<(&str, &str)>) -> Result<(String, String)> {
    let missing = || {
        let form = if option == "map" { "COLUMN=FIELD" } else { "FIELD=VALUE" };
        Error::invalid(format!("--{option} needs an ="))
            .with_hint(format!("write --{option} {form}"))
    };
    let (name, value) = parts.ok_or_else(missing)?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text {
        "," | ";" | "|" => Ok(text.as_bytes()[0]),
        "tab" | "\t" | "\\t" => Ok(b'\t'),
        _ => Err("it is one of , ; | and tab".into()),
    }
}
