//! Cron expressions, and what a change of the clocks does to them.

mod describe;
mod expression;
mod fields;

use std::sync::Arc;

use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, civil::DateTime};

use self::expression::Expression;
use crate::Result;

/// Changes of the clocks that a search looks past, about a century of them.
const MOST_TRANSITIONS: usize = 200;

/// A cron expression in a time zone.
///
/// Five fields (minute, hour, day of the month, month, weekday), six with seconds in front, or a name:
/// `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`. Where both days are given, either is enough,
/// as in cron.
///
/// What happens when the clocks change depends on the fields for seconds, minutes and hours:
///
/// - **Fixed times**, where none of them has a `*` or a step (`30 2,14 * * *`, `0 0-5 * * *`), run once,
///   when the clock first reaches or passes the time. A time that the clock jumps over runs at the first
///   instant after the jump; a time that comes twice runs the first time. Several that the same jump
///   passes are one run.
/// - **Intervals** (`*/15 * * * *`, `0 * * * *`, `*/10 2 * * *`) go by real time: they run whenever the
///   clock shows a time that matches, in a repeated hour both times, in a skipped hour not at all.
///
/// ```
/// use cliengo::schedule::{Cron, time_zone};
///
/// let cron = Cron::parse("0 0 * * *", &time_zone("America/Santiago")?)?;
/// // Chile's clocks go from 24:00 to 01:00 that night.
/// let before = "2026-09-05T12:00:00-04:00".parse().unwrap();
/// assert_eq!(cron.next_after(before), "2026-09-06T01:00:00-03:00".parse().ok());
/// # Ok::<(), cliengo::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Cron {
    expression: Arc<Expression>,
    zone: TimeZone,
}

impl Cron {
    /// Reads an expression.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid): the wrong number of fields, a field that cannot
    /// be right, or a date that never comes, such as the 30th of February.
    pub fn parse(expression: &str, zone: &TimeZone) -> Result<Self> {
        Ok(Self { expression: Arc::new(Expression::parse(expression)?), zone: zone.clone() })
    }

    /// The expression as it was written, with single spaces.
    pub fn expression(&self) -> &str {
        self.expression.text()
    }

    /// The time zone.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The name of the time zone, such as `America/Santiago`.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The expression in plain English words.
    pub fn describe(&self) -> String {
        describe::describe(&self.expression)
    }

    /// The first due time after an instant; none where no date that jiff can hold matches.
    pub fn next_after(&self, after: Timestamp) -> Option<Timestamp> {
        match self.expression.is_fixed() {
            true => self.next_fixed(after),
            false => self.next_by_real_time(after),
        }
    }

    /// Instants never go back where the clock's times that they stand for go on, so the first time of the
    /// clock whose instant is late enough is the one.
    fn next_fixed(&self, after: Timestamp) -> Option<Timestamp> {
        let shown = self.zone.to_datetime(whole_second(after)?);
        let mut time = self.expression.next(shown, true)?;
        loop {
            let instant = self.first_reached(time)?;
            if instant > after {
                return Some(instant);
            }
            time = self.expression.next(time, false)?;
        }
    }

    /// When the clock first shows this time, or first shows a later one.
    fn first_reached(&self, time: DateTime) -> Option<Timestamp> {
        match self.zone.to_ambiguous_timestamp(time).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(time).ok(),
            AmbiguousOffset::Fold { before, .. } => before.to_timestamp(time).ok(),
            AmbiguousOffset::Gap { after, .. } => {
                // Read with the later offset, a time in the gap lies before the change.
                let earlier = after.to_timestamp(time).ok()?;
                let mut changes = self.zone.following(earlier);
                changes.find(|change| change.offset() == after).map(|change| change.timestamp())
            }
        }
    }

    /// Between two changes the clock is a plain count, so each such stretch is searched for itself.
    fn next_by_real_time(&self, after: Timestamp) -> Option<Timestamp> {
        let mut from = whole_second(after)?.checked_add(SignedDuration::from_secs(1)).ok()?;
        for _ in 0..MOST_TRANSITIONS {
            let offset = self.zone.to_offset(from);
            let time = self.expression.next(offset.to_datetime(from), true)?;
            let instant = offset.to_timestamp(time).ok()?;
            match self.zone.following(from).next() {
                Some(change) if change.timestamp() <= instant => from = change.timestamp(),
                _ => return Some(instant),
            }
        }
        None
    }
}

/// The start of the second that an instant is in.
fn whole_second(instant: Timestamp) -> Option<Timestamp> {
    let seconds = instant.as_nanosecond().div_euclid(1_000_000_000);
    Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
}
