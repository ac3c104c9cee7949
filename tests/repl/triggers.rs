//! Point 6: watches fire above the prompt while one types.

use cliengo::emulator::EmulatorOptions;
use jiff::Timestamp;
use serde_json::json;

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::{BOTH, Language, Prompt};
use crate::support::{Account, key};

/// A prompt on an account of ten contacts, whose clock runs.
fn open(language: Language) -> Prompt {
    let options = EmulatorOptions { contacts: 10, ..EmulatorOptions::default() };
    Prompt::on(Account::of(options), language, |program| program)
}

/// Number `number` of the contacts that come while one looks on.
fn id(number: u32) -> String {
    format!("7f00000000000000{number:08x}")
}

/// Someone of this name writes to the account now.
fn arrives(prompt: &Prompt, number: u32, name: &str) {
    let now = format!("{:.3}", Timestamp::now());
    let contact = json!([{
        "id": id(number), "name": name, "status": "NEW", "websiteId": "site", "phone": "+54 11 5555-0100",
        "creationDate": now, "lastUpdateDate": now,
    }]);
    prompt.account.put(&contact.to_string());
}

/// Enters a line that begins a watch, and waits until it watches.
#[track_caller]
fn watches(prompt: &mut Prompt, line: &str) -> String {
    let answer = prompt.answers(line);
    prompt.until("word that it watches", |shown| shown.visible().contains("watching"));
    answer
}

/// Types half a line, lets somebody arrive, and waits until these words stand above what was typed.
#[track_caller]
fn above_what_is_typed(prompt: &mut Prompt, number: u32, name: &str, words: &[&str]) {
    prompt.prompt().typed("half_a_line = 40 + ");
    arrives(prompt, number, name);
    prompt.until(&format!("{words:?} above the line"), |shown| {
        let lines = shown.lines();
        let above = lines[..lines.len() - 1].join("\n");
        words.iter().all(|word| above.contains(word))
            && shown.line().0.ends_with("> half_a_line = 40 + ")
    });
    prompt.types(key::CTRL_U).prompt();
}

#[test]
fn a_new_contact_is_told_above_the_line_that_is_being_typed() {
    for language in BOTH {
        let mut prompt = open(language);
        watches(&mut prompt, ".watch new 1s");
        prompt.typed(language.of("half = 40 + ", "let half = 40 + "));
        arrives(&prompt, 1, "Ana Pérez");
        prompt.until("the contact above the line", |shown| {
            let told =
                shown.visible().contains("Ana Pérez") && shown.visible().contains("5555-0100");
            told && shown.line().0.ends_with("half = 40 + ")
        });
        // The line is whole: what was typed before and after it counts.
        prompt.types(language.of("2\r", "2;\r")).prompt();
        assert_eq!(prompt.answers("half"), "42");
    }
}

#[test]
fn a_handler_of_a_line_is_followed_at_once() {
    for (language, line) in [
        (
            Lua,
            "cliengo.watch.new_contacts({ every = '1s' }, function(contact, event) print(event.kind .. ' hello ' .. contact.name) end)",
        ),
        (
            Rhai,
            "cliengo.watch.new_contacts(#{ every: \"1s\" }, |contact, event| print(event.kind + \" hello \" + contact.name))",
        ),
    ] {
        let mut prompt = open(language);
        watches(&mut prompt, line);
        above_what_is_typed(&mut prompt, 1, "Ana", &["new hello Ana"]);
        above_what_is_typed(&mut prompt, 2, "Luz", &["new hello Luz"]);
    }
}

#[test]
fn a_handler_sees_and_changes_the_session() {
    for (language, define, line, read) in [
        (
            Lua,
            "seen = {}",
            ".watch new 1s function(contact) table.insert(seen, contact.name) print('noted ' .. contact.name) end",
            "seen[1]",
        ),
        (
            Rhai,
            "fn note(contact) { print(\"noted \" + contact.name) }",
            ".watch new 1s note",
            "1 + 1",
        ),
    ] {
        let mut prompt = open(language);
        prompt.answers(define);
        watches(&mut prompt, line);
        arrives(&prompt, 1, "Ana");
        prompt.shows("noted Ana");
        assert_eq!(prompt.answers(read), language.of("Ana", "2"));
    }
}

#[test]
fn changes_and_deletions_are_told_too() {
    let mut prompt = open(Lua);
    let id = prompt.newest();
    watches(&mut prompt, ".watch updated 1s");
    prompt.answers(&format!("cliengo.contacts.update('{id}', {{ name = 'Renamed' }}).name"));
    prompt.until("the update", |shown| {
        shown.visible().lines().any(|row| row.contains("updated") && row.contains("Renamed"))
    });
}

