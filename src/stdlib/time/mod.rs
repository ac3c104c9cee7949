//! `time`: reads, writes and moves instants, in any time zone.

mod business;
mod format;
mod functions;
mod language;
mod move_by;
mod names;
mod parts;
mod read;
#[cfg(test)]
mod tests;
mod units;

use super::Module;

pub(super) const MODULE: Module = Module {
    name: "time",
    doc: "Reads, writes and moves instants, in any time zone. An instant is a text as `cliengo.now()` gives \
          it, or the epoch in seconds or milliseconds; what is given back is such a text in UTC, so that \
          instants compare and sort as texts. A time zone is a name such as `America/Bogota`, and UTC where \
          none is given.",
    functions: functions::FUNCTIONS,
};
