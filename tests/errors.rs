//! What a function says of the errors that it raises is true: whatever goes wrong with a call, the kind of
//! its error is one that the reference names.
#![cfg(feature = "emulator")]
#![allow(clippy::unwrap_used, reason = "a test may panic; that is how it fails")]

mod support;

use std::sync::Arc;
use std::time::Duration;

use cliengo::api::{Answer, ApiFn, Context, ContextBuilder, MemorySteps, ParamType, Registry};
use cliengo::client::{Client, RetryPolicy, Timeouts};
use cliengo::schema::FieldType;
use cliengo::{Error, ErrorKind};
use serde_json::{Value, json};
use support::Account;

fn context(account: &Account) -> ContextBuilder {
    let short = Duration::from_millis(50);
    let timeouts = Timeouts { attempt: short, operation: short, ..Timeouts::default() };
    let client = Client::builder()
        .base_url(account.emulator.base_url())
        .api_key(account.emulator.api_key())
        .retry(RetryPolicy { max_attempts: 1, max_throttled: 1, ..RetryPolicy::default() })
        .timeouts(timeouts);
    let steps = Arc::new(MemorySteps::default());
    Context::builder().client(client.build().unwrap()).steps(steps)
}

/// Arguments that pass the checks; those of functions are left out.
fn arguments(function: &ApiFn) -> Vec<Value> {
    let value = |kind: ParamType| match kind {
        ParamType::Id | ParamType::Text => json!("000000000000000000000000"),
        ParamType::Choice(words) => json!(words[0]),
        ParamType::NewContact => json!({ "websiteId": "000000000000000000000000", "name": "Ana" }),
        ParamType::Changes => json!({ "rating": 5 }),
        ParamType::Filter | ParamType::List | ParamType::Options(_) => json!({}),
        ParamType::Duration => json!(0),
        ParamType::Ids => json!(["000000000000000000000000"]),
        ParamType::Objects(_) => json!([{ "id": "000000000000000000000000", "rating": 5 }]),
        ParamType::Criteria => json!("email"),
        ParamType::Object | ParamType::Upsert | ParamType::Named(_) => match function.path {
            "call" => json!({ "method": "POST", "path": "/contacts", "body": {} }),
            "contacts.upsert" => json!({ "email": "a@example.com" }),
            "conversations.create" => {
                json!({ "companyId": "1", "websiteId": "1", "channel": "WEB", "from": "API" })
            }
            _ => json!({}),
        },
        ParamType::Value(FieldType::List) => json!([]),
        ParamType::Value(FieldType::Object) => json!({}),
        ParamType::Value(FieldType::Number | FieldType::Integer { .. }) => json!(1),
        ParamType::Value(FieldType::Truth) => json!(true),
        ParamType::Value(_) => json!("2026-11-25"),
        ParamType::Values | ParamType::Items => json!([]),
        ParamType::Any => json!("a message"),
        ParamType::By => json!("name"),
        ParamType::Function | ParamType::Handler(_) | ParamType::Step => Value::Null,
    };
    function.params.iter().filter(|it| !it.optional).map(|it| value(it.kind)).collect()
}

/// The error of the call, as far as it goes.
async fn error(function: &ApiFn, context: &Arc<Context>) -> Option<Error> {
    let answer = match function.invoke(Arc::clone(context), arguments(function)) {
        Ok(pending) => pending.await,
        Err(error) => Err(error),
    };
    match answer {
        Ok(Answer::List(mut pages) | Answer::Sequence(mut pages)) => pages.next_page().await.err(),
        Ok(_) => None,
        Err(error) => Some(error),
    }
}

/// Calls every function in this plight; gives those that raise what they do not say, and how many raise
/// this kind.
async fn plight(context: impl Fn() -> ContextBuilder, kind: ErrorKind) -> (Vec<String>, usize) {
    let (mut wrong, mut raised) = (Vec::new(), 0);
    for function in Registry::builtin().functions() {
        if let Some(error) = error(function, &context().build()).await {
            raised += usize::from(error.kind == kind);
            if !function.errors.contains(&error.kind) {
                wrong.push(format!("{} raises {}: {error}", function.path, error.kind));
            }
        }
    }
    (wrong, raised)
}

