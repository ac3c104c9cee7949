//! `cliengo.account`

use super::answers::read;
use super::errors;
use super::function::{ApiFn, Example};
use super::records::ACCOUNT;
use super::{Handler, ReturnType};
use crate::client::routes;

pub(super) const FUNCTIONS: &[ApiFn] = &[ApiFn {
    path: "account.get",
    alias: None,
    params: &[],
    returns: "the account",
    gives: ReturnType::Record(&ACCOUNT),
    doc: "Gives the account that the API key belongs to.",
    example: Example {
        lua: "return cliengo.account.get().id ~= nil",
        rhai: "cliengo.account.get().id != ()",
        expect: "true",
    },
    errors: errors::READ,
    mutates: false,
    handler: Handler::Builtin(|call| {
        Box::pin(async move { read(&call, routes::get(&["account"])?).await })
    }),
}];
