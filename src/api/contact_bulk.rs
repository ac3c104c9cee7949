//! `cliengo.contacts`: many contacts in one call.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::Context;
use super::bulk::{BULK_OPTIONS, Bulk, many};
use super::contacts::written;
use super::errors;
use super::function::{ApiFn, Example, Param, ParamType};
use super::{Handler, ReturnType};
use crate::client::{routes, write};
use crate::schema::{FieldType, check_create, check_update};
use crate::{Error, Result};

const IDS: Param =
    Param { name: "ids", kind: ParamType::Ids, optional: false, doc: "The contacts' ids." };
const OPTIONS: Param = Param {
    name: "options",
    kind: ParamType::Named(BULK_OPTIONS),
    optional: true,
    doc: "`concurrency`: the most calls under way at once, 8 unless told; `stop_on_error`: true begins \
          no further item once one has failed.",
};
const RETURNS: &str = "a list with an outcome for each item, in order: { ok = true, value } or \
                       { ok = false, error }";

pub(super) const FUNCTIONS: &[ApiFn] = &[
    ApiFn {
        path: "contacts.get_many",
        alias: None,
        params: &[IDS, OPTIONS],
        returns: RETURNS,
        gives: ReturnType::Outcomes(&ReturnType::Contact),
        doc: "Gives many contacts, several at a time. A failure of one does not stop the others; only a \
              refused key does.",
        example: Example {
            lua: "local newest = cliengo.contacts.find{}\n\
                  local results = cliengo.contacts.get_many{ newest.id, \"000000000000000000000000\" }\n\
                  return { results[1].value.id == newest.id, results[2].error.kind }",
            rhai: "let newest = cliengo.contacts.find(#{});\n\
                   let results = cliengo.contacts.get_many([newest.id, \"000000000000000000000000\"]);\n\
                   [results[0].value.id == newest.id, results[1].error.kind]",
            expect: "[true, \"not_found\"]",
        },
        errors: errors::MANY_READS,
        mutates: false,
        handler: Handler::Builtin(|call| Box::pin(many(call, GET))),
    },
    ApiFn {
        path: "contacts.create_many",
        alias: None,
        params: &[
            Param {
                name: "list",
                kind: ParamType::Objects(&ParamType::NewContact),
                optional: false,
                doc: "The fields of each new contact, as `contacts.create` takes them.",
            },
            OPTIONS,
        ],
        returns: RETURNS,
        gives: ReturnType::Outcomes(&ReturnType::Contact),
        doc: "Creates many contacts, several at a time. The value of an outcome is the created contact. \
              None is sent twice: where an answer is lost, its error says that the outcome is unknown.",
        example: Example {
            lua: "local site = cliengo.sites.list()[1].id\n\
                  local results = cliengo.contacts.create_many{\n    \
                      { websiteId = site, name = \"Ana\" },\n    \
                      { websiteId = site, nmae = \"Leo\" },\n}\n\
                  return { results[1].value.name, results[2].error.hint }",
            rhai: "let site = cliengo.sites.list()[0].id;\n\
                   let results = cliengo.contacts.create_many([\n    \
                       #{ websiteId: site, name: \"Ana\" },\n    \
                       #{ websiteId: site, nmae: \"Leo\" },\n]);\n\
                   [results[0].value.name, results[1].error.hint]",
            expect: "[\"Ana\", \"did you mean \\\"name\\\"?\"]",
        },
        errors: errors::MANY_WRITES,
        mutates: true,
        handler: Handler::Builtin(|call| Box::pin(many(call, CREATE))),
    },
    ApiFn {
        path: "contacts.update_many",
        alias: None,
        params: &[
            Param {
                name: "list",
                kind: ParamType::Objects(&ParamType::Changes),
                optional: false,
                doc: "For each contact its `id` and the fields to change, beside it or in `fields`.",
            },
            OPTIONS,
        ],
        returns: RETURNS,
        gives: ReturnType::Outcomes(&ReturnType::Contact),
        doc: "Changes many contacts, several at a time; changes of the same contact one after another. \
              The value of an outcome is the updated contact.",
        example: Example {
            lua: "local changes = {}\n\
                  for contact in cliengo.contacts.each{ limit = 3 } do\n    \
                      table.insert(changes, { id = contact.id, rating = 5 })\nend\n\
                  local results = cliengo.contacts.update_many(changes, { concurrency = 2 })\n\
                  return { #results, results[3].value.rating }",
            rhai: "let changes = [];\n\
                   for contact in cliengo.contacts.each(#{ limit: 3 }) {\n    \
                       changes.push(#{ id: contact.id, rating: 5 });\n}\n\
                   let results = cliengo.contacts.update_many(changes, #{ concurrency: 2 });\n\
                   [results.len(), results[2].value.rating]",
            expect: "[3, 5]",
        },
        errors: errors::MANY_WRITES,
        mutates: true,
        handler: Handler::Builtin(|call| Box::pin(many(call, UPDATE))),
    },
    ApiFn {
        path: "contacts.delete_many",
        alias: None,
        params: &[IDS, OPTIONS],
        returns: RETURNS,
        gives: ReturnType::Outcomes(&ReturnType::Truth),
        doc: "Deletes many contacts, several at a time. The value of an outcome is true.",
        example: Example {
            lua: "local newest = cliengo.contacts.find{}.id\n\
                  local results = cliengo.contacts.delete_many({ newest, newest }, { stop_on_error = true })\n\
                  return { results[1].value, results[2].error.status }",
            rhai: "let newest = cliengo.contacts.find(#{}).id;\n\
                   let results = cliengo.contacts.delete_many([newest, newest], #{ stop_on_error: true });\n\
                   [results[0].value, results[1].error.status]",
            expect: "[true, 404]",
        },
        errors: errors::MANY_WRITES,
        mutates: true,
        handler: Handler::Builtin(|call| Box::pin(many(call, DELETE))),
    },
];

