//! `cliengo.contacts`

use bytes::Bytes;
use futures_util::stream;
use serde_json::{Map, Value};

use super::Named;
use super::answers::read;
use super::checkpoint::Place;
use super::contact_once;
use super::errors;
use super::function::{Answer, ApiFn, Call, Example, Param, ParamType};
use super::list_options::ListOptions;
use super::progress::Progress;
use super::{Context, Level, Sequence};
use super::{Handler, ReturnType};
use crate::client::{Checkpoint, ContactWalk, Request, Row, routes, write};
use crate::schema::{ContactFilter, FieldType};
use crate::{Error, Result};

/// The id of the contact that a function is about.
pub(super) const ID: Param =
    Param { name: "id", kind: ParamType::Id, optional: false, doc: "The contact's id." };
const CREATE_OPTIONS: &[Named] =
    &[Named::new("once", "A key that names this create.").of(FieldType::Text)];
const FILTER: Param = Param {
    name: "filter",
    kind: ParamType::Filter,
    optional: true,
    doc: "Which contacts; all of them unless given.",
};
const LIST: Param = Param {
    name: "filter",
    kind: ParamType::List,
    optional: true,
    doc: "Which contacts; all of them unless given. `concurrency` in it says how many requests may be \
          under way at once, 8 unless told.",
};
const EACH: Param = Param {
    doc: "As for `contacts.list`. With `checkpoint = \"name\"` in it, a loop that was cut off goes on, \
          in the next run, with the page that it was at: the place is kept under that name, for this \
          account and filter, until the loop is through. Contacts that were created since come in \
          the next walk.",
    ..LIST
};

