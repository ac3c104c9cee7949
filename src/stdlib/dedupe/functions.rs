//! The functions of the module, with their words.

use super::merge::{self, MERGED};
use super::options::OPTIONS;
use super::{groups, score};
use crate::api::{ApiFn, Example, Param, ParamType, Record, ReturnType};
use crate::stdlib::shape::{function, given, needed, optional, sure};

const HOW: Param = optional("options", ParamType::Named(OPTIONS), "How contacts are compared.");
const CONTACTS: ParamType = ParamType::Objects(&ParamType::Object);
const SCORE: &str = "How surely they are the same person, from 0 to 1.";
const REASONS: &str = "Why: `same phone`, `same e-mail`, `same name`, `similar name`.";
const TEXTS: ReturnType = ReturnType::List(&ReturnType::Text);

const GROUP: Record = Record {
    name: "DedupeGroup",
    doc: "Contacts that are the same person.",
    fields: &[
        sure("contacts", ReturnType::List(&ReturnType::Contact), "The contacts, the oldest first."),
        sure("score", ReturnType::Number, SCORE),
        sure("reasons", TEXTS, REASONS),
    ],
};

const PAIR: Record = Record {
    name: "DedupeScore",
    doc: "How surely two contacts are the same person.",
    fields: &[sure("score", ReturnType::Number, SCORE), sure("reasons", TEXTS, REASONS)],
};

pub(super) const FUNCTIONS: &[ApiFn] = &[
    function(
        "dedupe.find",
        &[needed("contacts", CONTACTS, "The contacts."), HOW],
        ("a list of groups", ReturnType::List(&ReturnType::Record(&GROUP))),
        "Gives the groups of contacts that are the same person, the surest first; contacts that are alone are \
         in none, and one that is in the list twice is one. Who is the same as one of a group belongs to it; the score of a group is that of its \
         weakest link. A hundred thousand contacts take seconds.",
        Example {
            lua: "local dedupe = require \"dedupe\"\nlocal groups = dedupe.find({\n    { id = \"a\", name = \"Ana Pérez\", phone = \"+54 9 11 5555-0199\" },\n    { id = \"b\", name = \"Luis Gómez\" },\n    { id = \"c\", name = \"Perez, Ana\", phone = \"011 15 5555 0199\" },\n}, { region = \"AR\" })\nreturn { #groups, groups[1].reasons, groups[1].contacts[2].id }",
            rhai: "import \"dedupe\" as dedupe;\nlet groups = dedupe::find([\n    #{ id: \"a\", name: \"Ana Pérez\", phone: \"+54 9 11 5555-0199\" },\n    #{ id: \"b\", name: \"Luis Gómez\" },\n    #{ id: \"c\", name: \"Perez, Ana\", phone: \"011 15 5555 0199\" },\n], #{ region: \"AR\" });\n[groups.len(), groups[0].reasons, groups[0].contacts[1].id]",
            expect: "[1, [\"same phone\", \"same name\"], \"c\"]",
        },
        |call| given("dedupe.find", &call, groups::find),
    ),
    function(
        "dedupe.merge",
        &[needed("contacts", CONTACTS, "The contacts of one person.")],
        ("an object", ReturnType::Record(&MERGED)),
        "Makes one contact of several: the oldest is kept, and gets what it lacks from the others, the older \
         one first. Nothing is written: `changes` is for `contacts.update`, `others` for \
         `contacts.delete_many`.",
        Example {
            lua: "local dedupe = require \"dedupe\"\nreturn dedupe.merge({\n    { id = \"b\", email = \"ana@example.com\", creationDate = \"2026-02-01\" },\n    { id = \"a\", name = \"Ana\", creationDate = \"2026-01-01\" },\n}).changes",
            rhai: "import \"dedupe\" as dedupe;\ndedupe::merge([\n    #{ id: \"b\", email: \"ana@example.com\", creationDate: \"2026-02-01\" },\n    #{ id: \"a\", name: \"Ana\", creationDate: \"2026-01-01\" },\n]).changes",
            expect: "{ \"email\": \"ana@example.com\" }",
        },
        |call| given("dedupe.merge", &call, merge::merge),
    ),
    function(
        "dedupe.score",
        &[
            needed("one", ParamType::Object, "A contact."),
            needed("other", ParamType::Object, "Another one."),
            HOW,
        ],
        ("an object", ReturnType::Record(&PAIR)),
        "Tells how surely two contacts are the same person, and why.",
        Example {
            lua: "local dedupe = require \"dedupe\"\nreturn dedupe.score({ email = \"Ana@Example.com\" }, { email = \"ana@example.com\" })",
            rhai: "import \"dedupe\" as dedupe;\ndedupe::score(#{ email: \"Ana@Example.com\" }, #{ email: \"ana@example.com\" })",
            expect: "{ \"score\": 0.95, \"reasons\": [\"same e-mail\"] }",
        },
        |call| given("dedupe.score", &call, score::pair),
    ),
];
