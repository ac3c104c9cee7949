//! `cliengo.users`

use super::answers::{list, read};
use super::errors;
use super::function::{ApiFn, Example, Param, ParamType};
use super::records::USER;
use super::{Handler, ReturnType};
use crate::client::routes;

pub(super) const FUNCTIONS: &[ApiFn] = &[
    ApiFn {
        path: "users.list",
        alias: None,
        params: &[],
        returns: "a list of users",
        gives: ReturnType::List(&ReturnType::Record(&USER)),
        doc: "Gives the account's users; a user's id is what a contact's `assignedTo` names.",
        example: Example {
            lua: "return #cliengo.users.list() > 0",
            rhai: "cliengo.users.list().len() > 0",
            expect: "true",
        },
        errors: errors::READ,
        mutates: false,
        handler: Handler::Builtin(|call| {
            Box::pin(async move { list(&call, routes::get(&["users"])?, "users").await })
        }),
    },
    ApiFn {
        path: "users.get",
        alias: None,
        params: &[Param {
            name: "id",
            kind: ParamType::Id,
            optional: false,
            doc: "The user's id.",
        }],
        returns: "a user",
        gives: ReturnType::Record(&USER),
        doc: "Gives one user.",
        example: Example {
            lua: "local user = cliengo.users.list()[1]\n\
                  return cliengo.users.get(user.id).id == user.id",
            rhai: "let user = cliengo.users.list()[0];\ncliengo.users.get(user.id).id == user.id",
            expect: "true",
        },
        errors: errors::READ_ONE,
        mutates: false,
        handler: Handler::Builtin(|call| {
            Box::pin(async move { read(&call, routes::get(&["users", call.text(0)])?).await })
        }),
    },
];
