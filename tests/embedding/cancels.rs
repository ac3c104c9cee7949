//! A run ends when nobody waits for it any more, and when the program says so.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use cliengo::api::{Cancel, Level, Sink};
use cliengo::engine::Language;
use cliengo::{Error, ErrorKind, Host};
use futures_util::FutureExt;
use serde_json::{Map, Value};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Tells when the last run that it belongs to is gone: a run's thread holds its sink.
struct LastWord(Sender<()>);

impl Sink for LastWord {
    fn print(&self, _: &str) {}
    fn log(&self, _: Level, _: &str, _: &Map<String, Value>) {}
}

impl Drop for LastWord {
    fn drop(&mut self) {
        self.0.send(()).unwrap();
    }
}

fn last_word() -> (Arc<dyn Sink>, Receiver<()>) {
    let (tell, gone) = channel();
    (Arc::new(LastWord(tell)), gone)
}

/// A host whose scripts tell that they have begun.
fn host() -> (Host, UnboundedReceiver<()>) {
    let (tell, begun) = unbounded_channel();
    let begin = move |(): (), _| {
        tell.send(()).unwrap();
        async { Ok(()) }
    };
    let wait = |(): (), _| async {
        std::future::pending::<()>().await;
        Ok(())
    };
    let host = Host::builder().function("begin()", begin).unwrap();
    (host.function("wait()", wait).unwrap().build(), begun)
}

/// Scripts that never end by themselves.
const ENDLESS: [(Language, &str); 6] = [
    (Language::Lua, "begin() while true do end"),
    (Language::Lua, "begin() wait()"),
    (Language::Lua, "begin() cliengo.sleep('1h')"),
    (Language::Rhai, "begin(); loop {}"),
    (Language::Rhai, "begin(); wait();"),
    (Language::Rhai, "begin(); cliengo.sleep(\"1h\");"),
];

/// Waits for work until something else happens.
async fn until<T>(work: impl Future, event: impl Future<Output = T>) -> T {
    tokio::select! {
        _ = work => panic!("the work ended"),
        happened = event => happened,
    }
}

#[tokio::test]
async fn dropping_the_future_of_a_run_ends_it() {
    for (language, code) in ENDLESS {
        let (host, mut begun) = host();
        let (sink, gone) = last_word();
        until(host.scripting(language).sink(sink).eval::<()>(code), begun.recv()).await.unwrap();
        gone.recv_timeout(Duration::from_secs(120)).expect(code);
    }
}

#[tokio::test]
async fn dropping_the_future_of_a_load_ends_it() {
    for (language, code) in ENDLESS {
        let (host, mut begun) = host();
        let (sink, gone) = last_word();
        until(host.scripting(language).sink(sink).load(code), begun.recv()).await.unwrap();
        gone.recv_timeout(Duration::from_secs(120)).expect(code);
    }
}

#[tokio::test]
async fn dropping_the_future_of_a_call_ends_it_and_its_script_says_so() {
    for (language, code) in [
        (Language::Lua, "function f() begin() while true do end end function g() return 1 end"),
        (Language::Rhai, "fn f() { begin(); loop {} } fn g() { 1 }"),
    ] {
        let (host, mut begun) = host();
        let script = host.scripting(language).load(code).await.unwrap();
        assert_eq!(script.call::<u8>("g", ()).await.unwrap(), 1);
        until(script.call::<()>("f", ()), begun.recv()).await.unwrap();
        let failure = script.call::<u8>("g", ()).await.unwrap_err();
        assert_eq!(failure.error.kind, ErrorKind::Cancelled);
        assert!(failure.error.hint.as_deref().unwrap().contains("load it anew"));
        assert!(!script.is_usable());
    }
}

#[tokio::test]
async fn a_call_that_was_dropped_before_its_turn_harms_nothing() {
    let (host, mut begun) = host();
    let code = "n = 0 function f() begin() cliengo.sleep('1ms') n = n + 1 return n end";
    let script = host.lua().load(code).await.unwrap();
    let first = tokio::spawn(script.call::<u8>("f", ()));
    begun.recv().await.unwrap();
    assert!(script.call::<u8>("f", ()).now_or_never().is_none());
    assert_eq!(first.await.unwrap().unwrap(), 1);
    assert_eq!(script.call::<u8>("f", ()).await.unwrap(), 2);
}

#[tokio::test]
async fn one_cancel_ends_all_that_it_was_given_to_and_nothing_else() {
    for (language, code) in ENDLESS {
        let (host, mut begun) = host();
        let cancel = Cancel::default();
        let (tenant, other) = (host.scripting(language).cancel(cancel.clone()), host.lua());
        let stop = async {
            begun.recv().await.unwrap();
            begun.recv().await.unwrap();
            cancel.cancel(Error::new(ErrorKind::Cancelled, "the tenant left"));
        };
        let (one, two, ()) = tokio::join!(tenant.eval::<()>(code), tenant.load(code), stop);
        for failure in [one.unwrap_err(), two.unwrap_err()] {
            assert_eq!(failure.error.message, "the tenant left", "{code}");
        }
        let late = tenant.eval::<u8>("1").await.unwrap_err();
        assert_eq!(late.error.kind, ErrorKind::Cancelled);
        assert_eq!(other.eval::<u8>("1").await.unwrap(), 1);
    }
}
