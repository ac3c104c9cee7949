//! The pace of requests: no limit until the API asks for one, then just below what it bears.
//!
//! The API's rate limits are not published. The pace is a GCRA (a virtual schedule of equal
//! intervals with a small burst): a 429 lowers its rate, good answers raise it again. Pure: the
//! caller brings the clock.

use std::time::{Duration, Instant};

/// Requests that may go out at once before the interval applies.
const BURST: f64 = 4.0;
/// The slowest pace, so that a run always goes on.
const SLOWEST: f64 = 2.0;
/// A burst of refusals is one signal: the rate is lowered once in this time.
const ONE_SIGNAL: Duration = Duration::from_millis(500);
/// However long a refusal asks for silence: after this time one request finds out whether it still holds.
const LONGEST_SILENCE: Duration = Duration::from_secs(300);
/// What the API bears is measured by the answers of the last such time.
const MEASURED: Duration = Duration::from_secs(1);

/// The pace of one key's requests.
#[derive(Debug)]
pub(crate) struct Pace {
    /// The user's own limit, in requests a second.
    ceiling: Option<f64>,
    /// The rate learnt from refusals; none as long as nothing was refused.
    learnt: Option<f64>,
    /// The rate to recover to before the limit is forgotten.
    before: f64,
    /// When the virtual schedule has its next place.
    next: Option<Instant>,
    /// The API asked for silence until then.
    silent_until: Option<Instant>,
    lowered: Option<Instant>,
    /// When the present measured second began, the answers in it, and in the one before.
    second: Option<Instant>,
    answers: f64,
    answers_before: f64,
}

impl Pace {
    pub(crate) fn new(ceiling: Option<f64>) -> Self {
        Self {
            ceiling,
            learnt: None,
            before: 0.0,
            next: None,
            silent_until: None,
            lowered: None,
            second: None,
            answers: 0.0,
            answers_before: 0.0,
        }
    }

    /// Books the next place and says when it is: now, or later.
    pub(crate) fn book(&mut self, now: Instant) -> Instant {
        let mut start = self.silent_until.map_or(now, |until| until.max(now));
        if let Some(rate) = self.rate() {
            let interval = Duration::from_secs_f64(1.0 / rate);
            let place = self.next.map_or(start, |next| next.max(start));
            let burst = interval.mul_f64(BURST - 1.0);
            start = place.checked_sub(burst).map_or(start, |earliest| earliest.max(start));
            self.next = Some(place + interval);
        }
        start
    }

    /// How long the API still wants silence; none where it does not.
    pub(crate) fn silence(&self, now: Instant) -> Option<Duration> {
        let left = self.silent_until?.saturating_duration_since(now);
        (!left.is_zero()).then_some(left)
    }

    /// The API refused a request, and perhaps said how long to wait.
    pub(crate) fn refused(&mut self, now: Instant, retry_after: Option<Duration>) {
        if let Some(until) = retry_after.and_then(|wait| now.checked_add(wait.min(LONGEST_SILENCE)))
        {
            self.silent_until = Some(self.silent_until.map_or(until, |other| other.max(until)));
        }
        if self.lowered.is_some_and(|last| now.saturating_duration_since(last) < ONE_SIGNAL) {
            return;
        }
        self.measure(now);
        let borne = (self.answers + self.answers_before).max(1.0);
        let rate = self.rate().map_or(borne, |rate| rate.min(borne));
        self.before = self.before.max(rate);
        self.learnt = Some((rate * 0.7).max(SLOWEST));
        self.lowered = Some(now);
    }

    /// A request was answered.
    pub(crate) fn answered(&mut self, now: Instant) {
        self.measure(now);
        self.answers += 1.0;
        let Some(rate) = self.learnt else { return };
        let raised = rate + (self.before * 0.05).max(0.5);
        self.learnt = (raised < self.before * 2.0).then_some(raised);
        if self.learnt.is_none() {
            self.before = 0.0;
        }
    }

    fn rate(&self) -> Option<f64> {
        match (self.learnt, self.ceiling) {
            (Some(learnt), Some(ceiling)) => Some(learnt.min(ceiling)),
            (one, other) => one.or(other),
        }
    }

    /// Begins a new measured second where the present one is over.
    fn measure(&mut self, now: Instant) {
        let age = self.second.map(|began| now.saturating_duration_since(began));
        if age.is_some_and(|age| age < MEASURED) {
            return;
        }
        let follows = age.is_some_and(|age| age < MEASURED * 2);
        self.answers_before = if follows { self.answers } else { 0.0 };
        self.answers = 0.0;
        self.second = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_waits_as_long_as_nothing_was_refused() {
        let mut pace = Pace::new(None);
        let now = Instant::now();
        assert!((0..1_000).all(|_| pace.book(now) == now));
    }

    #[test]
    fn a_ceiling_holds_over_any_second_beyond_its_burst() {
        let mut pace = Pace::new(Some(10.0));
        let now = Instant::now();
        let last = (0..25).map(|_| pace.book(now)).last().unwrap();
        let span = (last - now).as_secs_f64();
        assert!((2.0..2.2).contains(&span), "{span}");
    }

    #[test]
    fn a_refusal_silences_everybody_for_as_long_as_asked() {
        let mut pace = Pace::new(None);
        let now = Instant::now();
        pace.refused(now, Some(Duration::from_secs(3)));
        assert!(pace.book(now) >= now + Duration::from_secs(3));
    }

    #[test]
    fn a_burst_of_refusals_lowers_the_rate_once_and_answers_bring_it_back() {
        let mut pace = Pace::new(None);
        let now = Instant::now();
        (0..20).for_each(|_| pace.answered(now));
        (0..8).for_each(|_| pace.refused(now + Duration::from_millis(900), None));
        let lowered = pace.rate().unwrap();
        assert!((13.9..14.1).contains(&lowered), "{lowered}");
        (0..1_000).for_each(|_| pace.answered(now));
        assert_eq!(pace.rate(), None);
    }

    #[test]
    fn a_day_of_silence_is_looked_into_after_five_minutes() {
        let (mut pace, now) = (Pace::new(None), Instant::now());
        pace.refused(now, Some(Duration::from_secs(86_400)));
        let wait = pace.book(now).duration_since(now);
        assert!((LONGEST_SILENCE..LONGEST_SILENCE * 2).contains(&wait), "{wait:?}");
    }
}
