//! Point 5: what is sent to the account, and what would be.

use serde_json::json;

use crate::prompt::Language::Lua;
use crate::prompt::{BOTH, Prompt};
use crate::reading::has;
use crate::support::Account;

/// The calls of the account that change something.
fn writes(account: &Account) -> Vec<String> {
    account.calls().into_iter().filter(|call| !call.starts_with("GET")).collect()
}

#[test]
fn dry_means_that_nothing_is_written() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        let id = prompt.newest();
        prompt.answers(".dry on");
        assert!(prompt.now().line().0.contains("dry"), "the prompt does not say so");
        let update = language.of(
            "cliengo.contacts.update('ID', { rating = 5 }).rating",
            "cliengo.contacts.update(\"ID\", #{ rating: 5 }).rating",
        );
        let answer = prompt.answers(&update.replace("ID", &id));
        has(&answer, &["would PATCH", "rating", "5"]);
        assert!(answer.ends_with("\n5"), "it answers as the API would: {answer}");
        assert_eq!(writes(&prompt.account), Vec::<String>::new());
        prompt.answers(".dry off");
        assert!(!prompt.now().line().0.contains("dry"));
        prompt.answers(&update.replace("ID", &id));
        assert_eq!(writes(&prompt.account).len(), 1);
    }
}

#[test]
fn what_dry_lines_did_is_known_to_the_next_ones_and_shown_as_one_plan() {
    let mut prompt = Prompt::sized(Lua, 24, 120);
    prompt.answers(".dry on");
    prompt.answers(
        "id = cliengo.contacts.create{ websiteId = cliengo.sites.list()[1].id, name = 'Ana' }.id",
    );
    let answer = prompt.answers("cliengo.contacts.update(id, { rating = 5 }).name");
    assert!(answer.ends_with("Ana"), "{answer}");
    assert_eq!(prompt.answers("cliengo.contacts.get(id).rating"), "5");
    let plan = prompt.answers(".plan");
    has(&plan, &["+ create Ana", "rating", "5", "plan: 1 to create; nothing was sent"]);
    prompt.answers(".dry off");
    has(&prompt.answers(".plan"), &["1 to create"]);
    prompt.answers(".dry on");
    has(&prompt.answers(".plan"), &["nothing to do"]);
    assert_eq!(writes(&prompt.account), Vec::<String>::new());
}

#[test]
fn trace_shows_each_call_on_a_line() {
    let mut prompt = Prompt::open(Lua);
    prompt.account.fault(
        json!({ "route": "GET /contacts", "first": 1, "fault": { "kind": "status", "code": 503 } }),
    );
    prompt.answers(".trace on");
    let answer = prompt.answers("cliengo.contacts.count()");
    let calls: Vec<&str> = answer.lines().filter(|row| row.contains("GET /contacts")).collect();
    assert_eq!(calls.len(), 2, "{answer}");
    has(calls[0], &["503", "ms"]);
    has(calls[1], &["200", "ms", "B", "retr"]);
    assert!(answer.ends_with("120"), "{answer}");
    prompt.answers(".trace off");
    assert_eq!(prompt.answers("cliengo.contacts.count()"), "120");
}

#[test]
fn curl_prints_the_last_call_without_the_key() {
    let mut prompt = Prompt::sized(Lua, 24, 200);
    has(&prompt.answers(".curl"), &["no call"]);
    let id = prompt.newest();
    prompt.answers(&format!("cliengo.contacts.update('{id}', {{ name = \"O'Hara\" }}).name"));
    let curl = prompt.answers(".curl");
    let base = prompt.account.emulator.base_url();
    has(&curl, &["curl ", &base, &id, "PATCH", "$CLIENGO_API_KEY"]);
    assert!(!curl.contains(prompt.account.emulator.api_key()), "{curl}");
    // As it stands, in a shell: it does the same once more.
    prompt.account.admin("DELETE", "/journal", serde_json::Value::Null);
    let script = format!("CLIENGO_API_KEY={}; {curl}", prompt.account.emulator.api_key());
    let ran = std::process::Command::new("bash").arg("-c").arg(&script).output();
    let Ok(ran) = ran else { return };
    if ran.status.code() == Some(127) {
        return; // There is no curl here.
    }
    assert!(String::from_utf8_lossy(&ran.stdout).contains("O'Hara"), "{script}: {ran:?}");
    assert_eq!(writes(&prompt.account).len(), 1);
}

#[test]
fn profiles_are_named_and_switched() {
    let other = Account::start();
    other.admin("POST", "/reset", json!({ "contacts": 7 }));
    let config = format!(
        "[profiles.branch]\nbase_url = \"{}\"\napi_key = \"{}\"\n",
        other.emulator.base_url(),
        other.emulator.api_key()
    );
    let mut prompt = Prompt::with(Lua, |program| {
        let program = program.file("config.toml", config);
        let path = program.path("config.toml");
        program.variable("CLIENGO_CONFIG", path.to_str().unwrap())
    });
    let answer = prompt.answers(".profile");
    has(&answer, &["branch", &prompt.account.emulator.base_url()]);
    assert!(!answer.contains(other.emulator.api_key()), "{answer}");
    prompt.answers("local kept = 5");
    prompt.answers(".profile branch");
    assert!(prompt.now().line().0.contains("branch"), "the prompt does not say so");
    assert_eq!(prompt.answers("cliengo.contacts.count()"), "7");
    assert_eq!(prompt.answers("kept"), "5");
    has(&prompt.answers(".curl"), &["CLIENGO_API_KEY stands for the key of the profile branch"]);
    has(&prompt.answers(".profile brnch"), &["branch"]);
}

#[test]
fn no_write_is_made_by_a_prompt_that_only_reads() {
    let mut prompt = Prompt::with(Lua, |program| program.argument("--read-only"));
    assert!(prompt.now().line().0.contains("read-only"), "the prompt does not say so");
    let answer = prompt.answers("cliengo.contacts.create{ websiteId = 'w', name = 'Ana' }");
    has(&answer, &["--read-only"]);
    assert_eq!(writes(&prompt.account), Vec::<String>::new());
    assert_eq!(prompt.answers("cliengo.contacts.count()"), "120");
}