pub(super) const FUNCTIONS: &[ApiFn] = &[
    ApiFn {
        path: "contacts.list",
        alias: None,
        params: &[LIST],
        returns: "a list of contacts",
        gives: ReturnType::List(&ReturnType::Contact),
        doc: "Gives every contact that matches, newest first. The list is complete whatever the \
              API's 1,000-row cap, unless `limit` says fewer; where it cannot be, the call fails.",
        example: Example {
            lua: "return #cliengo.contacts.list{ limit = 3 }",
            rhai: "cliengo.contacts.list(#{ limit: 3 }).len()",
            expect: "3",
        },
        errors: errors::READ_ALL,
        mutates: false,
        handler: Handler::Builtin(|call| Box::pin(list(call))),
    },
    ApiFn {
        path: "contacts.each",
        alias: None,
        params: &[EACH],
        returns: "a sequence of contacts for `for … in`",
        gives: ReturnType::Sequence(&ReturnType::Contact),
        doc: "Gives the same contacts as `contacts.list`, fetched as the loop goes on, so that \
              memory stays flat at any size.",
        example: Example {
            lua: "local n = 0\nfor contact in cliengo.contacts.each{ limit = 60 } do n = n + 1 end\n\
                  return n",
            rhai: "let n = 0;\nfor contact in cliengo.contacts.each(#{ limit: 60 }) { n += 1; }\nn",
            expect: "60",
        },
        errors: errors::READ_ALL,
        mutates: false,
        handler: Handler::Builtin(|call| Box::pin(each(call))),
    },
    ApiFn {
        path: "contacts.count",
        alias: None,
        params: &[FILTER],
        returns: "a number",
        gives: ReturnType::Integer,
        doc: "Gives the number of contacts that match.",
        example: Example {
            lua: "return cliengo.contacts.count() > 0",
            rhai: "cliengo.contacts.count() > 0",
            expect: "true",
        },
        errors: errors::READ,
        mutates: false,
        handler: Handler::Builtin(|call| Box::pin(count(call))),
    },
    ApiFn {
        path: "contacts.find",
        alias: None,
        params: &[FILTER],
        returns: "a contact, or nothing",
        gives: ReturnType::Optional(&ReturnType::Contact),
        doc: "Gives the newest contact that matches, or nil (Lua) or () (Rhai) where none does.",
        example: Example {
            lua: "return cliengo.contacts.find{ query = \"nobody is called this\" } == nil",
            rhai: "cliengo.contacts.find(#{ query: \"nobody is called this\" }) == ()",
            expect: "true",
        },
        errors: errors::READ,
        mutates: false,
        handler: Handler::Builtin(|call| Box::pin(find(call))),
    },
    ApiFn {
        path: "contacts.get",
        alias: None,
        params: &[ID],
        returns: "a contact",
        gives: ReturnType::Contact,
        doc: "Gives one contact; a `not_found` error where there is none with this id.",
        example: Example {
            lua: "local newest = cliengo.contacts.find{}\n\
                  return cliengo.contacts.get(newest.id).id == newest.id",
            rhai: "let newest = cliengo.contacts.find(#{});\n\
                   cliengo.contacts.get(newest.id).id == newest.id",
            expect: "true",
        },
        errors: errors::READ_ONE,
        mutates: false,
        handler: Handler::Builtin(|call| {
            Box::pin(async move { read(&call, routes::get_contact(call.text(0))?).await })
        }),
    },
    ApiFn {
        path: "contacts.create",
        alias: None,
        params: &[
            Param {
                name: "fields",
                kind: ParamType::NewContact,
                optional: false,
                doc: "The new contact's fields; `websiteId` is needed.",
            },
            Param {
                name: "options",
                kind: ParamType::Named(CREATE_OPTIONS),
                optional: true,
                doc: "`once`: a key that names this create, the same in every run that means the same \
                      one, such as `event.key`.",
            },
        ],
        returns: "the created contact",
        gives: ReturnType::Contact,
        doc: "Creates a contact. It is never sent twice: where the answer is lost, the error says \
              that the outcome is unknown. With `once`, later calls with the same key give the contact \
              that the first one created, as it was answered then. Where it is not known whether an \
              earlier call created it, it is looked for by its fields before it is created again.",
        example: Example {
            lua: "local site = cliengo.sites.list()[1]\n\
                  return cliengo.contacts.create{ websiteId = site.id, name = \"Ana\" }.name",
            rhai: "let site = cliengo.sites.list()[0];\n\
                   cliengo.contacts.create(#{ websiteId: site.id, name: \"Ana\" }).name",
            expect: "\"Ana\"",
        },
        errors: errors::WRITE_KEPT,
        mutates: true,
        handler: Handler::Builtin(|call| Box::pin(create(call))),
    },
    ApiFn {
        path: "contacts.update",
        alias: None,
        params: &[
            ID,
            Param {
                name: "fields",
                kind: ParamType::Changes,
                optional: false,
                doc: "Only the fields to change; `cliengo.null` (Lua) or () (Rhai) clears one.",
            },
        ],
        returns: "the updated contact",
        gives: ReturnType::Contact,
        doc: "Changes some fields of a contact and leaves the others as they are.",
        example: Example {
            lua: "local newest = cliengo.contacts.find{}\n\
                  return cliengo.contacts.update(newest.id, { rating = 5 }).rating",
            rhai: "let newest = cliengo.contacts.find(#{});\n\
                   cliengo.contacts.update(newest.id, #{ rating: 5 }).rating",
            expect: "5",
        },
        errors: errors::WRITE_ONE,
        mutates: true,
        handler: Handler::Builtin(|call| Box::pin(update(call))),
    },
    ApiFn {
        path: "contacts.delete",
        alias: None,
        params: &[ID],
        returns: "true",
        gives: ReturnType::Truth,
        doc: "Deletes a contact; a `not_found` error where there is none with this id.",
        example: Example {
            lua: "return cliengo.contacts.delete(cliengo.contacts.find{}.id)",
            rhai: "cliengo.contacts.delete(cliengo.contacts.find(#{}).id)",
            expect: "true",
        },
        errors: errors::WRITE_ONE,
        mutates: true,
        handler: Handler::Builtin(|call| Box::pin(delete(call))),
    },
];

