//! Which due times were decided upon, so that none of them comes again, whatever the clock does.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The most periods that are remembered; further ones are joined to their neighbours.
const MOST: usize = 16;

/// A period of time, without its first instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Span {
    /// The instant before it.
    pub(super) after: Timestamp,
    /// Its last instant.
    pub(super) until: Timestamp,
}

impl Span {
    fn holds(&self, instant: Timestamp) -> bool {
        self.after < instant && instant <= self.until
    }
}

/// The periods whose due times were all decided upon: one that goes on growing, and earlier ones, which lie
/// ahead of it where the clock was set back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Decided {
    current: Span,
    earlier: Vec<Span>,
}

impl Decided {
    pub(super) fn from(now: Timestamp) -> Self {
        Self { current: Span { after: now, until: now }, earlier: Vec::new() }
    }

    /// The period that grows.
    pub(super) fn current(&self) -> Span {
        self.current
    }

    /// The end of the earlier period that holds this instant; none where none does.
    pub(super) fn end_of_span_with(&self, instant: Timestamp) -> Option<Timestamp> {
        self.earlier.iter().find(|span| span.holds(instant)).map(|span| span.until)
    }

    /// All until this due time was decided upon.
    pub(super) fn extend(&mut self, until: Timestamp) {
        self.current.until = self.current.until.max(until);
    }

    /// What lies between here and an instant is passed over without being decided upon.
    pub(super) fn skip_to(&mut self, instant: Timestamp) {
        if instant > self.current.until {
            self.go_back_to(instant);
        }
    }

    /// A new period begins, even before the last one.
    pub(super) fn go_back_to(&mut self, instant: Timestamp) {
        if self.current.after < self.current.until {
            self.earlier.push(self.current);
        }
        self.current = Span { after: instant, until: instant };
        if self.earlier.len() > MOST {
            self.join_nearest();
        }
    }

    /// Joins the two periods with the least between them: rather none of its due times than one twice.
    fn join_nearest(&mut self) {
        self.earlier.sort_by_key(|span| span.after);
        let gap = |index: &usize| {
            self.earlier[index + 1].after.duration_since(self.earlier[*index].until)
        };
        if let Some(index) = (0..self.earlier.len().saturating_sub(1)).min_by_key(gap) {
            let later = self.earlier.remove(index + 1);
            self.earlier[index].until = self.earlier[index].until.max(later.until);
        }
    }
}
