//! How values stand in columns: times as microseconds, states as words, JSON as text.

use bytes::Bytes;
use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::store::{
    EventState, Pause, RunKind, RunState, StepState, Version, WriteKind, WriteOutcome,
};

/// A time as its column holds it.
pub(super) fn micros(time: Timestamp) -> i64 {
    time.as_microsecond()
}

/// The number of an event or a run as its column holds it. What is larger than any stays it.
pub(super) fn number(id: u64) -> i64 {
    i64::try_from(id).unwrap_or(i64::MAX)
}

/// A number of rows as SQLite takes it.
pub(super) fn limit(most: Option<usize>) -> i64 {
    most.and_then(|most| i64::try_from(most).ok()).unwrap_or(i64::MAX)
}

pub(super) fn pause_text(pause: Option<&Pause>) -> Option<String> {
    pause.and_then(|pause| serde_json::to_string(pause).ok())
}

pub(super) struct Time(pub(super) Timestamp);

impl FromSql for Time {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let micros = value.as_i64()?;
        Timestamp::from_microsecond(micros).map(Self).map_err(FromSqlError::other)
    }
}

/// JSON text.
pub(super) struct Json<T = Value>(pub(super) T);

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(FromSqlError::other)
    }
}

/// The bytes of a contact; nothing where they were pruned.
pub(super) struct Payload(pub(super) Bytes);

impl FromSql for Payload {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let bytes = value.as_blob_or_null()?;
        Ok(Self(bytes.map_or_else(Bytes::new, Bytes::copy_from_slice)))
    }
}

impl FromSql for Version {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        <[u8; 16]>::column_result(value).map(Self)
    }
}

impl ToSql for Version {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

/// Words that columns hold.
macro_rules! words {
    ($($word:ty),*) => {$(
        impl FromSql for $word {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Self::parse(value.as_str()?).ok_or(FromSqlError::InvalidType)
            }
        }

        impl ToSql for $word {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.as_str().into())
            }
        }
    )*};
}

words!(EventState, RunKind, RunState, StepState, WriteKind, WriteOutcome);