#[test]
fn watches_are_listed_and_stopped() {
    let mut prompt = open(Lua);
    assert!(!prompt.answers(".watch").is_empty(), "it says that there is none");
    watches(
        &mut prompt,
        "cliengo.watch.new_contacts({ id = 'greeter', every = '1s' }, function(contact) print('greeted ' .. contact.name) end)",
    );
    watches(&mut prompt, ".watch new 1s");
    let listed = prompt.answers(".watch");
    assert!(listed.contains("greeter") && listed.contains("new"), "{listed}");
    arrives(&prompt, 1, "Ana");
    prompt.shows("greeted Ana").until("the line of the other", |shown| {
        shown.visible().lines().any(|row| row.contains("new ") && row.contains("Ana"))
    });
    prompt.answers(".unwatch greeter");
    assert!(!prompt.answers(".watch").contains("greeter"));
    arrives(&prompt, 2, "Luz");
    // The watch that goes on tells when the one that was stopped would have.
    prompt.until("Luz", |shown| shown.visible().contains("Luz"));
    assert!(!prompt.now().visible().contains("greeted Luz"));
    prompt.answers(".unwatch");
    let calls = prompt.account.calls().len();
    assert!(!prompt.answers(".watch").contains("1 s"), "all are stopped");
    assert_eq!(prompt.account.calls().len(), calls);
    let unknown = prompt.answers(".unwatch nobody");
    assert!(unknown.contains("nobody"), "{unknown}");
}

#[test]
fn the_same_id_again_replaces_the_handler() {
    let mut prompt = open(Lua);
    let watch = |word: &str| {
        format!(
            "cliengo.watch.new_contacts({{ id = 'one', every = '1s' }}, function(contact) print('{word} ' .. contact.name) end)"
        )
    };
    watches(&mut prompt, &watch("first"));
    prompt.answers(&watch("second"));
    arrives(&prompt, 1, "Ana");
    prompt.shows("second Ana");
    assert!(!prompt.now().visible().contains("first Ana"));
}

#[test]
fn an_error_of_a_handler_is_shown_and_ends_nothing() {
    for (language, line) in [
        (
            Lua,
            ".watch new 1s function(contact) if contact.name == 'Ana' then pritn('x') end print('well ' .. contact.name) end",
        ),
        (
            Rhai,
            ".watch new 1s |contact| { if contact.name == \"Ana\" { pritn(\"x\") } print(\"well \" + contact.name) }",
        ),
    ] {
        let mut prompt = open(language);
        watches(&mut prompt, line);
        above_what_is_typed(&mut prompt, 1, "Ana", &["pritn", "print"]);
        above_what_is_typed(&mut prompt, 2, "Luz", &["well Luz"]);
    }
}

#[test]
fn the_last_event_is_replayed_through_an_edited_handler() {
    for (language, define, edited) in [
        (
            Lua,
            "function on_new(contact) print('one ' .. contact.name) end",
            "function on_new(contact, event) print('two ' .. contact.name .. ' ' .. event.kind) end",
        ),
        (
            Rhai,
            "fn on_new(contact, event) { print(\"one \" + contact.name) }",
            "fn on_new(contact, event) { print(\"two \" + contact.name + \" \" + event.kind) }",
        ),
    ] {
        let mut prompt = open(language);
        let nothing = prompt.answers(".replay");
        assert!(!nothing.is_empty(), "it says that there is no event yet");
        prompt.answers(define);
        watches(&mut prompt, language.of(".watch new 1s on_new", ".watch new 1s Fn(\"on_new\")"));
        arrives(&prompt, 1, "Ana");
        prompt.shows("one Ana");
        prompt.answers(edited);
        let answer = prompt.answers(".replay");
        assert!(answer.contains("two Ana new"), "{answer}");
        let other = language.of(
            ".replay function(contact) print('three ' .. contact.name) end",
            ".replay |contact| print(\"three \" + contact.name)",
        );
        let answer = prompt.answers(other);
        assert!(answer.contains("three Ana"), "{answer}");
        // What comes now goes through the edited handler as well, by its name.
        assert_eq!(
            prompt.account.calls().iter().filter(|call| !call.starts_with("GET")).count(),
            0
        );
    }
}

#[test]
fn a_trouble_of_the_account_is_told_and_the_watch_goes_on() {
    let mut prompt = open(Lua);
    watches(&mut prompt, ".watch new 1s");
    prompt.account.fault(
        json!({ "route": "GET /contacts", "first": 1, "fault": { "kind": "status", "code": 401 } }),
    );
    prompt.until("the trouble", |shown| {
        shown.visible().contains("401") || shown.visible().contains("unauthorized")
    });
    arrives(&prompt, 1, "Ana");
    prompt.shows("Ana");
}

#[test]
fn an_event_waits_for_the_line_that_runs() {
    let mut prompt = open(Lua);
    watches(&mut prompt, ".watch new 1s function(contact) print('came ' .. contact.name) end");
    prompt.enters("print('be' .. 'gun') cliengo.sleep('600s')");
    prompt.shows("begun");
    arrives(&prompt, 1, "Ana");
    let polls = || prompt.account.calls().len();
    let before = polls();
    let begun = std::time::Instant::now();
    while polls() < before + 2 {
        assert!(begun.elapsed().as_secs() < 30, "it does not poll while a line runs");
        std::thread::yield_now();
    }
    assert!(!prompt.now().visible().contains("came Ana"));
    prompt.types(key::CTRL_C).shows("came Ana").prompt();
}

#[test]
fn a_handler_without_end_is_cancelled_like_a_line() {
    let mut prompt = open(Lua);
    watches(
        &mut prompt,
        ".watch new 1s function(contact) print('came ' .. contact.name) while true do end end",
    );
    arrives(&prompt, 1, "Ana");
    prompt.shows("came Ana").prompt();
    prompt.types(key::CTRL_C).shows("cancelled").prompt();
    // The word about the handler may come above this line or below it.
    prompt.enters("20 + 22");
    prompt.shows("\n42").prompt();
}
