//! `list`: picks, groups and orders lists. It calls functions of the script, so its work is done by
//! `stdlib/list.lua` and `stdlib/list.rhai`; what it takes and gives is said here.

use super::Module;
use super::shape::{in_script, needed, optional, sure};
use crate::api::{ApiFn, Example, Param, ParamType, Record, ReturnType};
use crate::schema::FieldType;

pub(super) const MODULE: Module = Module {
    name: "list",
    doc: "Picks, groups and orders lists, such as lists of contacts. `by` is a function of one item, or the \
          name of a field. Every function gives a new list and leaves the one it was given as it is. A key that \
          is nothing is no key: each function says what becomes of such an item.",
    functions: &[CHUNK, FILTER, GROUP_BY, MAP, SORT_BY, UNIQUE],
};

const ITEMS: Param = needed("items", ParamType::Items, "The list.");
const KEY: Param =
    needed("by", ParamType::By, "What gives an item's key: a function of it, or a field's name.");
const SAME_ITEMS: ReturnType = ReturnType::List(&ReturnType::Item);

const GROUP: Record = Record {
    name: "ListGroup",
    doc: "Items with the same key.",
    fields: &[
        crate::api::RecordField {
            name: "key",
            gives: ReturnType::Any,
            optional: true,
            doc: "What its items have in common; absent where they have no key.",
        },
        sure("items", ReturnType::List(&ReturnType::Any), "Its items, in their order."),
    ],
};

const CHUNK: ApiFn = in_script(
    "list.chunk",
    &[
        ITEMS,
        needed(
            "size",
            ParamType::Value(FieldType::Integer { min: 1, max: i64::MAX }),
            "How many items each list has.",
        ),
    ],
    ("a list of lists of items", ReturnType::List(&SAME_ITEMS)),
    "Gives the items in lists of a size, and what is left over in a last one.",
    Example {
        lua: "local list = require \"list\"\nreturn list.chunk({ 1, 2, 3 }, 2)",
        rhai: "import \"list\" as list;\nlist::chunk([1, 2, 3], 2)",
        expect: "[[1, 2], [3]]",
    },
);

const FILTER: ApiFn = in_script(
    "list.filter",
    &[ITEMS, needed("by", ParamType::By, "What says which items: a function, or a field's name.")],
    ("a list of some of the items", SAME_ITEMS),
    "Gives the items for which `by` gives anything but false and nothing.",
    Example {
        lua: "local list = require \"list\"\nreturn list.filter({ 1, 2, 3, 4 }, function(number) return number % 2 == 0 end)",
        rhai: "import \"list\" as list;\nlist::filter([1, 2, 3, 4], |number| number % 2 == 0)",
        expect: "[2, 4]",
    },
);

const GROUP_BY: ApiFn = in_script(
    "list.group_by",
    &[ITEMS, KEY],
    ("a list of groups", ReturnType::List(&ReturnType::Record(&GROUP))),
    "Gives groups of items in the order in which their keys first come. A key is text, a number or a boolean; \
     those without a key are a group too.",
    Example {
        lua: "local list = require \"list\"\nlocal people = { { name = \"Ana\", site = \"norte\" }, { name = \"Bruno\", site = \"sul\" } }\nreturn list.group_by(people, \"site\")[1].key",
        rhai: "import \"list\" as list;\nlet people = [#{ name: \"Ana\", site: \"norte\" }, #{ name: \"Bruno\", site: \"sul\" }];\nlist::group_by(people, \"site\")[0].key",
        expect: "\"norte\"",
    },
);

const MAP: ApiFn = in_script(
    "list.map",
    &[ITEMS, needed("by", ParamType::By, "What is given for each: a function, or a field's name.")],
    ("a list", ReturnType::List(&ReturnType::Any)),
    "Gives what `by` gives for each item. Where that is nothing the item is left out, so that \
     `list.map(contacts, \"email\")` has no gaps.",
    Example {
        lua: "local list = require \"list\"\nreturn list.map({ { name = \"Ana\" }, { phone = \"5555-0001\" } }, \"name\")",
        rhai: "import \"list\" as list;\nlist::map([#{ name: \"Ana\" }, #{ phone: \"5555-0001\" }], \"name\")",
        expect: "[\"Ana\"]",
    },
);

const SORT_BY: ApiFn = in_script(
    "list.sort_by",
    &[
        ITEMS,
        KEY,
        optional(
            "order",
            ParamType::Choice(&["asc", "desc"]),
            "From the smallest key to the largest (`asc`), unless given.",
        ),
    ],
    ("a list of the items in order", SAME_ITEMS),
    "Orders the items by their keys, which are all texts or all numbers. Equal keys keep their order, and items \
     without a key come last either way. Texts compare by their letters' codes: fold them first.",
    Example {
        lua: "local list = require \"list\"\nreturn list.sort_by({ 3, 1, 2 }, function(number) return number end, \"desc\")",
        rhai: "import \"list\" as list;\nlist::sort_by([3, 1, 2], |number| number, \"desc\")",
        expect: "[3, 2, 1]",
    },
);

const UNIQUE: ApiFn = in_script(
    "list.unique",
    &[
        ITEMS,
        optional("by", ParamType::By, "What gives an item's key; the item itself unless given."),
    ],
    ("a list of some of the items", SAME_ITEMS),
    "Gives the first item of each key, which is text, a number or a boolean. Items without a key are all kept.",
    Example {
        lua: "local list = require \"list\"\nreturn list.unique({ 3, 1, 3, \"3\" })",
        rhai: "import \"list\" as list;\nlist::unique([3, 1, 3, \"3\"])",
        expect: "[3, 1, \"3\"]",
    },
);
