//! The functions of the module, with their words.

use super::html::{self, PAGE};
use super::{bars, markdown, table};
use crate::api::{ApiFn, Example, Named, ParamType, ReturnType};
use crate::schema::FieldType;
use crate::stdlib::shape::{function, given, needed, optional};

const A_TEXT: (&str, ReturnType) = ("a text", ReturnType::Text);
const ROWS: ParamType = ParamType::Values;
/// The names of the options that say which columns there are.
const COLUMNS: Named =
    Named::new("columns", "The columns in order, by the names of the fields.").of(FieldType::List);
const TITLE: Named = Named::new("title", "A line above it.").of(FieldType::Text);
const OF_TABLE: &[Named] = &[COLUMNS, TITLE];
const OF_BARS: &[Named] = &[
    Named::new("label", "The field with the label: \"label\" unless given.").of(FieldType::Text),
    Named::new("value", "The field with the number, or with a list, whose items are counted: \"value\" unless given.").of(FieldType::Text),
    Named::new("width", "How many characters the longest bar has: 40 unless given.")
        .of(FieldType::Integer { min: 1, max: 500 }),
    TITLE,
];

pub(super) const FUNCTIONS: &[ApiFn] = &[
    function(
        "report.bars",
        &[
            needed(
                "items",
                ParamType::Any,
                "Objects with a label and a number, pairs of both, or an object of numbers.",
            ),
            optional("options", ParamType::Named(OF_BARS), "What is shown, and how."),
        ],
        A_TEXT,
        "Gives a bar chart as text, a line for each item.",
        Example {
            lua: "local report = require \"report\"\nreturn report.bars({ { \"NEW\", 4 }, { \"CLIENT\", 2 } }, { width = 4 })",
            rhai: "import \"report\" as report;\nreport::bars([[\"NEW\", 4], [\"CLIENT\", 2]], #{ width: 4 })",
            expect: "\"NEW     ████  4\\nCLIENT  ██    2\"",
        },
        |call| given("report.bars", &call, bars::bars),
    ),
    function(
        "report.html",
        &[needed("page", ParamType::Named(PAGE), "What is on the page.")],
        A_TEXT,
        "Gives a whole HTML file: its styles and charts are in it, it loads nothing, it can be read by day and \
         by night, printed and sent by e-mail. Whatever stands in a value is shown as text.",
        Example {
            lua: "local report = require \"report\"\nlocal page = report.html{ title = \"Leads\", sections = { { heading = \"Today\", text = \"<none>\" } } }\nreturn string.find(page, \"&lt;none&gt;\", 1, true) ~= nil",
            rhai: "import \"report\" as report;\nlet page = report::html(#{ title: \"Leads\", sections: [#{ heading: \"Today\", text: \"<none>\" }] });\npage.contains(\"&lt;none&gt;\") == true",
            expect: "true",
        },
        |call| given("report.html", &call, html::html),
    ),
    function(
        "report.markdown",
        &[
            needed("rows", ROWS, "The rows."),
            optional("options", ParamType::Named(OF_TABLE), "What is shown."),
        ],
        A_TEXT,
        "Gives a table in Markdown, as GitHub, GitLab and Notion show it.",
        Example {
            lua: "local report = require \"report\"\nreturn report.markdown({ { name = \"Ana\", rating = 5 } })",
            rhai: "import \"report\" as report;\nreport::markdown([#{ name: \"Ana\", rating: 5 }])",
            expect: "\"| name | rating |\\n|---|---:|\\n| Ana | 5 |\"",
        },
        |call| given("report.markdown", &call, markdown::markdown),
    ),
    function(
        "report.table",
        &[
            needed("rows", ROWS, "The rows."),
            optional("options", ParamType::Named(OF_TABLE), "What is shown."),
        ],
        A_TEXT,
        "Gives a table as text, in columns of equal width; numbers stand at the right.",
        Example {
            lua: "local report = require \"report\"\nreturn report.table({ { name = \"Ana\", rating = 5 }, { name = \"Luis\" } })",
            rhai: "import \"report\" as report;\nreport::table([#{ name: \"Ana\", rating: 5 }, #{ name: \"Luis\" }])",
            expect: "\"name  rating\\n────  ──────\\nAna        5\\nLuis\"",
        },
        |call| given("report.table", &call, table::table),
    ),
];
