//! For random scripts: a dry run sends no write, and applying its plan leaves the account as the run itself would,
//! whatever fails on the way.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cliengo::api::{Context, MemorySteps, Plan, PlanOutcome, Steps, StepsUnderWay};
use cliengo::client::{Client, RetryPolicy};
use cliengo::{Error, ErrorKind, Host};
use proptest::prelude::*;
use serde_json::json;

use super::random::{lua, script};
use super::*;

/// Applies after which a plan must be done, however much fails.
const ROUNDS: usize = 60;

fn client(account: &Account) -> Client {
    let patience = Duration::from_millis(1);
    let policy = RetryPolicy { max_attempts: 2, max_throttled: 3, base: patience, cap: patience };
    let builder = Client::builder().base_url(account.emulator.base_url()).retry(policy);
    builder.api_key(account.emulator.api_key()).build().unwrap()
}

/// Steps that are cut off after so many notes, as by a crash between any two things that an apply does.
struct Crashing {
    inner: Arc<MemorySteps>,
    left: AtomicUsize,
}

impl Crashing {
    fn note(&self) -> cliengo::Result<()> {
        let left =
            self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        left.map(drop).map_err(|_| Error::new(ErrorKind::State, "the power went"))
    }
}

impl Steps for Crashing {
    fn done(&self, key: &str) -> cliengo::Result<Option<Value>> {
        self.inner.done(key)
    }
    fn finish(&self, key: &str, value: &Value) -> cliengo::Result<()> {
        self.note().and_then(|()| self.inner.finish(key, value))
    }
    fn begin(&self, key: &str, note: &Value) -> cliengo::Result<()> {
        self.note().and_then(|()| self.inner.begin(key, note))
    }
    fn begun(&self, key: &str) -> cliengo::Result<Option<Value>> {
        self.inner.begun(key)
    }
    fn forget(&self, key: &str) -> cliengo::Result<()> {
        self.note().and_then(|()| self.inner.forget(key))
    }
    fn under_way(&self) -> &StepsUnderWay {
        self.inner.under_way()
    }
}

/// What is equal whichever way the account came to be so: ids of new contacts are not, and a retried update stands
/// in the history twice.
fn normal(account: &Account, known: &HashSet<String>) -> Vec<Value> {
    let mut all: Vec<Value> = contacts(account)
        .into_iter()
        .map(|mut contact| {
            let id = contact["id"].as_str().unwrap().to_owned();
            let fields = contact.as_object_mut().unwrap();
            fields.remove("logs");
            if !known.contains(&id) {
                fields.insert("id".to_owned(), "new".into());
            }
            let notes = fields["notes"].as_array().unwrap().iter();
            let texts = notes.map(|note| note["message"].as_str().unwrap().replace(&id, "me"));
            let texts: Vec<String> = texts.collect();
            fields.insert("notes".to_owned(), texts.into());
            let messages = messages(account, &id);
            fields.insert("messages".to_owned(), messages.into());
            contact
        })
        .collect();
    all.sort_by_cached_key(Value::to_string);
    all
}

/// What was said to a contact that was written to; its seeded messages are the same everywhere.
fn messages(account: &Account, id: &str) -> Vec<String> {
    let wrote = account.calls().iter().any(|call| call.ends_with(&format!("{id}/messages")));
    if !wrote {
        return Vec::new();
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = client(account);
    let all = runtime.block_on(client.contacts().messages(id)).unwrap();
    let text = |said: &Value| said["message"].as_str().unwrap_or_default().to_owned();
    let mut said: Vec<_> =
        all.iter().map(text).filter(|text| text.starts_with("message ")).collect();
    said.sort();
    said
}

fn ids(account: &Account) -> HashSet<String> {
    contacts(account).iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

/// A program may apply a plan on a runtime with many threads.
fn for_any_runtime<T: Send>(future: T) -> T {
    future
}

/// Applies the plan again and again until all of it is done.
fn apply(account: &Account, plan: &Plan, crashes: &[usize]) -> Result<(), TestCaseError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (client, steps) = (client(account), Arc::new(MemorySteps::default()));
    for round in 0..ROUNDS {
        let left = AtomicUsize::new(crashes.get(round).copied().unwrap_or(usize::MAX));
        let steps = Arc::new(Crashing { inner: Arc::clone(&steps), left });
        let context = Context::builder().client(client.clone()).steps(steps).build();
        let Ok(applied) = runtime.block_on(for_any_runtime(plan.apply(&context))) else { continue };
        let refused = applied.items.iter().find(|item| {
            let reason = item.reason.as_deref().unwrap_or_default();
            item.outcome == PlanOutcome::Refused
                && !reason.contains("failed")
                && !reason.contains("not created")
        });
        prop_assert!(refused.is_none(), "{refused:?}");
        if applied.is_whole() {
            return Ok(());
        }
        if round > ROUNDS / 2 {
            account.admin("DELETE", "/faults", Value::Null);
        }
    }
    Err(TestCaseError::fail("it was never done"))
}

fn faults(share: f64) -> Value {
    let status = |code: u16, processed: bool| json!({ "kind": "status", "code": code, "processed": processed });
    let kinds = [
        status(429, false),
        status(503, false),
        status(500, true),
        status(500, false),
        json!({ "kind": "drop_before" }),
        json!({ "kind": "drop_after" }),
        json!({ "kind": "truncated_json" }),
    ];
    kinds
        .map(|fault| json!({ "route": "*", "probability": share / 7.0, "fault": fault }))
        .into_iter()
        .collect()
}

/// 40 scripts, or as many as `PLAN_CASES` says.
fn config() -> ProptestConfig {
    let cases = std::env::var("PLAN_CASES").map_or(40, |cases| cases.parse().unwrap());
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn applying_the_plan_of_a_dry_run_leaves_what_the_run_would(
        ops in script(16),
        share in prop_oneof![Just(0.0), 0.05..0.5_f64],
        crashes in prop::collection::vec(0_usize..12, 0..4),
    ) {
        let (real, planned) = (Account::start(), Account::start());
        let (known, code) = (ids(&real), lua(&ops));
        let run = |account: &Account, dry: bool| {
            let host = Host::builder().client(client(account)).build();
            host.blocking().lua().dry_run(dry).run::<Value>(code.as_str())
        };
        let earnest = run(&real, false);
        prop_assert!(earnest.result.is_ok(), "{:?}", earnest.result);
        let before = planned.snapshot();
        let plan = run(&planned, true).plan;
        prop_assert!(plan.complete);
        prop_assert_eq!(writes(&planned), Vec::<String>::new());
        prop_assert_eq!(planned.snapshot(), before);
        prop_assert_eq!(plan.items.len(), earnest.writes.len());
        let plan = Plan::from_json(plan.to_json(false).as_bytes()).unwrap();
        planned.fault(faults(share));
        apply(&planned, &plan, &crashes)?;
        planned.admin("DELETE", "/faults", Value::Null);
        let (wanted, found) = (normal(&real, &known), normal(&planned, &known));
        prop_assert_eq!(wanted, found, "{}", code);
    }
}
