//! The functions of the module, with their words.

use super::address::{self, NORMALIZE_OPTIONS};
use super::suggest;
use crate::api::{ApiFn, Example, Param, ParamType, ReturnType};
use crate::stdlib::shape::{function, given, optional};

const ADDRESS: Param = optional("text", ParamType::Text, "The address as it was typed.");
const A_TEXT: (&str, ReturnType) = ("a text, or nothing", ReturnType::Optional(&ReturnType::Text));

pub(super) const FUNCTIONS: &[ApiFn] = &[
    function(
        "email.domain",
        &[ADDRESS],
        A_TEXT,
        "Gives what stands behind the `@`, in lower case.",
        Example {
            lua: "local email = require \"email\"\nreturn email.domain(\"Ana@Example.COM\")",
            rhai: "import \"email\" as email;\nemail::domain(\"Ana@Example.COM\")",
            expect: "\"example.com\"",
        },
        |call| given("email.domain", &call, address::domain),
    ),
    function(
        "email.is_free",
        &[ADDRESS],
        ("a boolean", ReturnType::Truth),
        "True for an address of a provider where anybody gets one, such as Gmail, Hotmail or UOL: it says \
         nothing of where a person works.",
        Example {
            lua: "local email = require \"email\"\nreturn { email.is_free(\"ana@hotmail.com.ar\"), email.is_free(\"ana@example.com\") }",
            rhai: "import \"email\" as email;\n[email::is_free(\"ana@hotmail.com.ar\"), email::is_free(\"ana@example.com\")]",
            expect: "[true, false]",
        },
        |call| given("email.is_free", &call, address::is_free),
    ),
    function(
        "email.normalize",
        &[ADDRESS, optional("options", ParamType::Named(NORMALIZE_OPTIONS), "How far it goes.")],
        A_TEXT,
        "Gives the address in lower case and without blanks around it. With `mailbox = true` two spellings of \
         one mailbox become the same.",
        Example {
            lua: "local email = require \"email\"\nreturn email.normalize(\" Ana.Diaz+web@Gmail.com \", { mailbox = true })",
            rhai: "import \"email\" as email;\nemail::normalize(\" Ana.Diaz+web@Gmail.com \", #{ mailbox: true })",
            expect: "\"anadiaz@gmail.com\"",
        },
        |call| given("email.normalize", &call, address::normalize),
    ),
    function(
        "email.suggest",
        &[ADDRESS],
        A_TEXT,
        "Gives the address that was probably meant, where the domain looks misspelt: gmial.com, hotmail.con, \
         yahoo.com.rs; nothing where it looks right.",
        Example {
            lua: "local email = require \"email\"\nreturn email.suggest(\"ana@gmial.com\")",
            rhai: "import \"email\" as email;\nemail::suggest(\"ana@gmial.com\")",
            expect: "\"ana@gmail.com\"",
        },
        |call| given("email.suggest", &call, suggest::suggest),
    ),
    function(
        "email.valid",
        &[ADDRESS],
        ("a boolean", ReturnType::Truth),
        "True for an address that mail could be sent to: one person at a domain with a dot. Blanks around it \
         do not matter.",
        Example {
            lua: "local email = require \"email\"\nreturn { email.valid(\"ana@example.com\"), email.valid(\"ana@example\") }",
            rhai: "import \"email\" as email;\n[email::valid(\"ana@example.com\"), email::valid(\"ana@example\")]",
            expect: "[true, false]",
        },
        |call| given("email.valid", &call, address::valid),
    ),
];