const GET: Bulk = Bulk {
    path: "contacts.get_many",
    writes: false,
    subject: |_| None,
    work: |context, id| Box::pin(get(context, id)),
};
const CREATE: Bulk = Bulk {
    path: "contacts.create_many",
    writes: true,
    subject: |_| None,
    work: |context, fields| Box::pin(create(context, fields)),
};
const UPDATE: Bulk = Bulk {
    path: "contacts.update_many",
    writes: true,
    subject: |(_, item)| item.get("id")?.as_str(),
    work: |context, item| Box::pin(update(context, item)),
};
const DELETE: Bulk = Bulk {
    path: "contacts.delete_many",
    writes: true,
    subject: |(_, id)| id.as_str(),
    work: |context, id| Box::pin(delete(context, id)),
};

async fn get(context: Arc<Context>, id: Value) -> Result<Bytes> {
    let request = routes::get_contact(id.as_str().unwrap_or_default())?;
    Ok(context.send(&request).await?.body)
}

async fn create(context: Arc<Context>, fields: Value) -> Result<Bytes> {
    let fields = check_create(object(fields))?;
    written(&context, &routes::create_contact(&Value::Object(fields)), None).await
}

async fn update(context: Arc<Context>, item: Value) -> Result<Bytes> {
    let (id, fields) = id_and_changes(object(item))?;
    let request = routes::update_contact(&id, &Value::Object(check_update(fields)?))?;
    written(&context, &request, Some(&id)).await
}

async fn delete(context: Arc<Context>, id: Value) -> Result<Bytes> {
    write::deleted(context.client()?, &*context, id.as_str().unwrap_or_default()).await?;
    Ok(Bytes::from_static(b"true"))
}

/// `{ id, … }` or `{ id, fields = { … } }`
fn id_and_changes(mut item: Map<String, Value>) -> Result<(String, Map<String, Value>)> {
    let id = item.remove("id").unwrap_or_default();
    let Value::String(id) = FieldType::Id.check("id", id)? else {
        return Err(Error::invalid("the contact's id is missing")
            .with_hint("give { id = …, and the fields to change }"));
    };
    match item.remove("fields") {
        None => Ok((id, item)),
        Some(_) if !item.is_empty() => {
            Err(Error::invalid("the changes stand both in fields and beside it")
                .with_hint("give { id, fields } or { id, and the fields to change }"))
        }
        Some(fields) => Ok((id, object(FieldType::Object.check("fields", fields)?))),
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
