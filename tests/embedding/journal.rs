//! What a run asked of the API, and what it wrote.

use cliengo::api::WriteState;
use cliengo::engine::Language;
use cliengo::host::Run;
use serde_json::Value;

use super::{account, on};

const CREATE: [(Language, &str); 2] = [
    (
        Language::Lua,
        "local site = cliengo.sites.list()[1].id
         local fields = { name = 'Ana', phone = '+541155550100', websiteId = site }
         local ana = cliengo.contacts.create(fields)
         cliengo.contacts.update(ana.id, { name = 'Ana P.' })
         error('too late')",
    ),
    (
        Language::Rhai,
        "let site = cliengo.sites.list()[0].id;
         let fields = #{ name: \"Ana\", phone: \"+541155550100\", websiteId: site };
         let ana = cliengo.contacts.create(fields);
         cliengo.contacts.update(ana.id, #{ name: \"Ana P.\" });
         throw \"too late\"",
    ),
];

/// Method, and whether the API said yes, of each exchange.
fn calls<T>(run: &Run<T>) -> Vec<(&str, bool)> {
    let is_good = |status: Option<u16>| status.is_some_and(|status| status < 300);
    run.calls.iter().map(|call| (call.method, is_good(call.status))).collect()
}

#[tokio::test]
async fn a_run_that_failed_tells_what_it_had_done() {
    let emulator = account(3);
    let host = on(&emulator).build();
    for (language, code) in CREATE {
        let run = host.scripting(language).run::<Value>(code).await;
        let failure = run.result.as_ref().unwrap_err();
        assert!(failure.error.message.contains("too late"), "{failure}");
        assert_eq!(calls(&run), [("GET", true), ("POST", true), ("PATCH", true)]);
        let [created, updated] = &run.writes[..] else { panic!("{:?}", run.writes) };
        let id = created.created.as_deref().unwrap();
        assert_eq!((created.method, created.path.as_str()), ("POST", "/contacts"));
        assert!(updated.path.ends_with(id), "{}", updated.path);
        assert!(matches!(updated.state, WriteState::Done(200)), "{:?}", updated.state);
        assert_eq!((run.rehearsed.len(), run.not_begun, run.calls_left_out), (0, 0, 0));
    }
}

#[tokio::test]
async fn each_call_of_a_loaded_script_has_a_journal_of_its_own() {
    let emulator = account(3);
    let host = on(&emulator).build();
    for (language, code) in [
        (Language::Lua, "function f(id) return cliengo.contacts.delete(id) end"),
        (Language::Rhai, "fn f(id) { cliengo.contacts.delete(id) }"),
    ] {
        let script = host.scripting(language).load(code).await.unwrap();
        let id: String = host.lua().eval("cliengo.contacts.list()[1].id").await.unwrap();
        let run = script.run::<bool>("f", (id.as_str(),)).await;
        assert!(run.result.unwrap());
        assert_eq!(run.writes.len(), 1);
        assert!(run.writes[0].path.contains(&id));
        let again = script.run::<bool>("f", (id.as_str(),)).await;
        assert!(again.result.is_err());
        assert_eq!(again.writes, []);
        assert_eq!(again.calls.len(), 1);
        assert_eq!(again.calls[0].status, Some(404));
    }
}

#[tokio::test]
async fn a_run_that_could_not_begin_has_an_empty_journal() {
    let host = cliengo::Host::builder().build();
    let run = host.lua().run::<Value>("this is no Lua").await;
    assert!(run.result.is_err());
    assert!(run.writes.is_empty() && run.calls.is_empty());
}
