//! Every spelling that the files declare is taken, with a value of its type.

use std::sync::Arc;

use cliengo::api::{
    Arguments, Callback, Context, FunctionArgument, MemorySteps, Named, ParamType, Registry,
};
use cliengo::schema::FieldType;
use serde_json::{Map, Value, json};

/// A value of the type.
fn value(kind: Option<FieldType>) -> Value {
    match kind {
        None | Some(FieldType::Text | FieldType::Id | FieldType::Assignee) => json!("UTC"),
        Some(FieldType::Integer { min, .. }) => json!(min.max(1)),
        Some(FieldType::Number) => json!(1.5),
        Some(FieldType::Date) => json!("2026-05-07"),
        Some(FieldType::Choice(words)) => json!(words[0]),
        Some(FieldType::List) => json!([]),
        Some(FieldType::Object) => json!({}),
        Some(FieldType::Truth) => json!(true),
        Some(FieldType::Duration | FieldType::Span) => json!("5m"),
        Some(FieldType::Either(kinds)) => value(kinds.first().copied()),
    }
}

/// An object with this name, and all that has to be beside it.
fn object(named: &Named, spelling: &str, all: &[Named]) -> Value {
    let mut object = Map::from_iter([(spelling.to_owned(), example(named))]);
    for needed in all.iter().filter(|it| it.required && it.name != named.name) {
        object.insert(needed.name.to_owned(), example(needed));
    }
    match named.name {
        "misfire_max" => drop(object.insert("misfire".into(), json!("all"))),
        "id" if all.iter().any(|it| it.name == "rating") => {
            drop(object.insert("rating".into(), json!(5)));
        }
        _ => {}
    }
    Value::Object(object)
}

fn example(named: &Named) -> Value {
    match named.name {
        "heartbeat" | "on_failure" => json!("https://example.com/"),
        "path" => json!("/account"),
        "phone" => json!("+54 11 5555-0101"),
        _ => value(named.kind),
    }
}

/// What the function makes of these arguments where there is no account: an error of them, or none of them.
async fn refusal(path: &str, arguments: Arguments) -> Option<String> {
    let registry = Registry::builtin();
    let function = registry.find(path).unwrap();
    let context = Context::builder().steps(Arc::new(MemorySteps::default())).build();
    let error = match function.invoke(Arc::clone(&context), arguments) {
        Ok(pending) => pending.await.err()?,
        Err(error) => error,
    };
    (error.kind.as_str() == "invalid").then(|| error.to_string())
}

#[tokio::test]
async fn every_declared_spelling_is_taken() {
    let mut tried = 0;
    for function in Registry::builtin().functions() {
        for (place, param) in function.params.iter().enumerate() {
            let all = param.kind.names();
            for (named, spelling) in
                all.iter().flat_map(|it| it.spellings().into_iter().map(move |s| (it, s)))
            {
                // One of two functions with the same names has no use for it, and says so.
                if matches!(
                    (function.path, named.name),
                    (_, "checkpoint") | ("schedule.every", "tz")
                ) {
                    continue;
                }
                let mut arguments = plain(function.params);
                let object = object(named, &spelling, &all);
                let is_list = matches!(param.kind, ParamType::Objects(_));
                arguments.values[place] = if is_list { json!([object]) } else { object };
                let refused = refusal(function.path, arguments).await;
                assert_eq!(refused, None, "{} {}: {spelling}", function.path, param.name);
                tried += 1;
            }
        }
    }
    assert!(tried > 300, "{tried} spellings");
}

/// Arguments of the other parameters.
fn plain(params: &[cliengo::api::Param]) -> Arguments {
    let value = |param: &cliengo::api::Param| match param.kind {
        ParamType::Text if param.name == "expression" => json!("@daily"),
        ParamType::Text if param.name == "interval" => json!("1h"),
        ParamType::Id | ParamType::Text => json!("000000000000000000000000"),
        ParamType::Ids => json!(["000000000000000000000000"]),
        ParamType::Changes | ParamType::Upsert => json!({ "email": "a@example.com" }),
        ParamType::NewContact => {
            json!({ "websiteId": "000000000000000000000000", "email": "a@example.com" })
        }
        ParamType::Objects(_) => json!([]),
        ParamType::Criteria => json!({ "id": "000000000000000000000000" }),
        _ => Value::Null,
    };
    let is_handler = |param: &cliengo::api::Param| matches!(param.kind, ParamType::Handler(_));
    let callback = Callback { number: 0, place: "a.lua:1".into() };
    let function =
        |parameter| FunctionArgument { parameter, name: None, callback: callback.clone() };
    Arguments {
        values: params.iter().map(value).collect(),
        functions: params.iter().position(is_handler).map(function).into_iter().collect(),
    }
}
