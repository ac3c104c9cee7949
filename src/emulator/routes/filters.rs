//! The list's parameters, read as the knobs say.

use std::ops::Range;

use crate::Result;
use crate::emulator::call::Call;
use crate::emulator::clock::{DAY, Millis, read_date};
use crate::emulator::contacts::Selection;
use crate::emulator::knobs::{Knobs, LastUpdateReading, QueryReading};

/// What the call asks for. `page`, `sort`, `order`, `orderBy` and `sortBy` are among what is not read.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where a date is none.
pub(super) fn selection(call: &Call<'_>, knobs: &Knobs) -> Result<Selection> {
    let text = |name: &str| call.parameter(name).map(str::to_owned);
    let date = |name: &'static str| {
        call.parameter(name).map(read_date).transpose().map_err(|error| error.within(name))
    };
    Ok(Selection {
        created: creation_range(date("since")?, date("until")?, knobs),
        updated: date("lastUpdateDate")?.and_then(|date| update_range(date, knobs)),
        status: text("status"),
        website: text("websiteId"),
        assignee: text("assignedTo"),
        query: text("query").filter(|_| knobs.query != QueryReading::Ignored),
        only_names: knobs.query == QueryReading::Names,
    })
}

/// Both ends are cut to the granularity, which compares the same as cutting each creation date.
fn creation_range(
    since: Option<Millis>,
    until: Option<Millis>,
    knobs: &Knobs,
) -> Option<Range<Millis>> {
    let step = knobs.granularity.step();
    let cut = |instant: Millis| instant.div_euclid(step) * step;
    let after = |until: Millis| if knobs.until_inclusive { cut(until) + step } else { cut(until) };
    (since.is_some() || until.is_some())
        .then(|| since.map_or(Millis::MIN, cut)..until.map_or(Millis::MAX, after))
}

fn update_range(date: Millis, knobs: &Knobs) -> Option<Range<Millis>> {
    let midnight = date.div_euclid(DAY) * DAY;
    match knobs.last_update_date {
        LastUpdateReading::Since => Some(date..Millis::MAX),
        LastUpdateReading::ThatDay => Some(midnight..midnight + DAY),
        LastUpdateReading::Ignored => None,
    }
}
