//! In every runtime, and in none.

use std::time::Duration;

use cliengo::client::{Client, RetryPolicy};
use cliengo::host::{self, Events, Run, Script, ScriptFunction, ScriptSource, Scripting};
use cliengo::{Host, HostBuilder};
use tokio::runtime::Builder;

use super::{BOTH, account, on};

fn is_shared<T: Send + Sync + 'static>() {}
fn is_sent<T: Send>(_: &T) {}

#[test]
fn what_a_program_holds_goes_to_any_thread() {
    is_shared::<Host>();
    is_shared::<HostBuilder>();
    is_shared::<Scripting>();
    is_shared::<Script>();
    is_shared::<ScriptFunction>();
    is_shared::<ScriptSource>();
    is_shared::<Run<String>>();
    is_shared::<Events>();
    is_shared::<host::blocking::Host>();
    #[cfg(feature = "serve")]
    is_shared::<host::Serving>();
    let lua = Host::builder().build().lua();
    is_sent(&lua.eval::<u8>("1"));
    is_sent(&lua.run::<u8>("1"));
    is_sent(&lua.load(""));
}

/// What a program does of everything.
async fn counts(host: Host) -> [u64; 4] {
    let count = "cliengo.contacts.count()";
    let script = host.lua().load("function count() return cliengo.contacts.count() end");
    let called = script.await.unwrap().call("count", ()).await.unwrap();
    let ran = host.rhai().run(count).await.result.unwrap();
    [host.lua().eval(count).await.unwrap(), host.rhai().eval(count).await.unwrap(), called, ran]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scripts_run_in_a_runtime_of_many_threads() {
    let emulator = account(7);
    assert_eq!(counts(on(&emulator).build()).await, [7; 4]);
}

#[tokio::test(flavor = "current_thread")]
async fn scripts_run_in_a_runtime_of_one_thread() {
    let emulator = account(7);
    assert_eq!(counts(on(&emulator).build()).await, [7; 4]);
}

#[test]
fn scripts_run_without_a_runtime() {
    let emulator = account(7);
    let host = on(&emulator).build();
    for language in BOTH {
        let scripting = host.blocking().scripting(language).timeout(Duration::from_secs(60));
        assert_eq!(scripting.eval::<u64>("cliengo.contacts.count()").unwrap(), 7);
    }
    let script = host.blocking().lua().load("function f(a, b) return a .. b end").unwrap();
    assert_eq!(script.call::<String>("f", ("a", "b")).unwrap(), "ab");
    assert_eq!(pollster::block_on(counts(host)), [7; 4]);
}

#[test]
fn scripts_run_in_the_runtime_that_a_host_is_given() {
    let emulator = account(7);
    let one = Builder::new_current_thread().enable_all().build().unwrap();
    let many = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for runtime in [one, many] {
        let thread = |call: cliengo::api::Call| async move {
            drop(call);
            Ok(tokio::runtime::Handle::current().id().to_string())
        };
        let host = on(&emulator).runtime(runtime.handle().clone());
        let host = host.function("runtime()", move |(): (), call| thread(call)).unwrap().build();
        assert_eq!(runtime.block_on(counts(host.clone())), [7; 4]);
        let id: String = runtime.block_on(host.lua().eval("runtime()")).unwrap();
        assert_eq!(id, runtime.handle().id().to_string());
    }
}

/// A client may have been used before, on a runtime that nobody drives now, or that is gone.
#[test]
fn a_client_of_another_runtime_may_be_given_to_a_host() {
    let emulator = account(7);
    let once = RetryPolicy { max_attempts: 1, ..RetryPolicy::default() };
    let client = Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
    let client = client.retry(once).build().unwrap();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        assert_eq!(client.contacts().count(Default::default()).await.unwrap(), 7);
        // The connection is given back to the client by a task of this runtime.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    });
    let host = Host::builder().client(client).build().blocking();
    assert_eq!(host.lua().eval::<u64>("cliengo.contacts.count()").unwrap(), 7);
    drop(runtime);
    assert_eq!(host.rhai().eval::<u64>("cliengo.contacts.count()").unwrap(), 7);
}

#[tokio::test(flavor = "current_thread")]
async fn a_host_may_be_dropped_on_a_worker_while_its_script_runs() {
    let host = Host::builder().build();
    let later = tokio::spawn(host.lua().eval::<u8>("cliengo.sleep('1ms') return 5"));
    drop(host);
    assert_eq!(later.await.unwrap().unwrap(), 5);
}

#[test]
fn a_runtime_that_has_ended_is_named_as_the_reason() {
    let emulator = account(1);
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let host = on(&emulator).runtime(runtime.handle().clone()).build().blocking();
    drop(runtime);
    for language in BOTH {
        let failure = host.scripting(language).eval::<u8>("cliengo.contacts.count()").unwrap_err();
        assert!(failure.error.message.contains("its runtime has ended"), "{failure}");
    }
}