async fn list(call: Call) -> Result<Answer> {
    let options = call.list_options(0)?;
    if options.checkpoint.is_some() {
        return Err(Error::invalid("contacts.list: a checkpoint is for contacts.each")
            .with_hint("go through the contacts with contacts.each"));
    }
    let progress = Progress::new(&call.context, "contacts.list");
    let begun = (walk(&call, options, None)?, progress, 0);
    let pages = stream::try_unfold(begun, |(mut walk, progress, mut done)| async move {
        let Some(page) = walk.next_page().await? else {
            progress.done(done);
            return Ok(None);
        };
        done += page.len() as u64;
        if let Some(expected) = walk.expected() {
            progress.at(done, expected);
        }
        Ok(Some((rows(page), (walk, progress, done))))
    });
    Ok(Answer::List(Sequence::new(pages)))
}

async fn each(call: Call) -> Result<Answer> {
    let options = call.list_options(0)?;
    if let Some(name) = options.checkpoint.clone() {
        return each_from_checkpoint(&call, &name, options);
    }
    let pages = stream::try_unfold(walk(&call, options, None)?, |mut walk| async move {
        let page = walk.next_page().await?;
        Ok(page.map(|page| (rows(page), walk)))
    });
    Ok(Answer::Sequence(Sequence::new(pages)))
}

/// As `each`, from where the last such loop was. A page is behind when the loop asks for the next.
fn each_from_checkpoint(call: &Call, name: &str, mut options: ListOptions) -> Result<Answer> {
    let within = |error: Error| error.within("contacts.each");
    let (place, from) = Place::open(&call.context, name, &mut options).map_err(within)?;
    if let Some(from) = &from {
        let message = format!("goes on after {} contacts", from.contacts());
        let fields = Map::from_iter([("checkpoint".to_owned(), name.into())]);
        call.context.sink().log(Level::Info, &message, &fields);
    }
    let begun = (walk(call, options, from)?, place, false);
    let pages = stream::try_unfold(begun, |(mut walk, mut place, behind)| async move {
        if behind {
            place.save(walk.checkpoint())?;
        }
        let Some(page) = walk.next_page().await? else {
            place.finish()?;
            return Ok(None);
        };
        Ok(Some((rows(page), (walk, place, true))))
    });
    Ok(Answer::Sequence(Sequence::new(pages)))
}

fn walk(call: &Call, options: ListOptions, from: Option<Checkpoint>) -> Result<ContactWalk> {
    let list = call.context.client()?.contacts().list(options.filter);
    let list = list.concurrency(options.concurrency);
    Ok(match from {
        Some(from) => list.resume(from).walk(),
        None => list.walk(),
    })
}

fn rows(page: Vec<Row>) -> Vec<Bytes> {
    page.into_iter().map(|row| row.json).collect()
}

async fn count(call: Call) -> Result<Answer> {
    let count = call.context.client()?.count_contacts(&call.filter(0)?).await?;
    Ok(Answer::Value(count.into()))
}

async fn find(call: Call) -> Result<Answer> {
    let filter = ContactFilter { limit: Some(1), ..call.filter(0)? };
    let mut walk = call.context.client()?.contacts().list(filter).walk();
    let row = walk.next_page().await?.and_then(|page| page.into_iter().next());
    Ok(row.map_or(Answer::Value(Value::Null), |row| Answer::Json(row.json)))
}

async fn create(call: Call) -> Result<Answer> {
    let within = |error: Error| error.within("contacts.create");
    if let Some(key) = contact_once::key(call.object(1)).map_err(within)? {
        return contact_once::create(&call, &key).await;
    }
    let request = routes::create_contact(call.value(0));
    written(&call.context, &request, None).await.map(Answer::Json)
}

async fn update(call: Call) -> Result<Answer> {
    let id = call.text(0);
    let request = routes::update_contact(id, call.value(1))?;
    written(&call.context, &request, Some(id)).await.map(Answer::Json)
}

async fn delete(call: Call) -> Result<Answer> {
    write::deleted(call.context.client()?, &*call.context, call.text(0)).await?;
    Ok(Answer::Value(true.into()))
}

/// The contact after a write.
pub(super) async fn written(
    context: &Context,
    request: &Request,
    id: Option<&str>,
) -> Result<Bytes> {
    write::written(context.client()?, context, request, id).await
}
