//! Contacts as a test compares them: each name with its value's JSON, not a digit changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::value::RawValue;
use tempfile::TempDir;

use crate::support::{Account, Ran};

pub type Row = BTreeMap<String, String>;

/// The parts of an object.
pub fn row(json: &str) -> Row {
    let parts: BTreeMap<String, Box<RawValue>> = serde_json::from_str(json).unwrap();
    parts.into_iter().map(|(name, value)| (name, value.get().to_owned())).collect()
}

/// An account with contacts that hold what makes exports hard.
pub fn odd_account() -> Account {
    let account = Account::with_oddities();
    account.put(include_str!("odd.json"));
    account
}

/// A folder to export into.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The names in it.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// Exports into this file.
pub fn export_to(account: &Account, file: &Path, options: &[&str]) -> Ran {
    account.program(&[&["export"], options].concat()).argument("-O").argument(file).run()
}

/// A table of CSV: its header and its rows.
pub fn table(text: &str, delimiter: u8) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let cells = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    let header = cells(reader.headers().unwrap().clone());
    (header, reader.records().map(|record| cells(record.unwrap())).collect())
}
