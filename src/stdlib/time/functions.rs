//! The functions of the module, with their words.

use super::business::{self, BUSINESS_OPTIONS};
use super::language::LANGUAGES;
use super::parts::{self, TIME_PARTS};
use super::read::{self, PARSE_OPTIONS};
use super::units::{self, PERIODS, UNITS};
use super::{format, move_by};
use crate::api::{ApiFn, Example, Param, ParamType, ReturnType};
use crate::schema::FieldType;
use crate::stdlib::shape::{function, given, needed, optional};

const INSTANT: ParamType =
    ParamType::Value(FieldType::Either(&[FieldType::Text, FieldType::Number]));
const TIME: Param = needed("time", INSTANT, "The instant.");
const ZONE: Param = optional("zone", ParamType::Text, "The time zone; UTC unless given.");
const AN_INSTANT: (&str, ReturnType) = ("an instant, as text in UTC", ReturnType::Text);

pub(super) const FUNCTIONS: &[ApiFn] = &[
    function(
        "time.add",
        &[
            TIME,
            needed(
                "span",
                ParamType::Text,
                "How far: \"2d\", \"-3h\", \"1mo\", \"1y 2w\"; `m` is minutes.",
            ),
            ZONE,
        ],
        AN_INSTANT,
        "Gives the instant that is so much later, or earlier. Days, weeks, months and years go by the \
         calendar of the time zone: a day later is the same time of day, and a month after the 31st is the \
         last day of a shorter month.",
        Example {
            lua: "local time = require \"time\"\nreturn time.add(\"2026-01-31T12:00:00Z\", \"1mo\")",
            rhai: "import \"time\" as time;\ntime::add(\"2026-01-31T12:00:00Z\", \"1mo\")",
            expect: "\"2026-02-28T12:00:00.000Z\"",
        },
        |call| given("time.add", &call, move_by::add),
    ),
    function(
        "time.between",
        &[
            needed("from", INSTANT, "The first instant."),
            needed(
                "to",
                INSTANT,
                "The second; where it is the earlier one, the result is negative.",
            ),
            optional("unit", ParamType::Choice(UNITS), "What is counted: seconds unless given."),
            ZONE,
        ],
        ("a number", ReturnType::Integer),
        "Counts the whole seconds, days or other units from one instant to another; what is left over is \
         dropped.",
        Example {
            lua: "local time = require \"time\"\nreturn time.between(\"2026-11-01\", \"2026-11-25\", \"day\")",
            rhai: "import \"time\" as time;\ntime::between(\"2026-11-01\", \"2026-11-25\", \"day\")",
            expect: "24",
        },
        |call| given("time.between", &call, units::between),
    ),
    function(
        "time.end_of",
        &[TIME, needed("unit", ParamType::Choice(PERIODS), "The period that ends."), ZONE],
        AN_INSTANT,
        "Gives the last millisecond of the minute, day, week (to Sunday) or other period that holds the \
         instant.",
        Example {
            lua: "local time = require \"time\"\nreturn time.end_of(\"2026-02-10\", \"month\")",
            rhai: "import \"time\" as time;\ntime::end_of(\"2026-02-10\", \"month\")",
            expect: "\"2026-02-28T23:59:59.999Z\"",
        },
        |call| given("time.end_of", &call, units::end_of),
    ),
    function(
        "time.format",
        &[
            TIME,
            optional(
                "pattern",
                ParamType::Text,
                "As in strftime; \"%Y-%m-%d %H:%M\" unless given.",
            ),
            ZONE,
            optional(
                "language",
                ParamType::Choice(LANGUAGES),
                "Of the names of days and months; English unless given.",
            ),
        ],
        ("a text", ReturnType::Text),
        "Writes an instant: `%d` day, `%m` month, `%Y` year, `%H:%M:%S`, `%A` and `%a` the name of the day, \
         `%B` and `%b` that of the month, `%-d` without a zero in front, `%z` the offset, `%s` the epoch.",
        Example {
            lua: "local time = require \"time\"\nreturn time.format(\"2026-11-25T02:00:00Z\", \"%A %-d de %B, %H:%M\", \"America/Bogota\", \"es\")",
            rhai: "import \"time\" as time;\ntime::format(\"2026-11-25T02:00:00Z\", \"%A %-d de %B, %H:%M\", \"America/Bogota\", \"es\")",
            expect: "\"martes 24 de noviembre, 21:00\"",
        },
        |call| given("time.format", &call, format::format),
    ),
    function(
        "time.in_zone",
        &[TIME, needed("zone", ParamType::Text, "The time zone.")],
        ("a text", ReturnType::Text),
        "Writes an instant as the clocks of a time zone show it, with the offset. Such texts do not compare \
         with those in UTC.",
        Example {
            lua: "local time = require \"time\"\nreturn time.in_zone(\"2026-11-25T14:30:00Z\", \"America/Argentina/Buenos_Aires\")",
            rhai: "import \"time\" as time;\ntime::in_zone(\"2026-11-25T14:30:00Z\", \"America/Argentina/Buenos_Aires\")",
            expect: "\"2026-11-25T11:30:00.000-03:00\"",
        },
        |call| given("time.in_zone", &call, format::in_zone),
    ),
    function(
        "time.is_business",
        &[
            TIME,
            optional(
                "options",
                ParamType::Named(BUSINESS_OPTIONS),
                "When business is open, and where.",
            ),
        ],
        ("a boolean", ReturnType::Truth),
        "True where the instant is in business hours: Monday to Friday from 9:00 until 18:00, unless told \
         otherwise.",
        Example {
            lua: "local time = require \"time\"\nreturn time.is_business(\"2026-11-25T14:30:00Z\", { zone = \"America/Bogota\", from = \"08:00\" })",
            rhai: "import \"time\" as time;\ntime::is_business(\"2026-11-25T14:30:00Z\", #{ zone: \"America/Bogota\", from: \"08:00\" })",
            expect: "true",
        },
        |call| given("time.is_business", &call, business::is_business),
    ),
    function(
        "time.parse",
        &[
            needed("value", INSTANT, "What is read."),
            optional("options", ParamType::Named(PARSE_OPTIONS), "How it is read."),
        ],
        AN_INSTANT,
        "Reads an instant as people and programs write it: RFC 3339, `2026-11-25`, `25/11/2026 14:30`, \
         `25 de noviembre de 2026`, the date of an e-mail, or the epoch in seconds or milliseconds.",
        Example {
            lua: "local time = require \"time\"\nreturn time.parse(\"25/11/2026 14:30\", { zone = \"America/Bogota\" })",
            rhai: "import \"time\" as time;\ntime::parse(\"25/11/2026 14:30\", #{ zone: \"America/Bogota\" })",
            expect: "\"2026-11-25T19:30:00.000Z\"",
        },
        |call| given("time.parse", &call, read::parse),
    ),
    function(
        "time.parts",
        &[TIME, ZONE],
        ("an object", ReturnType::Record(&TIME_PARTS)),
        "Takes an instant apart: year, month, day, the day of the week and the rest.",
        Example {
            lua: "local time = require \"time\"\nlocal parts = time.parts(\"2026-11-25T14:30:00Z\")\nreturn { parts.year, parts.month, parts.day, parts.weekday }",
            rhai: "import \"time\" as time;\nlet parts = time::parts(\"2026-11-25T14:30:00Z\");\n[parts.year, parts.month, parts.day, parts.weekday]",
            expect: "[2026, 11, 25, 3]",
        },
        |call| given("time.parts", &call, parts::parts),
    ),
    function(
        "time.start_of",
        &[TIME, needed("unit", ParamType::Choice(PERIODS), "The period that begins."), ZONE],
        AN_INSTANT,
        "Gives the first instant of the minute, day, week (from Monday) or other period that holds the \
         instant.",
        Example {
            lua: "local time = require \"time\"\nreturn time.start_of(\"2026-11-25T14:30:00Z\", \"day\", \"America/Bogota\")",
            rhai: "import \"time\" as time;\ntime::start_of(\"2026-11-25T14:30:00Z\", \"day\", \"America/Bogota\")",
            expect: "\"2026-11-25T05:00:00.000Z\"",
        },
        |call| given("time.start_of", &call, units::start_of),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_in_order() {
        assert!(FUNCTIONS.is_sorted_by_key(|function| function.path));
    }
}
