//! The functions of the module, with their words.

use super::{shapes, template};
use crate::ErrorKind;
use crate::api::{ApiFn, Example, Handler, Param, ParamType, ReturnType};
use crate::schema::FieldType;
use crate::stdlib::shape::{function, given, needed, optional};

const VALUE: Param = optional("value", ParamType::Text, "The text; nothing is an empty one.");
const CELL: Param = optional(
    "value",
    ParamType::Value(FieldType::Either(&[FieldType::Text, FieldType::Number])),
    "The text or number; nothing is an empty text.",
);
const WIDTH: Param = needed(
    "width",
    ParamType::Value(FieldType::Integer { min: 1, max: 10_000 }),
    "How many characters wide it becomes.",
);
const A_TEXT: (&str, ReturnType) = ("a text", ReturnType::Text);
const A_TRUTH: (&str, ReturnType) = ("a boolean", ReturnType::Truth);

pub(super) const FUNCTIONS: &[ApiFn] = &[
    function(
        "text.column",
        &[
            CELL,
            WIDTH,
            optional(
                "side",
                ParamType::Choice(&["left", "right"]),
                "Where the text stands; left unless given.",
            ),
        ],
        A_TEXT,
        "Gives a text in exactly so many characters, for tables: filled with blanks, and cut with `…` where it \
         is longer.",
        Example {
            lua: "local text = require \"text\"\nreturn text.column(\"Sede São Bento\", 8) .. text.column(12, 5, \"right\")",
            rhai: "import \"text\" as text;\ntext::column(\"Sede São Bento\", 8) + text::column(12, 5, \"right\")",
            expect: "\"Sede Sã…   12\"",
        },
        |call| given("text.column", &call, shapes::column),
    ),
    function(
        "text.contains",
        &[VALUE, optional("part", ParamType::Text, "What is looked for in it.")],
        A_TRUTH,
        "True where the text holds the part, letter for letter: fold both where that is too strict.",
        Example {
            lua: "local text = require \"text\"\nreturn text.contains(text.fold(\"Señor Núñez\"), \"nunez\")",
            rhai: "import \"text\" as text;\ntext::contains(text::fold(\"Señor Núñez\"), \"nunez\")",
            expect: "true",
        },
        |call| given("text.contains", &call, shapes::contains),
    ),
    function(
        "text.digits",
        &[VALUE],
        A_TEXT,
        "Gives only the digits 0 to 9 of a text.",
        Example {
            lua: "local text = require \"text\"\nreturn text.digits(\"+54 9 11 5555-0199\")",
            rhai: "import \"text\" as text;\ntext::digits(\"+54 9 11 5555-0199\")",
            expect: "\"5491155550199\"",
        },
        |call| given("text.digits", &call, shapes::digits),
    ),
    function(
        "text.fold",
        &[VALUE],
        A_TEXT,
        "Gives a text in lower case without accents (á → a, ñ → n, ç → c), for comparing what people typed.",
        Example {
            lua: "local text = require \"text\"\nreturn text.fold(\"Begoña Núñez\")",
            rhai: "import \"text\" as text;\ntext::fold(\"Begoña Núñez\")",
            expect: "\"begona nunez\"",
        },
        |call| given("text.fold", &call, shapes::fold),
    ),
    function(
        "text.slug",
        &[VALUE],
        A_TEXT,
        "Gives a text as a name for files, tags and addresses.",
        Example {
            lua: "local text = require \"text\"\nreturn text.slug(\"Clínica São Bento\")",
            rhai: "import \"text\" as text;\ntext::slug(\"Clínica São Bento\")",
            expect: "\"clinica-sao-bento\"",
        },
        |call| given("text.slug", &call, shapes::slug),
    ),
    function(
        "text.starts_with",
        &[VALUE, optional("start", ParamType::Text, "What it may begin with.")],
        A_TRUTH,
        "True where the text begins so, letter for letter: fold both where that is too strict.",
        Example {
            lua: "local text = require \"text\"\nreturn { text.starts_with(\"Ñandú\", \"Ña\"), text.starts_with(nil, \"Ña\") }",
            rhai: "import \"text\" as text;\n[text::starts_with(\"Ñandú\", \"Ña\"), text::starts_with((), \"Ña\")]",
            expect: "[true, false]",
        },
        |call| given("text.starts_with", &call, shapes::starts_with),
    ),
    TEMPLATE,
    function(
        "text.title",
        &[VALUE],
        A_TEXT,
        "Gives a text with a capital at the beginning of each word, and the other letters small.",
        Example {
            lua: "local text = require \"text\"\nreturn text.title(\"MARÍA josé\")",
            rhai: "import \"text\" as text;\ntext::title(\"MARÍA josé\")",
            expect: "\"María José\"",
        },
        |call| given("text.title", &call, shapes::title),
    ),
    function(
        "text.trim",
        &[VALUE],
        A_TEXT,
        "Gives a text without blanks at its ends, the no-break space (U+00A0) among them.",
        Example {
            lua: "local text = require \"text\"\nreturn text.trim(\"  Ana \")",
            rhai: "import \"text\" as text;\ntext::trim(\"  Ana \")",
            expect: "\"Ana\"",
        },
        |call| given("text.trim", &call, shapes::trim),
    ),
];

const TEMPLATE: ApiFn = ApiFn {
    path: "text.template",
    alias: None,
    params: &[
        optional("pattern", ParamType::Text, "The text with names in pairs of braces."),
        needed("values", ParamType::Object, "The values by their names, such as a contact."),
    ],
    returns: "a text",
    gives: ReturnType::Text,
    doc: "Puts a value into each pair of braces of a pattern. A name with dots looks into objects; what stands \
          behind the bar is for a value that is absent or empty.",
    example: Example {
        lua: "local text = require \"text\"\nlocal ana = { name = \"Ana\", geoip = { city = \"Córdoba\" } }\nreturn text.template(\"Hola {{name}}, de {{geoip.city}}, {{phone|sin teléfono}}\", ana)",
        rhai: "import \"text\" as text;\nlet ana = #{ name: \"Ana\", geoip: #{ city: \"Córdoba\" } };\ntext::template(\"Hola {{name}}, de {{geoip.city}}, {{phone|sin teléfono}}\", ana)",
        expect: "\"Hola Ana, de Córdoba, sin teléfono\"",
    },
    errors: &[ErrorKind::Invalid, ErrorKind::Limit],
    mutates: false,
    handler: Handler::Module(|call| given("text.template", &call, template::template)),
};
