//! Functions over many items: their options, and the outcome of each item as scripts see it.

use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::Context;
use super::Named;
use super::function::{Answer, Call};
use super::progress::Progress;
use crate::client::bulk::{BulkOptions, Subject, all};
use crate::schema::{FieldType, did_you_mean, same_name};
use crate::{Error, Result};

/// An item with its number, from 1.
pub(super) type Item = (usize, Value);
pub(super) type Pending = Pin<Box<dyn Future<Output = Result<Bytes>> + Send>>;

/// What a function does with each item.
pub(super) struct Bulk {
    /// The function's own path.
    pub(super) path: &'static str,
    /// True where it changes the account's data.
    pub(super) writes: bool,
    /// What an item changes.
    pub(super) subject: Subject<Item>,
    /// Does it, and gives the value of the outcome as JSON.
    pub(super) work: fn(Arc<Context>, Value) -> Pending,
}

/// Works through the items, with a word to the sink after each.
pub(super) async fn many(call: Call, bulk: Bulk) -> Result<Answer> {
    let context = &call.context;
    let options = options(call.object(1)).map_err(|error| error.within(bulk.path))?;
    context.client()?;
    if bulk.writes {
        context.may_write().map_err(|error| error.within(bulk.path))?;
    }
    let items: Vec<Item> = (1..).zip(call.list(0)).collect();
    let count = items.len();
    let planned = context.journal().plan(if bulk.writes { count } else { 0 });
    let begin = |(number, item): Item| {
        if bulk.writes {
            planned.begin();
        }
        let done = (bulk.work)(Arc::clone(context), item);
        async move { done.await.map_err(|error| of_item(error, bulk.path, number)) }
    };
    let progress = Progress::new(context, bulk.path);
    let told = |done| progress.at(done, count as u64);
    let outcomes = all(items, options, bulk.subject, begin, told).await;
    planned.finish();
    progress.done(count as u64);
    Ok(Answer::Outcomes(outcomes))
}

/// The options of a call over many.
pub(super) const BULK_OPTIONS: &[Named] = &[
    Named::new("concurrency", "The most calls under way at once, 8 unless told.")
        .of(FieldType::Integer { min: 1, max: 64 }),
    Named::new("stop_on_error", "True begins no further item once one has failed.")
        .of(FieldType::Truth),
];

/// Reads `{ concurrency, stop_on_error }`.
pub(super) fn options(given: Map<String, Value>) -> Result<BulkOptions> {
    let mut options = BulkOptions::default();
    for (name, value) in given {
        match value {
            Value::Null => {}
            value if name == "concurrency" => {
                let checked = FieldType::Integer { min: 1, max: 64 }.check(&name, value)?;
                let number = checked.as_u64().and_then(|number| usize::try_from(number).ok());
                options.concurrency = number.unwrap_or(options.concurrency);
            }
            Value::Bool(stop) if same_name("stopOnError", &name) => options.stop_on_error = stop,
            _ if same_name("stopOnError", &name) => {
                return Err(Error::invalid(format!("{name} must be true or false")));
            }
            _ => {
                let names: Vec<_> = BULK_OPTIONS.iter().map(|option| option.name).collect();
                let hint = did_you_mean(&name, names.iter().copied());
                return Err(Error::invalid(format!("there is no option \"{name}\""))
                    .with_hint(hint.unwrap_or(format!("it takes {}", names.join(", ")))));
            }
        }
    }
    Ok(options)
}

/// The error, saying whose it is where no call does.
fn of_item(error: Error, path: &str, number: usize) -> Error {
    match error.method {
        Some(_) => error,
        None => error.within(format_args!("{path}: item {number}")),
    }
}
