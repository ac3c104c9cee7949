//! One column of Parquet: its type, and the values that wait to be written.

use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedColumnWriter;
use parquet::schema::types::{Type, TypePtr};

use crate::cli::export::columns::Column;
use crate::cli::export::contact::text;
use crate::schema::{FieldType, read_instant};

/// The largest whole number below which a double holds every one.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    /// Text as it is, and anything else as its JSON: the schema does not know the field.
    Any,
    Json,
    Integer,
    Number,
    Date,
}

impl Kind {
    fn of(column: &Column) -> Self {
        match column.kind {
            _ if column.is_extra() => Self::Json,
            None => Self::Any,
            Some(FieldType::List | FieldType::Object) => Self::Json,
            Some(FieldType::Integer { .. }) => Self::Integer,
            Some(FieldType::Number) => Self::Number,
            Some(FieldType::Date) => Self::Date,
            Some(_) => Self::Text,
        }
    }

    fn types(self) -> (Physical, Option<LogicalType>) {
        match self {
            Self::Text | Self::Any => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Self::Json => (Physical::BYTE_ARRAY, Some(LogicalType::Json)),
            Self::Integer => (Physical::INT64, None),
            Self::Number => (Physical::DOUBLE, None),
            Self::Date => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MILLIS))),
        }
    }
}

/// The column's type, with null allowed.
pub(super) fn schema(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = Kind::of(column).types();
    let builder = Type::primitive_type_builder(&column.name, physical);
    builder.with_repetition(Repetition::OPTIONAL).with_logical_type(logical).build().map(Arc::new)
}

/// The values of one column that wait to be written.
pub(super) struct Buffer {
    kind: Kind,
    /// For each contact 1 where it has a value, 0 where it has none.
    present: Vec<i16>,
    values: Values,
}

enum Values {
    Bytes(Vec<ByteArray>),
    Long(Vec<i64>),
    Double(Vec<f64>),
}

impl Buffer {
    pub(super) fn new(column: &Column) -> Self {
        let kind = Kind::of(column);
        let values = match kind.types().0 {
            Physical::INT64 => Values::Long(Vec::new()),
            Physical::DOUBLE => Values::Double(Vec::new()),
            _ => Values::Bytes(Vec::new()),
        };
        Self { kind, present: Vec::new(), values }
    }

    /// Adds a contact's value, or null where there is none. False where the value does not fit: null is
    /// added then.
    pub(super) fn add(&mut self, json: Option<&str>) -> bool {
        let fits = json.is_some_and(|json| self.push(json));
        self.present.push(i16::from(fits));
        fits || json.is_none()
    }

    fn push(&mut self, json: &str) -> bool {
        let kind = self.kind;
        match &mut self.values {
            Values::Bytes(list) => bytes(kind, json).map(|bytes| list.push(bytes)).is_some(),
            Values::Long(list) => long(kind, json).map(|number| list.push(number)).is_some(),
            Values::Double(list) => double(json).map(|number| list.push(number)).is_some(),
        }
    }

    /// Writes what waits, and forgets it.
    pub(super) fn write(
        &mut self,
        column: &mut SerializedColumnWriter,
    ) -> Result<(), ParquetError> {
        let present = Some(self.present.as_slice());
        match &mut self.values {
            Values::Bytes(list) => {
                column.typed::<ByteArrayType>().write_batch(list, present, None)?;
                list.clear();
            }
            Values::Long(list) => {
                column.typed::<Int64Type>().write_batch(list, present, None)?;
                list.clear();
            }
            Values::Double(list) => {
                column.typed::<DoubleType>().write_batch(list, present, None)?;
                list.clear();
            }
        }
        self.present.clear();
        Ok(())
    }
}

fn bytes(kind: Kind, json: &str) -> Option<ByteArray> {
    let text = match kind {
        Kind::Json => None,
        Kind::Text => Some(text(json)?),
        _ => text(json),
    };
    Some(ByteArray::from(text.as_deref().unwrap_or(json)))
}

fn long(kind: Kind, json: &str) -> Option<i64> {
    if kind == Kind::Date {
        let instant = read_instant(json)?;
        // A finer time than a millisecond would lose its end here.
        return (instant.subsec_nanosecond() % 1_000_000 == 0).then(|| instant.as_millisecond());
    }
    let whole = |number: &f64| number.fract() == 0.0 && number.abs() < EXACT;
    json.parse().ok().or_else(|| json.parse().ok().filter(whole).map(|number| number as i64))
}

fn double(json: &str) -> Option<f64> {
    let number: f64 = json.parse().ok()?;
    let digits = json.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    (number.is_finite() && (!digits || number.abs() < EXACT)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_a_column_cannot_hold_does_not_fit() {
        assert_eq!(long(Kind::Integer, "3.0"), Some(3));
        assert_eq!(long(Kind::Integer, "9007199254740993"), Some(9_007_199_254_740_993));
        for odd in ["3.5", "\"3\"", "18446744073709551615", "true", "[3]"] {
            assert_eq!(long(Kind::Integer, odd), None, "{odd}");
        }
        assert_eq!(double("-54.0"), Some(-54.0));
        assert_eq!((double("9007199254740993"), double("1e999")), (None, None));
        assert_eq!(long(Kind::Date, "\"2026-05-07T09:00:00-03:00\""), Some(1_778_155_200_000));
        for odd in ["\"soon\"", "{}", "\"2026-05-07T12:00:00.1234567Z\"", "7"] {
            assert_eq!(long(Kind::Date, odd), None, "{odd}");
        }
        assert!(bytes(Kind::Text, "41").is_none() && bytes(Kind::Text, "\"\\ud800\"").is_none());
    }

    #[test]
    fn a_column_of_a_field_that_nobody_knows_holds_text_as_it_is() {
        assert_eq!(bytes(Kind::Any, "\"a\\nb\"").unwrap().data(), b"a\nb");
        assert_eq!(bytes(Kind::Any, "[1]").unwrap().data(), b"[1]");
        assert_eq!(bytes(Kind::Json, "\"a\"").unwrap().data(), b"\"a\"");
    }
}
