//! How a model server reads its parameters: any way that a real one might.

use fastrand::Rng;

/// What the model takes `lastUpdateDate` for. Days are those of a zone so many hours east of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    SinceInstant,
    SinceDay(i64),
    ThatDay(i64),
    Ignored,
    /// Nonsense: what was updated before that day.
    BeforeDay,
    /// The parameter is answered with an error.
    Refused,
}

/// How the model reads dates and pages.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    pub(super) since_inclusive: bool,
    pub(super) until_inclusive: bool,
    /// Milliseconds that `since` and `until` tell apart.
    pub(super) granule: i64,
    pub(super) page_cap: usize,
    pub(super) undated_in_windows: bool,
    pub(super) hint: Hint,
    /// True where answers carry a `Date`.
    pub(super) tells_date: bool,
    /// Milliseconds that the contacts' dates tell apart.
    pub(super) stamp: i64,
    /// True where contacts with dates of the future come.
    pub(super) futures: bool,
    /// True where of two contacts of one instant the older one comes first.
    pub(super) ties_ascend: bool,
}

impl Rules {
    pub(super) fn random(rng: &mut Rng) -> Self {
        let zone = if rng.bool() { 0 } else { rng.i64(-12..=14) };
        let hint = match rng.u8(0..12) {
            0..4 => Hint::SinceDay(zone),
            4..7 => Hint::ThatDay(zone),
            7..9 => Hint::SinceInstant,
            9 => Hint::Ignored,
            10 => Hint::BeforeDay,
            _ => Hint::Refused,
        };
        Self {
            since_inclusive: rng.u8(0..4) > 0,
            until_inclusive: rng.bool(),
            granule: [1, 1_000, 86_400_000][rng.usize(0..3)],
            page_cap: [10, 37, 50][rng.usize(0..3)],
            undated_in_windows: rng.bool(),
            hint,
            tells_date: rng.u8(0..4) > 0,
            stamp: [1, 1_000][rng.usize(0..2)],
            futures: rng.bool(),
            ties_ascend: rng.bool(),
        }
    }
}
