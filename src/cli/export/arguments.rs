//! The options of `cliengo export`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Map, Value};

use super::columns::Columns;
use super::format::Format;
use crate::cli::account::{self, AccountOptions};
use crate::cli::arguments::option;
use crate::cli::same_file::is_standard_output;
use crate::client::ListContacts;
use crate::schema::{CONTACT_FILTERS, ContactFilter, FieldType, FilterField};
use crate::{Error, Result};

const EXAMPLES: &str = "\
Examples:
  cliengo export -O contacts.csv                              everything, for a spreadsheet
  cliengo export --delimiter ';' -O contacts.csv              for a spreadsheet in Spanish
  cliengo export --status NEW --since 7d --fields id,email    some columns of some contacts
  cliengo export --format ndjson | jq .geoip.city             one contact a line";

/// The command.
pub(in crate::cli) fn command() -> Command {
    Command::new("export")
        .about("Write the complete contact list as CSV, JSON, NDJSON or Parquet")
        .after_help(EXAMPLES)
        .args(own())
        .args(CONTACT_FILTERS.iter().map(filter_option))
        .args(account::options())
}

fn own() -> Vec<Arg> {
    vec![
        option("file", "FILE", "Where to write; standard output unless given")
            .short('O')
            .value_parser(value_parser!(PathBuf)),
        option("format", "FORMAT", "The format; else what FILE's extension says, else csv")
            .value_parser(Format::NAMES),
        option("fields", "NAMES", "Which fields, such as id,email,geoip.city; else all that is known, and the rest in `extra`")
            .value_delimiter(',')
            .action(ArgAction::Append),
        option("delimiter", "CHARACTER", "What parts the columns of CSV: , unless given; tab is the tab")
            .value_parser(delimiter),
        option("concurrency", "N", "The most requests under way at once")
            .value_parser(value_parser!(u64).range(1..=64))
            .default_value(ListContacts::CONCURRENCY.to_string()),
    ]
}

/// The flag that a filter is: `assigned_to` is `--assigned-to`.
fn filter_option(filter: &FilterField) -> Arg {
    let value = match filter.kind {
        FieldType::Integer { .. } => "N",
        FieldType::Date => "TIME",
        FieldType::Choice(_) => "WORD",
        FieldType::Id | FieldType::Assignee => "ID",
        _ => "TEXT",
    };
    // What follows the first sentence is about scripts.
    let help = filter.doc.split_once(". ").map_or(filter.doc, |(first, _)| first);
    Arg::new(filter.name)
        .long(filter.name.replace('_', "-"))
        .alias(filter.name)
        .value_name(value)
        .help(help.trim_end_matches('.'))
        .help_heading("Filters")
        .allow_negative_numbers(true)
}

/// What `cliengo export` was asked for.
#[derive(Debug)]
pub(super) struct ExportOptions {
    pub(super) account: AccountOptions,
    pub(super) filter: ContactFilter,
    pub(super) format: Format,
    pub(super) columns: Columns,
    /// None is standard output.
    pub(super) file: Option<PathBuf>,
    pub(super) delimiter: u8,
    pub(super) concurrency: usize,
}

impl ExportOptions {
    /// Reads and checks them.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for what makes no sense.
    pub(super) fn read(matches: &ArgMatches) -> Result<Self> {
        let file = matches.get_one::<PathBuf>("file").filter(|file| file.as_os_str() != "-");
        let format = matches.get_one::<String>("format");
        let format = Format::choose(format.map(String::as_str), file.map(PathBuf::as_path))?;
        let file = file.filter(|file| !is_standard_output(file));
        let delimiter = matches.get_one::<u8>("delimiter").copied();
        if delimiter.is_some() && format != Format::Csv {
            return Err(Error::invalid(format!("--delimiter means nothing for {}", format.name()))
                .with_hint("it is for --format csv"));
        }
        let concurrency = matches.get_one::<u64>("concurrency").copied().unwrap_or(1);
        let names = matches.get_many::<String>("fields");
        Ok(Self {
            account: AccountOptions::read(matches),
            filter: filter(matches)?,
            format,
            columns: match names {
                Some(names) => Columns::chosen(names.map(|name| name.trim()))?,
                None => Columns::all(),
            },
            file: file.cloned(),
            delimiter: delimiter.unwrap_or(b','),
            concurrency: usize::try_from(concurrency).unwrap_or(1),
        })
    }
}

fn filter(matches: &ArgMatches) -> Result<ContactFilter> {
    let mut map = Map::new();
    for filter in CONTACT_FILTERS {
        let Some(text) = matches.get_one::<String>(filter.name) else { continue };
        let number = matches!(filter.kind, FieldType::Integer { .. } | FieldType::Number);
        let value = number.then(|| text.parse().ok().map(Value::Number)).flatten();
        map.insert(filter.name.to_owned(), value.unwrap_or_else(|| text.clone().into()));
    }
    let filter = ContactFilter::from_map(map)?;
    match (filter.since, filter.until) {
        (Some(since), Some(until)) if since > until => {
            Err(Error::invalid("--since is after --until: no contact is in between")
                .with_hint("the earlier one is --since"))
        }
        _ => Ok(filter),
    }
}

/// One character, or `tab`.
fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [b'"' | b'\n' | b'\r' | b'\'' | 0x80..] => Err("this cannot part columns".into()),
        [one] if !one.is_ascii_alphanumeric() => Ok(*one),
        _ => Err("give one character, such as ';', or tab".into()),
    }
}
