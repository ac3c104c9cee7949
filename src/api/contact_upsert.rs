//! `cliengo.contacts.upsert`: update the contact that matches, or create it.

use super::errors;
use super::function::{Answer, ApiFn, Call, Example, Param, ParamType};
use super::{Handler, ReturnType};
use crate::client::upsert::{plan, upsert};
use crate::{Error, Result};

pub(super) const FUNCTIONS: &[ApiFn] = &[ApiFn {
    path: "contacts.upsert",
    alias: None,
    params: &[
        Param {
            name: "match",
            kind: ParamType::Criteria,
            optional: false,
            doc: "An object such as { email = … } whose fields must all match, or the names of fields \
                  whose values stand in `fields`: \"email\", or a list of them.",
        },
        Param {
            name: "fields",
            kind: ParamType::Upsert,
            optional: false,
            doc: "Whatever a create or an update takes; a create needs `websiteId`.",
        },
    ],
    returns: "the contact",
    gives: ReturnType::Contact,
    doc: "Updates the contact that matches, or creates it with the fields and those it was matched by. \
          E-mail addresses match without case, phone numbers by their digits, anything else exactly; an \
          `id` is never created. An update leaves out what only a create takes; what only an update takes \
          is set right after a create. Where several match, nothing is written and the error names them.",
    example: Example {
        lua: "local site = cliengo.sites.list()[1].id\n\
              local fields = { websiteId = site, email = \"ana@example.com\", rating = 4 }\n\
              local ana = cliengo.contacts.upsert(\"email\", fields)\n\
              local same = cliengo.contacts.upsert({ email = \"ANA@example.com\" }, { rating = 5 })\n\
              return { ana.rating, same.rating, same.id == ana.id }",
        rhai: "let site = cliengo.sites.list()[0].id;\n\
               let fields = #{ websiteId: site, email: \"ana@example.com\", rating: 4 };\n\
               let ana = cliengo.contacts.upsert(\"email\", fields);\n\
               let same = cliengo.contacts.upsert(#{ email: \"ANA@example.com\" }, #{ rating: 5 });\n\
               [ana.rating, same.rating, same.id == ana.id]",
        expect: "[4, 5, true]",
    },
    errors: errors::WRITE_FOUND,
    mutates: true,
    handler: Handler::Builtin(|call| Box::pin(run(call))),
}];

async fn run(call: Call) -> Result<Answer> {
    // An error of a call names that call.
    let within = |error: Error| match error.method {
        Some(_) => error,
        None => error.within("contacts.upsert"),
    };
    let (criteria, fields) = plan(call.value(0).clone(), call.object(1)).map_err(within)?;
    let client = call.context.client()?;
    call.context.may_write().map_err(within)?;
    let written = upsert(client, &*call.context, &criteria, &fields).await;
    written.map(|(_, json)| Answer::Json(json)).map_err(within)
}
