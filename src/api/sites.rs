//! `cliengo.sites`

use super::answers::{list, read};
use super::errors;
use super::function::{ApiFn, Example, Param, ParamType};
use super::records::{CHATBOT, SITE};
use super::{Handler, ReturnType};
use crate::client::routes;

const ID: Param = Param { name: "id", kind: ParamType::Id, optional: false, doc: "The site's id." };

pub(super) const FUNCTIONS: &[ApiFn] = &[
    ApiFn {
        path: "sites.list",
        alias: None,
        params: &[],
        returns: "a list of sites",
        gives: ReturnType::List(&ReturnType::Record(&SITE)),
        doc: "Gives the account's sites; a site's id is what a contact's `websiteId` names.",
        example: Example {
            lua: "return #cliengo.sites.list() > 0",
            rhai: "cliengo.sites.list().len() > 0",
            expect: "true",
        },
        errors: errors::READ,
        mutates: false,
        handler: Handler::Builtin(|call| {
            Box::pin(async move { list(&call, routes::get(&["sites"])?, "sites").await })
        }),
    },
    ApiFn {
        path: "sites.get",
        alias: None,
        params: &[ID],
        returns: "a site",
        gives: ReturnType::Record(&SITE),
        doc: "Gives one site.",
        example: Example {
            lua: "local site = cliengo.sites.list()[1]\n\
                  return cliengo.sites.get(site.id).id == site.id",
            rhai: "let site = cliengo.sites.list()[0];\ncliengo.sites.get(site.id).id == site.id",
            expect: "true",
        },
        errors: errors::READ_ONE,
        mutates: false,
        handler: Handler::Builtin(|call| {
            Box::pin(async move { read(&call, routes::get(&["sites", call.text(0)])?).await })
        }),
    },
    ApiFn {
        path: "sites.chatbot",
        alias: None,
        params: &[ID],
        returns: "a chatbot",
        gives: ReturnType::Record(&CHATBOT),
        doc: "Gives the chatbot of a site.",
        example: Example {
            lua: "return cliengo.sites.chatbot(cliengo.sites.list()[1].id) ~= nil",
            rhai: "cliengo.sites.chatbot(cliengo.sites.list()[0].id) != ()",
            expect: "true",
        },
        errors: errors::READ_ONE,
        mutates: false,
        handler: Handler::Builtin(|call| {
            Box::pin(
                async move { read(&call, routes::get(&["sites", call.text(0), "chatbot"])?).await },
            )
        }),
    },
    ApiFn {
        path: "sites.chatbots",
        alias: None,
        params: &[],
        returns: "a list of chatbots",
        gives: ReturnType::List(&ReturnType::Record(&CHATBOT)),
        doc: "Gives the chatbots of all sites.",
        example: Example {
            lua: "return #cliengo.sites.chatbots() == #cliengo.sites.list()",
            rhai: "cliengo.sites.chatbots().len() == cliengo.sites.list().len()",
            expect: "true",
        },
        errors: errors::READ,
        mutates: false,
        handler: Handler::Builtin(|call| {
            Box::pin(
                async move { list(&call, routes::get(&["sites", "chatbots"])?, "chatbots").await },
            )
        }),
    },
];
