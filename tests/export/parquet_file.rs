//! Parquet has typed columns, and what fits none of them is not lost.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use cliengo::schema::{CONTACT_FIELDS, FieldType};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::{Value, json};

use crate::rows::{Folder, export_to, odd_account, row};
use crate::support::Account;

type Contact = BTreeMap<String, Field>;

fn read(path: &Path) -> (SerializedFileReader<File>, Vec<Contact>) {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let columns = |row: parquet::record::Row| {
        row.get_column_iter().map(|(name, field)| (name.clone(), field.clone())).collect()
    };
    let rows = reader.get_row_iter(None).unwrap().map(|row| columns(row.unwrap())).collect();
    (reader, rows)
}

/// A cell as JSON, and whether it is text that is JSON itself.
fn value(field: &Field, is_json: bool) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Str(text) if is_json => serde_json::from_str(text).unwrap(),
        Field::Str(text) => text.clone().into(),
        Field::Long(number) => (*number).into(),
        Field::Double(number) => (*number).into(),
        Field::TimestampMillis(time) => (*time).into(),
        other => panic!("{other:?}"),
    }
}

fn milliseconds(text: &Value) -> Value {
    let instant: Option<jiff::Timestamp> = text.as_str().map(|text| text.parse().unwrap());
    instant.map(|instant| instant.as_millisecond()).into()
}

#[test]
fn every_contact_is_there_with_the_types_of_the_schema() {
    let (account, folder) = (Account::start(), Folder::new());
    account.admin("POST", "/reset", json!({ "contacts": 1_100 }));
    let path = folder.path("a.parquet");
    export_to(&account, &path, &[]).code(0).says(&["1,100 contacts written"]);
    let (_, rows) = read(&path);
    let snapshot = account.snapshot();
    assert_eq!(rows.len(), snapshot.len());
    for (given, contact) in rows.iter().zip(&snapshot) {
        let contact: Value = serde_json::from_str(contact).unwrap();
        for field in CONTACT_FIELDS.iter().filter(|field| field.answered) {
            let nested = matches!(field.kind, FieldType::List | FieldType::Object);
            let cell = value(&given[field.name], nested);
            let expected = match field.kind {
                FieldType::Date => milliseconds(&contact[field.name]),
                _ => contact[field.name].clone(),
            };
            assert_eq!(cell, expected, "{}", field.name);
        }
        assert_eq!(given["extra"], Field::Null);
    }
}

#[test]
fn the_columns_say_what_they_are() {
    let (account, folder) = (Account::start(), Folder::new());
    let path = folder.path("a.parquet");
    export_to(&account, &path, &["--fields", "id,age,sellPrice,creationDate,geoip,geoip.city"])
        .code(0);
    let (reader, _) = read(&path);
    let columns = reader.metadata().file_metadata().schema_descr().columns().to_vec();
    let types: Vec<String> = columns
        .iter()
        .map(|column| format!("{} {:?}", column.physical_type(), column.converted_type()))
        .collect();
    let expected = [
        "BYTE_ARRAY UTF8",
        "INT64 NONE",
        "DOUBLE NONE",
        "INT64 TIMESTAMP_MILLIS",
        "BYTE_ARRAY JSON",
        "BYTE_ARRAY UTF8",
    ];
    assert_eq!(types, expected);
    assert!(columns.iter().all(|column| column.self_type().is_optional()));
}

#[test]
fn a_value_that_fits_no_column_is_in_extra_under_its_name() {
    let (account, folder) = (odd_account(), Folder::new());
    let path = folder.path("a.parquet");
    export_to(&account, &path, &[]).code(0);
    let (_, rows) = read(&path);
    let of = |id: &str| rows.iter().find(|row| row["id"] == Field::Str(id.into())).unwrap();
    let extra = |id: &str| match &of(id)["extra"] {
        Field::Str(text) => row(text),
        other => panic!("{other:?}"),
    };
    let odd = extra("6a00000000000000000000a1");
    for (name, json) in [
        ("rating", "\"5\""),
        ("age", "3.5"),
        ("status", "7"),
        ("lastUpdateDate", "\"soon\""),
        ("big", "18446744073709551617"),
        ("edge", "9007199254740993"),
        ("exact", "1.10"),
        ("none", "null"),
        ("extra", "{ \"a\": 1 }"),
    ] {
        assert_eq!(odd[name], json, "{name}");
    }
    assert_eq!(of("6a00000000000000000000a1")["rating"], Field::Null);
    assert_eq!(of("6a00000000000000000000a1")["geoip"], Field::Str("\"nowhere\"".into()));
    let second = of("6a00000000000000000000a2");
    assert_eq!(second["rating"], Field::Long(3));
    assert_eq!(second["creationDate"], Field::TimestampMillis(1_778_061_600_000));
    let beside = extra("6a00000000000000000000a2");
    assert_eq!(beside["lastUpdateDate"], "\"2026-05-05T10:00:00.123456Z\"");
    assert_eq!(beside["utmTerm"], "{ \"a\": 1 }");
    assert_eq!(of("6a00000000000000000000a3")["extra"], Field::Null);
}

#[test]
fn a_value_that_fits_no_column_is_told_where_there_is_no_extra() {
    let (account, folder) = (odd_account(), Folder::new());
    let ran = export_to(&account, &folder.path("a.parquet"), &["--fields", "id,rating,age"]);
    ran.code(0).says(&["warning: 2 values were of another type", "extra"]);
}

#[test]
fn groups_are_bounded_so_that_memory_is() {
    let (account, folder) = (Account::start(), Folder::new());
    account.admin("POST", "/reset", json!({ "contacts": 12_000 }));
    let path = folder.path("a.parquet");
    export_to(&account, &path, &["--fields", "id"]).code(0);
    let reader = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
    let groups = reader.metadata().row_groups();
    assert_eq!(groups.iter().map(|group| group.num_rows()).collect::<Vec<_>>(), [10_000, 2_000]);
}
