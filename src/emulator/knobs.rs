//! What is not sure about the API, as settings.

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// How the emulator behaves where the real API's behaviour is not sure, and its limits.
///
/// [`Default`] is what is most likely. In JSON, names are snake_case and each may be left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Knobs {
    /// True where `until` includes the instant or day it names.
    pub until_inclusive: bool,
    /// How finely `since` and `until` are compared with a creation date.
    pub granularity: Granularity,
    /// What `lastUpdateDate` selects.
    pub last_update_date: LastUpdateReading,
    /// What the list's `query` looks at.
    pub query: QueryReading,
    /// The name that lists of rows are answered under.
    pub rows_under: RowsUnder,
    /// The most rows in one page; a larger `limit` is cut without a word.
    pub page_cap: usize,
    /// The largest `offset` that is not refused.
    pub max_offset: usize,
    /// Rows in a page where `limit` is absent, 0 or not a number.
    pub default_page: usize,
    /// Requests a second, with bursts of as many, before 429 is answered; none has no limit.
    pub rate_limit: Option<f64>,
    /// True where requests are written to the journal.
    pub journal: bool,
    /// True where answers tell the time in their `Date`; false leaves that without a date.
    pub tells_date: bool,
}

/// How finely two instants are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Granularity {
    /// To the millisecond.
    Millisecond,
    /// To the second: parts of a second are cut off both sides.
    Second,
    /// To the day in UTC.
    Day,
}

/// What the list's `lastUpdateDate` parameter selects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LastUpdateReading {
    /// Contacts updated at that instant or later.
    Since,
    /// Contacts updated on that day in UTC.
    ThatDay,
    /// All: the parameter does nothing.
    Ignored,
}

/// What the list's `query` parameter looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueryReading {
    /// Name, e-mail, phone and message, whatever the case and accents.
    Texts,
    /// Names alone.
    Names,
    /// Nothing: the parameter does nothing.
    Ignored,
}

/// The name that lists of rows are answered under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowsUnder {
    /// `results`
    Results,
    /// `contacts`
    Contacts,
}

impl Default for Knobs {
    fn default() -> Self {
        Self {
            until_inclusive: false,
            granularity: Granularity::Millisecond,
            last_update_date: LastUpdateReading::Ignored,
            query: QueryReading::Texts,
            rows_under: RowsUnder::Results,
            page_cap: 50,
            max_offset: 1_000,
            default_page: 50,
            rate_limit: None,
            journal: true,
            tells_date: true,
        }
    }
}

impl Knobs {
    /// Refuses settings that no server could follow.
    pub(crate) fn check(&self) -> Result<()> {
        if self.page_cap == 0 || self.default_page == 0 {
            return Err(Error::invalid("page_cap and default_page must be 1 or more"));
        }
        if self.rate_limit.is_some_and(|rate| !rate.is_finite() || rate <= 0.0) {
            return Err(Error::invalid("rate_limit must be a number over 0, or null for no limit"));
        }
        Ok(())
    }
}

impl Granularity {
    /// The length of one step in milliseconds.
    pub(crate) const fn step(self) -> i64 {
        match self {
            Self::Millisecond => 1,
            Self::Second => 1_000,
            Self::Day => 86_400_000,
        }
    }
}

impl RowsUnder {
    /// The name on the wire.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Results => "results",
            Self::Contacts => "contacts",
        }
    }
}
