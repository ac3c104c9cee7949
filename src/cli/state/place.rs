//! The store that a command works on, and how it says what it found and did.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde_json::{Map, Value};

use crate::cli::config::state_folder;
use crate::cli::{output, report};
use crate::schema::did_you_mean;
use crate::store::{SqliteStore, Store};
use crate::{Error, ErrorKind, Result};

/// Where the state is, and the format of the answer.
pub(super) struct Place {
    folder: PathBuf,
    format: String,
}

impl Place {
    pub(super) fn read(matches: &ArgMatches) -> Result<Self> {
        let folder = matches.get_one::<PathBuf>("state-dir").cloned().or_else(state_folder);
        let folder = folder.ok_or_else(|| {
            Error::invalid("there is no folder for state").with_hint("name one with --state-dir")
        })?;
        let format = matches.get_one::<String>("output").cloned().unwrap_or_default();
        Ok(Self { folder, format })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The store; none where nothing was ever kept.
    pub(super) fn store(&self) -> Result<Option<SqliteStore>> {
        SqliteStore::open_existing(&self.folder)
    }

    /// The store, for a command that needs something to be in it.
    pub(super) fn store_with(&self, what: &str, id: &str) -> Result<SqliteStore> {
        self.store()?.ok_or_else(|| self.nothing_kept(what, id))
    }

    /// True where something was ever kept.
    pub(super) fn has_store(&self) -> bool {
        self.folder.join("state.db").exists()
    }

    /// The error of a command that needs something to be kept where nothing is.
    pub(super) fn nothing_kept(&self, what: &str, id: &str) -> Error {
        missing(what, id).with_hint(format!(
            "nothing is kept in {} yet: start a script, or name another folder with --state-dir",
            self.folder.display()
        ))
    }

    pub(super) fn format(&self) -> &str {
        &self.format
    }

    pub(super) fn is_for_people(&self) -> bool {
        self.format == "pretty"
    }

    pub(super) fn rows(&self, rows: Vec<Map<String, Value>>, columns: &[&str]) -> Result<()> {
        output::print_rows(rows.into_iter().map(Value::from).collect(), columns, &self.format)
    }

    /// The newest rows, of which one more than the most was asked for.
    pub(super) fn newest(
        &self,
        mut rows: Vec<Map<String, Value>>,
        most: usize,
        columns: &[&str],
    ) -> Result<()> {
        let more = rows.len() > most;
        rows.truncate(most);
        self.rows(rows, columns)?;
        if more {
            report::note(&format!("older ones are left out: -n {} shows more", most * 10));
        }
        Ok(())
    }

    /// One thing, whole, with these names in front of the others.
    pub(super) fn show(&self, record: &Map<String, Value>, first: &[&str]) -> Result<()> {
        output::print_record(record, first, &self.format)
    }

    /// Text below what was shown, for people.
    pub(super) fn text(&self, text: &str) -> Result<()> {
        output::print(&text.into(), "pretty")
    }

    /// Does this with each of the records, once all are known to be there.
    pub(super) fn each<R>(
        &self,
        what: &str,
        ids: &[String],
        find: impl Fn(&SqliteStore, &str) -> Result<R>,
        change: impl Fn(&SqliteStore, &R) -> Result<String>,
    ) -> Result<()> {
        let store = self.store_with(what, ids.first().map_or("", String::as_str))?;
        let found = ids.iter().map(|id| find(&store, id)).collect::<Result<Vec<_>>>()?;
        let done = ids
            .iter()
            .zip(&found)
            .map(|(id, record)| Ok(Done { id: id.clone().into(), words: change(&store, record)? }));
        self.done(done.collect::<Result<_>>()?)
    }

    /// What was done: a line each for people, rows for programs.
    pub(super) fn done(&self, done: Vec<Done>) -> Result<()> {
        if self.is_for_people() {
            return done.iter().try_for_each(|done| self.text(&done.words));
        }
        let rows = done.into_iter().map(|done| {
            Map::from_iter([("id".to_owned(), done.id), ("done".to_owned(), done.words.into())])
        });
        self.rows(rows.collect(), &["id"])
    }
}

/// What was done with one thing.
pub(super) struct Done {
    pub(super) id: Value,
    /// The whole line.
    pub(super) words: String,
}

/// How many rows a list gives at most.
pub(super) fn most(matches: &ArgMatches) -> usize {
    let most = matches.get_one::<u64>("number").copied().unwrap_or(50);
    usize::try_from(most).unwrap_or(usize::MAX - 1)
}

/// The subcommand with its options; the list where there is none.
///
/// # Errors
/// Where options of the list stand in front of another subcommand, which would not heed them.
pub(super) fn subcommand<'a>(
    matches: &'a ArgMatches,
    of_list: &[&str],
) -> Result<(&'a str, &'a ArgMatches)> {
    let Some((name, inner)) = matches.subcommand() else { return Ok(("list", matches)) };
    let given = |option: &&&str| {
        matches.value_source(option) == Some(clap::parser::ValueSource::CommandLine)
    };
    match of_list.iter().find(given) {
        Some(option) => Err(Error::invalid(format!("--{option} stands in front of {name}"))
            .with_hint(format!("put it behind {name}"))),
        None => Ok((name, inner)),
    }
}

/// The ids that were named; none for a list, which takes none.
pub(super) fn ids(matches: &ArgMatches) -> Vec<String> {
    let ids = matches.try_get_many("id").ok().flatten();
    ids.unwrap_or_default().cloned().collect()
}

pub(super) fn missing(what: &str, id: &str) -> Error {
    Error::new(ErrorKind::NotFound, format!("there is no {what} \"{id}\""))
}

/// There is none with this id, but perhaps one with a name like it.
pub(super) fn unknown<'a>(
    what: &str,
    id: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Error {
    let command = if what == "watch" { "watches" } else { "schedules" };
    let list = || format!("`cliengo {command}` lists those there are");
    missing(what, id).with_hint(did_you_mean(id, candidates).unwrap_or_else(list))
}

/// Sees to it that a watch that was asked for is there, so that a slip of the pen is no empty list.
pub(super) fn known_watch(store: &dyn Store, id: Option<&String>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    if store.watch(id)?.is_some() {
        return Ok(());
    }
    let watches = store.watches()?;
    Err(unknown("watch", id, watches.iter().map(|watch| watch.id.as_str())))
}
