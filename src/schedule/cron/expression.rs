//! The text of a cron expression, and the dates that it names on a calendar without time zones.

use croner::parser::{CronParser, Seconds, Year};
use jiff::{civil::DateTime, tz::TimeZone};

use super::fields;
use crate::{Error, Result};

/// No date that comes at all is missing from here to the year 5000, where the search ends.
const SEARCHED_FROM: DateTime = DateTime::constant(2000, 1, 1, 0, 0, 0, 0);

/// A cron expression on the calendar.
#[derive(Debug, Clone)]
pub(super) struct Expression {
    text: String,
    fields: [String; 6],
    pattern: croner::Cron,
}

impl Expression {
    /// Reads an expression; see [`Cron::parse`](super::Cron::parse).
    pub(super) fn parse(text: &str) -> Result<Self> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fields = fields::split(fields::without_nickname(&text)?)?;
        let pattern = read(&fields.join(" ")).ok_or_else(|| fields::wrong_field(&fields))?;
        let expression = Self { text, fields, pattern };
        match expression.next(SEARCHED_FROM, true) {
            Some(_) => Ok(expression),
            None => Err(Error::invalid(format!("\"{}\" never comes", expression.text))
                .with_hint("there is no such day in any of its months")),
        }
    }

    /// The expression as it was written, with single spaces.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The fields of the second, the minute and the hour.
    pub(super) fn time_of_day(&self) -> [&str; 3] {
        [&self.fields[0], &self.fields[1], &self.fields[2]]
    }

    /// Whether the times of day are listed one by one, without a `*` or a step.
    pub(super) fn is_fixed(&self) -> bool {
        !self.time_of_day().iter().any(|field| field.contains(['*', '/']))
    }

    /// The same days, at midnight.
    pub(super) fn days_alone(&self) -> Option<croner::Cron> {
        read(&format!("0 0 0 {}", self.fields[3..].join(" ")))
    }

    /// Whether it means the last day from Monday to Friday of a month.
    pub(super) fn is_last_weekday(&self) -> bool {
        self.fields[3].eq_ignore_ascii_case("LW")
    }

    /// The first time of the calendar that matches, behind `from` or from it on.
    pub(super) fn next(&self, from: DateTime, inclusive: bool) -> Option<DateTime> {
        // In UTC no time is missing and none comes twice, so the calendar alone decides.
        let from = from.to_zoned(TimeZone::UTC).ok()?;
        let found = self.pattern.find_next_occurrence(&from, inclusive).ok()?;
        Some(found.datetime())
    }
}

/// Six fields as croner reads them.
pub(super) fn read(fields: &str) -> Option<croner::Cron> {
    let parser = CronParser::builder().seconds(Seconds::Required).year(Year::Disallowed).build();
    parser.parse(fields).ok()
}
