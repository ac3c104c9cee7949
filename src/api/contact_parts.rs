//! `cliengo.contacts`: what hangs on a contact — status, tags, notes, messages, history.

use super::answers::{list, write};
use super::contacts::ID;
use super::errors;
use super::function::{Answer, ApiFn, Call, Example, Param, ParamType};
use super::records::{HISTORY, MESSAGE, NOTE};
use super::{Handler, ReturnType};
use crate::Result;
use crate::client::routes;
use crate::schema::STATUSES;

const TEXT: Param =
    Param { name: "message", kind: ParamType::Text, optional: false, doc: "The text." };

pub(super) const FUNCTIONS: &[ApiFn] = &[
    ApiFn {
        path: "contacts.set_status",
        alias: None,
        params: &[
            ID,
            Param {
                name: "status",
                kind: ParamType::Choice(STATUSES),
                optional: false,
                doc: "The new status.",
            },
        ],
        returns: "what the API answers",
        gives: ReturnType::Any,
        doc: "Sets where the contact stands, through the API's own route for it.",
        example: Example {
            lua: "local id = cliengo.contacts.find{}.id\n\
                  cliengo.contacts.set_status(id, \"CLIENT\")\n\
                  return cliengo.contacts.get(id).status",
            rhai: "let id = cliengo.contacts.find(#{}).id;\n\
                   cliengo.contacts.set_status(id, \"CLIENT\");\n\
                   cliengo.contacts.get(id).status",
            expect: "\"CLIENT\"",
        },
        errors: errors::WRITE_ONE,
        mutates: true,
        handler: Handler::Builtin(|call| {
            Box::pin(
                async move { write(&call, routes::set_status(call.text(0), call.text(1))?).await },
            )
        }),
    },
    ApiFn {
        path: "contacts.add_tag",
        alias: None,
        params: &[
            ID,
            Param { name: "tag", kind: ParamType::Text, optional: false, doc: "The tag." },
        ],
        returns: "what the API answers",
        gives: ReturnType::Any,
        doc: "Adds a tag to a contact.",
        example: Example {
            lua: "local id = cliengo.contacts.find{}.id\ncliengo.contacts.add_tag(id, \"vip\")\n\
                  local tags = cliengo.contacts.get(id).tags\nreturn tags[#tags]",
            rhai: "let id = cliengo.contacts.find(#{}).id;\ncliengo.contacts.add_tag(id, \"vip\");\n\
                   let tags = cliengo.contacts.get(id).tags;\ntags[tags.len() - 1]",
            expect: "\"vip\"",
        },
        errors: errors::WRITE_ONE,
        mutates: true,
        handler: Handler::Builtin(|call| {
            Box::pin(
                async move { write(&call, routes::add_tag(call.text(0), call.text(1))?).await },
            )
        }),
    },
    ApiFn {
        path: "contacts.notes",
        alias: None,
        params: &[ID],
        returns: "a list of notes",
        gives: ReturnType::List(&ReturnType::Record(&NOTE)),
        doc: "Gives the notes that users left on a contact.",
        example: Example {
            lua: "local id = cliengo.contacts.find{}.id\n\
                  cliengo.contacts.add_note(id, \"called back\")\n\
                  local notes = cliengo.contacts.notes(id)\nreturn notes[#notes].message",
            rhai: "let id = cliengo.contacts.find(#{}).id;\n\
                   cliengo.contacts.add_note(id, \"called back\");\n\
                   let notes = cliengo.contacts.notes(id);\nnotes[notes.len() - 1].message",
            expect: "\"called back\"",
        },
        errors: errors::READ_ONE,
        mutates: false,
        handler: Handler::Builtin(|call| Box::pin(part(call, "notes"))),
    },
    ApiFn {
        path: "contacts.add_note",
        alias: None,
        params: &[ID, TEXT],
        returns: "what the API answers",
        gives: ReturnType::Any,
        doc: "Leaves a note on a contact.",
        example: Example {
            lua: "local id = cliengo.contacts.find{}.id\nlocal before = #cliengo.contacts.notes(id)\n\
                  cliengo.contacts.add_note(id, \"prefers mornings\")\n\
                  return #cliengo.contacts.notes(id) - before",
            rhai: "let id = cliengo.contacts.find(#{}).id;\n\
                   let before = cliengo.contacts.notes(id).len();\n\
                   cliengo.contacts.add_note(id, \"prefers mornings\");\n\
                   cliengo.contacts.notes(id).len() - before",
            expect: "1",
        },
        errors: errors::WRITE_ONE,
        mutates: true,
        handler: Handler::Builtin(|call| Box::pin(add(call, "notes"))),
    },
    ApiFn {
        path: "contacts.messages",
        alias: None,
        params: &[ID],
        returns: "a list of messages",
        gives: ReturnType::List(&ReturnType::Record(&MESSAGE)),
        doc: "Gives the messages that were exchanged with a contact.",
        example: Example {
            lua: "local id = cliengo.contacts.find{}.id\n\
                  cliengo.contacts.add_message(id, \"¡Hola!\")\n\
                  local messages = cliengo.contacts.messages(id)\nreturn messages[#messages].message",
            rhai: "let id = cliengo.contacts.find(#{}).id;\n\
                   cliengo.contacts.add_message(id, \"¡Hola!\");\n\
                   let messages = cliengo.contacts.messages(id);\n\
                   messages[messages.len() - 1].message",
            expect: "\"¡Hola!\"",
        },
        errors: errors::READ_ONE,
        mutates: false,
        handler: Handler::Builtin(|call| Box::pin(part(call, "messages"))),
    },
    ApiFn {
        path: "contacts.add_message",
        alias: None,
        params: &[ID, TEXT],
        returns: "what the API answers",
        gives: ReturnType::Any,
        doc: "Sends a message to a contact.",
        example: Example {
            lua: "local id = cliengo.contacts.find{}.id\n\
                  local before = #cliengo.contacts.messages(id)\n\
                  cliengo.contacts.add_message(id, \"We are open.\")\n\
                  return #cliengo.contacts.messages(id) - before",
            rhai: "let id = cliengo.contacts.find(#{}).id;\n\
                   let before = cliengo.contacts.messages(id).len();\n\
                   cliengo.contacts.add_message(id, \"We are open.\");\n\
                   cliengo.contacts.messages(id).len() - before",
            expect: "1",
        },
        errors: errors::WRITE_ONE,
        mutates: true,
        handler: Handler::Builtin(|call| Box::pin(add(call, "messages"))),
    },
    ApiFn {
        path: "contacts.history",
        alias: None,
        params: &[ID],
        returns: "a list of events",
        gives: ReturnType::List(&ReturnType::Record(&HISTORY)),
        doc: "Gives what happened to a contact.",
        example: Example {
            lua: "local id = cliengo.contacts.find{}.id\nlocal before = #cliengo.contacts.history(id)\n\
                  cliengo.contacts.update(id, { rating = 4 })\n\
                  return #cliengo.contacts.history(id) > before",
            rhai: "let id = cliengo.contacts.find(#{}).id;\n\
                   let before = cliengo.contacts.history(id).len();\n\
                   cliengo.contacts.update(id, #{ rating: 4 });\n\
                   cliengo.contacts.history(id).len() > before",
            expect: "true",
        },
        errors: errors::READ_ONE,
        mutates: false,
        handler: Handler::Builtin(|call| Box::pin(part(call, "history"))),
    },
];

async fn part(call: Call, part: &str) -> Result<Answer> {
    list(&call, routes::contact_part(call.text(0), part)?, part).await
}

async fn add(call: Call, part: &str) -> Result<Answer> {
    write(&call, routes::add_to_contact(call.text(0), part, call.text(1))?).await
}
