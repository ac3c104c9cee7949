//! `cliengo.conversations`

use serde_json::{Map, Value};

use super::Named;
use super::answers::{list, read, write};
use super::errors;
use super::function::{Answer, ApiFn, Call, Example, Param, ParamType};
use super::records::{CONVERSATION, MESSAGE};
use super::{Handler, ReturnType};
use crate::client::routes;
use crate::schema::{FieldType, did_you_mean, same_name};
use crate::{Error, Result};

/// The fields of a new conversation; the last may be left out (documented by the vendor).
const FIELDS: [&str; 5] = ["companyId", "websiteId", "channel", "from", "url"];

const ID: Param =
    Param { name: "id", kind: ParamType::Id, optional: false, doc: "The conversation's id." };

const NEW: &[Named] = &[
    Named::new("companyId", "The account's id.").of(FieldType::Id).needed(),
    Named::new("websiteId", "The site's id.").of(FieldType::Id).needed(),
    Named::new("channel", "`WEB`.").of(FieldType::Text).needed(),
    Named::new("from", "Who begins it.").of(FieldType::Text).needed(),
    Named::new("url", "The page that it begins on.").of(FieldType::Text),
];

pub(super) const FUNCTIONS: &[ApiFn] = &[
    ApiFn {
        path: "conversations.list",
        alias: None,
        params: &[],
        returns: "a list of conversations",
        gives: ReturnType::List(&ReturnType::Record(&CONVERSATION)),
        doc: "Gives the account's conversations, as many as the API answers at once.",
        example: Example {
            lua: "return #cliengo.conversations.list() > 0",
            rhai: "cliengo.conversations.list().len() > 0",
            expect: "true",
        },
        errors: errors::READ,
        mutates: false,
        handler: Handler::Builtin(|call| {
            Box::pin(
                async move { list(&call, routes::get(&["conversations"])?, "conversations").await },
            )
        }),
    },
    ApiFn {
        path: "conversations.get",
        alias: None,
        params: &[ID],
        returns: "a conversation",
        gives: ReturnType::Record(&CONVERSATION),
        doc: "Gives one conversation.",
        example: Example {
            lua: "local first = cliengo.conversations.list()[1]\n\
                  return cliengo.conversations.get(first.id).id == first.id",
            rhai: "let first = cliengo.conversations.list()[0];\n\
                   cliengo.conversations.get(first.id).id == first.id",
            expect: "true",
        },
        errors: errors::READ_ONE,
        mutates: false,
        handler: Handler::Builtin(|call| {
            Box::pin(
                async move { read(&call, routes::get(&["conversations", call.text(0)])?).await },
            )
        }),
    },
    ApiFn {
        path: "conversations.messages",
        alias: None,
        params: &[ID],
        returns: "a list of messages",
        gives: ReturnType::List(&ReturnType::Record(&MESSAGE)),
        doc: "Gives the messages of a conversation.",
        example: Example {
            lua: "local first = cliengo.conversations.list()[1]\n\
                  return #cliengo.conversations.messages(first.id) > 0",
            rhai: "let first = cliengo.conversations.list()[0];\n\
                   cliengo.conversations.messages(first.id).len() > 0",
            expect: "true",
        },
        errors: errors::READ_ONE,
        mutates: false,
        handler: Handler::Builtin(|call| {
            Box::pin(async move {
                let request = routes::get(&["conversations", call.text(0), "messages"])?;
                list(&call, request, "messages").await
            })
        }),
    },
    ApiFn {
        path: "conversations.count",
        alias: None,
        params: &[Param {
            name: "website_id",
            kind: ParamType::Id,
            optional: false,
            doc: "The site's id.",
        }],
        returns: "a number",
        gives: ReturnType::Integer,
        doc: "Gives the number of conversations of a site.",
        example: Example {
            lua: "return cliengo.conversations.count(cliengo.sites.list()[1].id) >= 0",
            rhai: "cliengo.conversations.count(cliengo.sites.list()[0].id) >= 0",
            expect: "true",
        },
        errors: errors::READ_ONE,
        mutates: false,
        handler: Handler::Builtin(|call| Box::pin(count(call))),
    },
    ApiFn {
        path: "conversations.create",
        alias: None,
        params: &[Param {
            name: "fields",
            kind: ParamType::Named(NEW),
            optional: false,
            doc: "`companyId`, `websiteId`, `channel` (\"WEB\"), `from`, and perhaps `url`.",
        }],
        returns: "what the API answers",
        gives: ReturnType::Any,
        doc: "Begins a conversation.",
        example: Example {
            lua: "local site = cliengo.sites.list()[1]\n\
                  return cliengo.conversations.create{ companyId = cliengo.account.get().id,\n  \
                  websiteId = site.id, channel = \"WEB\", from = \"API\" }.websiteId == site.id",
            rhai: "let site = cliengo.sites.list()[0];\n\
                   cliengo.conversations.create(#{ companyId: cliengo.account.get().id,\n  \
                   websiteId: site.id, channel: \"WEB\", from: \"API\" }).websiteId == site.id",
            expect: "true",
        },
        errors: errors::WRITE,
        mutates: true,
        handler: Handler::Builtin(|call| Box::pin(create(call))),
    },
];

async fn count(call: Call) -> Result<Answer> {
    let request = routes::get(&["conversations", call.text(0), "count"])?;
    let answer: Value = call.context.send(&request).await?.json()?;
    let number =
        ["count", "total"].into_iter().filter_map(|name| answer.get(name)).find(|v| v.is_number());
    Ok(Answer::Value(number.cloned().unwrap_or(answer)))
}

async fn create(call: Call) -> Result<Answer> {
    let mut fields = Map::new();
    for (typed, value) in call.object(0) {
        let known = FIELDS.into_iter().find(|known| same_name(known, &typed)).ok_or_else(|| {
            Error::invalid(format!("a conversation has no field \"{typed}\""))
                .with_hint_if(did_you_mean(&typed, FIELDS))
        })?;
        fields.insert(known.to_owned(), value);
    }
    if let Some(missing) = FIELDS[..4].iter().find(|name| !fields.contains_key(**name)) {
        return Err(Error::invalid(format!("a new conversation needs {missing}")));
    }
    write(&call, routes::create_conversation(&Value::Object(fields))).await
}
