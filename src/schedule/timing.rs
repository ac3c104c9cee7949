//! When a schedule is due.

use jiff::{SignedDuration, Timestamp};

use super::{Cron, Every, time_zone};

/// When a schedule is due.
#[derive(Debug, Clone)]
pub enum Timing {
    /// At times of the calendar and the clock.
    Cron(Cron),
    /// At a fixed distance.
    Every(Every),
}

impl Timing {
    /// The first due time after an instant. An interval counts from the anchor; cron does not need it.
    /// None where there is none any more.
    pub fn next_after(&self, after: Timestamp, anchor: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Cron(cron) => cron.next_after(after),
            Self::Every(every) => every.next_after(after, anchor),
        }
    }

    /// The timing in one line that is the same as long as the timing is: `cron 0 9 * * * UTC`, `every PT15M`.
    pub fn fingerprint(&self) -> String {
        match self {
            Self::Cron(cron) => format!("cron {} {}", cron.expression(), cron.zone_name()),
            Self::Every(every) => format!("every {}", every.interval()),
        }
    }

    /// The timing that has this [`fingerprint`](Self::fingerprint); none where there is none, as of a newer
    /// version's.
    ///
    /// ```
    /// use cliengo::schedule::Timing;
    ///
    /// let timing = Timing::from_fingerprint("cron 0 9 * * * America/Bogota").unwrap();
    /// assert_eq!(timing.fingerprint(), "cron 0 9 * * * America/Bogota");
    /// ```
    pub fn from_fingerprint(text: &str) -> Option<Self> {
        if let Some(interval) = text.strip_prefix("every ") {
            let interval: SignedDuration = interval.parse().ok()?;
            return Every::new(interval.try_into().ok()?).ok().map(Self::Every);
        }
        let (expression, zone) = text.strip_prefix("cron ")?.rsplit_once(' ')?;
        Cron::parse(expression, &time_zone(zone).ok()?).ok().map(Self::Cron)
    }

    /// The timing in plain words.
    pub fn describe(&self) -> String {
        match self {
            Self::Cron(cron) => cron.describe(),
            Self::Every(every) => every.describe(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timing_is_found_again_by_its_fingerprint() {
        let every = |text: &str| Timing::Every(Every::parse(text).unwrap());
        let cron = |text: &str, zone: &str| {
            Timing::Cron(Cron::parse(text, &time_zone(zone).unwrap()).unwrap())
        };
        for timing in [
            every("1s"),
            every("1h30m"),
            every("366d"),
            cron("*/5 0-6 * * MON-FRI", "America/Santiago"),
            cron("@daily", "UTC"),
        ] {
            let text = timing.fingerprint();
            assert_eq!(Timing::from_fingerprint(&text).unwrap().fingerprint(), text);
        }
        for text in ["", "cron", "cron x", "every", "every day", "cron 0 9 * * * Nowhere", "moon"] {
            assert!(Timing::from_fingerprint(text).is_none(), "{text}");
        }
    }
}
