//! The functions of the module, with their words.

use super::number;
use crate::api::{ApiFn, Example, Param, ParamType, ReturnType};
use crate::stdlib::shape::{function, given, optional};

const NUMBER: Param = optional("text", ParamType::Text, "The number as it was typed.");
const REGION: Param = optional(
    "region",
    ParamType::Text,
    "The country of a number without a country code: \"AR\", \"MX\", \"BR\".",
);
const A_TEXT: (&str, ReturnType) = ("a text, or nothing", ReturnType::Optional(&ReturnType::Text));
/// The ways of writing a number.
pub(super) const STYLES: &[&str] = &["international", "national", "rfc3966"];

pub(super) const FUNCTIONS: &[ApiFn] = &[
    function(
        "phone.country",
        &[NUMBER, REGION],
        A_TEXT,
        "Gives the country of a number, in two letters.",
        Example {
            lua: "local phone = require \"phone\"\nreturn phone.country(\"+52 55 1234 5678\")",
            rhai: "import \"phone\" as phone;\nphone::country(\"+52 55 1234 5678\")",
            expect: "\"MX\"",
        },
        |call| given("phone.country", &call, number::country),
    ),
    function(
        "phone.e164",
        &[NUMBER, REGION],
        A_TEXT,
        "Gives a number in the one form that all systems take: `+`, the country code, and the digits that are \
         called from abroad. Argentina's 15 and 9, Mexico's former 1, 01, 044 and 045, Brazil's ninth digit \
         and carrier codes, Chile's 09 and Colombia's former area codes are put right.",
        Example {
            lua: "local phone = require \"phone\"\nreturn phone.e164(\"011 15 5555-0199\", \"AR\")",
            rhai: "import \"phone\" as phone;\nphone::e164(\"011 15 5555-0199\", \"AR\")",
            expect: "\"+5491155550199\"",
        },
        |call| given("phone.e164", &call, number::e164),
    ),
    function(
        "phone.format",
        &[
            NUMBER,
            REGION,
            optional(
                "style",
                ParamType::Choice(STYLES),
                "How it is written; international unless given.",
            ),
        ],
        A_TEXT,
        "Writes a number as people read it.",
        Example {
            lua: "local phone = require \"phone\"\nreturn phone.format(\"+5491155550199\", nil, \"national\")",
            rhai: "import \"phone\" as phone;\nphone::format(\"+5491155550199\", (), \"national\")",
            expect: "\"011 15-5555-0199\"",
        },
        |call| given("phone.format", &call, number::format),
    ),
    function(
        "phone.kind",
        &[NUMBER, REGION],
        A_TEXT,
        "Gives what a number is: `mobile`, `fixed_line`, `fixed_line_or_mobile` where the country does not \
         tell them apart (Mexico, Chile, the United States), `toll_free`, `premium_rate`, `shared_cost`, \
         `voip`, `personal`, `pager`, `uan` or `voicemail`.",
        Example {
            lua: "local phone = require \"phone\"\nreturn phone.kind(\"(11) 96123-4567\", \"BR\")",
            rhai: "import \"phone\" as phone;\nphone::kind(\"(11) 96123-4567\", \"BR\")",
            expect: "\"mobile\"",
        },
        |call| given("phone.kind", &call, number::kind),
    ),
    function(
        "phone.valid",
        &[NUMBER, REGION],
        ("a boolean", ReturnType::Truth),
        "True for a number that its country gives out.",
        Example {
            lua: "local phone = require \"phone\"\nreturn { phone.valid(\"+56 9 6123 4567\"), phone.valid(\"12345\", \"CL\") }",
            rhai: "import \"phone\" as phone;\n[phone::valid(\"+56 9 6123 4567\"), phone::valid(\"12345\", \"CL\")]",
            expect: "[true, false]",
        },
        |call| given("phone.valid", &call, number::valid),
    ),
    function(
        "phone.whatsapp",
        &[NUMBER, REGION],
        A_TEXT,
        "Gives the digits that `https://wa.me/` takes. A number of Argentina is taken as a mobile one, though \
         neither 15 nor 9 is in it, for WhatsApp wants the 9.",
        Example {
            lua: "local phone = require \"phone\"\nreturn phone.whatsapp(\"11 5555-0199\", \"AR\")",
            rhai: "import \"phone\" as phone;\nphone::whatsapp(\"11 5555-0199\", \"AR\")",
            expect: "\"5491155550199\"",
        },
        |call| given("phone.whatsapp", &call, number::whatsapp),
    ),
];