#[tokio::test]
async fn every_error_of_a_failing_account_is_of_a_kind_that_the_function_names() {
    let status = |code: u16| json!({ "kind": "status", "code": code });
    for (kind, fault) in [
        (ErrorKind::Invalid, status(400)),
        (ErrorKind::Unauthorized, status(401)),
        (ErrorKind::RateLimited, status(429)),
        (ErrorKind::Server, status(500)),
        (ErrorKind::Network, json!({ "kind": "drop_before" })),
        (ErrorKind::Decode, json!({ "kind": "truncated_json" })),
        (ErrorKind::Timeout, json!({ "kind": "slow_headers", "ms": 600_000 })),
    ] {
        let account = Account::start();
        account.fault(json!({ "route": "*", "fault": fault }));
        let (wrong, raised) = plight(|| context(&account), kind).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(raised > 10, "{kind}: {raised}");
    }
}

#[tokio::test]
async fn an_account_without_faults_and_a_run_without_a_key_raise_nothing_else() {
    let account = Account::start();
    let (wrong, missing) = plight(|| context(&account), ErrorKind::NotFound).await;
    assert!(wrong.is_empty() && missing > 10, "{missing} {}", wrong.join("\n"));
    let (wrong, keyless) = plight(Context::builder, ErrorKind::Unauthorized).await;
    assert!(wrong.is_empty() && keyless > 20, "{keyless} {}", wrong.join("\n"));
}

#[tokio::test]
async fn what_a_run_may_not_do_is_denied_by_those_that_say_so() {
    let account = Account::start();
    let (wrong, denied) = plight(|| context(&account).read_only(true), ErrorKind::Denied).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let registry = Registry::builtin();
    let say_so = registry.functions().filter(|it| it.errors.contains(&ErrorKind::Denied)).count();
    assert_eq!(denied, say_so);
    assert!(registry.functions().all(|it| !it.mutates || it.errors.contains(&ErrorKind::Denied)));
}

/// Values of each kind, for parameters that take any.
fn odd_values() -> [Value; 7] {
    [
        json!(null),
        json!(true),
        json!(-1.5),
        json!("a message"),
        json!([]),
        json!([[1]]),
        json!({ "a": {} }),
    ]
}

#[cfg(feature = "stdlib")]
#[tokio::test]
async fn what_a_module_says_of_arguments_that_cannot_be_right_is_of_a_kind_that_it_names() {
    let mut raised = 0;
    for function in cliengo::stdlib::MODULES.iter().flat_map(|module| module.functions) {
        let calls = odd_values().map(|value| vec![value; function.params.len()]);
        for given in calls.into_iter().chain([arguments(function)]) {
            let answer = match function.invoke(Context::builder().build(), given.clone()) {
                Ok(pending) => pending.await,
                Err(error) => Err(error),
            };
            let Err(error) = answer else { continue };
            raised += 1;
            let named = error.kind == ErrorKind::Invalid || function.errors.contains(&error.kind);
            assert!(named, "{}{given:?} raises {}: {error}", function.path, error.kind);
            assert!(
                error.message.contains(function.path),
                "{} is not named: {error}",
                function.path
            );
        }
    }
    assert!(raised > 10, "{raised}");
}

/// Without a retry of its own, what the client raises is the script's to try again.
#[cfg(all(feature = "lua", feature = "rhai"))]
#[test]
fn an_error_of_the_api_that_may_pass_is_tried_again_by_a_script_in_both_languages() {
    use cliengo::engine::{Executor, Language, Limits, Source, run};
    let lua = "return require('retry').run(cliengo.account.get, { wait = '1ms' }).id ~= nil";
    let rhai = "import \"retry\" as retry; \
                retry::run(|| cliengo.account.get(), #{ wait: \"1ms\" }).id != ()";
    for (language, code) in [(Language::Lua, lua), (Language::Rhai, rhai)] {
        let account = Account::start();
        let fault = json!({ "kind": "status", "code": 500 });
        account.fault(json!({ "route": "GET /account", "times": 2, "fault": fault }));
        let source = Source { expression: false, ..Source::from_code(code, language) };
        let given = run(&source, &context(&account).build(), Limits::default(), Executor::own());
        assert_eq!(given.unwrap(), json!(true), "{language:?}");
        assert_eq!(account.calls().len(), 3, "{language:?}");
    }
}
