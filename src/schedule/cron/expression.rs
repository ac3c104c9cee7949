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
    pattern: croner::Cron,
    is_fixed: bool,
}

impl Expression {
    /// Reads an expression; see [`Cron::parse`](super::Cron::parse).
    pub(super) fn parse(text: &str) -> Result<Self> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let plain = fields::without_nickname(&text)?;
        let parts = fields::split(plain)?;
        let pattern = read(&parts.join(" ")).ok_or_else(|| fields::wrong_field(&parts, plain))?;
        let time_of_day = &parts[..3];
        let is_fixed = !time_of_day.iter().any(|field| field.contains(['*', '/']));
        let expression = Self { text, pattern, is_fixed };
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

    /// Whether the times of day are listed one by one, without a `*` or a step.
    pub(super) fn is_fixed(&self) -> bool {
        self.is_fixed
    }

    /// The expression as croner holds it.
    pub(super) fn pattern(&self) -> &croner::Cron {
        &self.pattern
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
