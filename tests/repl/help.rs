//! Point 5: help, examples, fields.

use crate::prompt::Language::Lua;
use crate::prompt::{BOTH, Prompt};
use crate::reading::has;

#[test]
fn help_names_the_topics_and_all_commands() {
    let mut prompt = Prompt::sized(Lua, 80, 100);
    let help = prompt.answers(".help");
    has(
        &help,
        &["contacts", "filters", "fields", "watch", "schedule", "errors", "keys", "lua", "rhai"],
    );
    has(
        &help,
        &[
            ".help", ".example", ".fields", ".vars", ".type", ".time", ".load", ".save", ".run",
            ".profile", ".dry", ".plan", ".trace", ".curl", ".clear", ".quit", ".edit", ".more",
            ".json", ".table", ".csv", ".watch", ".unwatch", ".replay", ".lang",
        ],
    );
}

#[test]
fn every_topic_has_its_page() {
    let mut prompt = Prompt::sized(Lua, 100, 100);
    for (topic, words) in [
        ("contacts", &["contacts.list", "contacts.update", "contacts.delete"][..]),
        ("filters", &["status", "since", "until", "limit"]),
        ("fields", &["phone", "websiteId"]),
        ("watch", &["new_contacts"]),
        ("schedule", &["cron", "every"]),
        ("errors", &["not_found", "rate_limited"]),
        ("keys", &["Ctrl-C", "Ctrl-R", "Tab"]),
        ("lua", &["local"]),
        ("rhai", &["let"]),
    ] {
        has(&prompt.answers(&format!(".help {topic}")), words);
    }
}

#[test]
fn help_tells_all_of_a_function() {
    for language in BOTH {
        let mut prompt = Prompt::sized(language, 80, 100);
        for path in ["contacts.update", "cliengo.contacts.update"] {
            let help = prompt.answers(&format!(".help {path}"));
            has(
                &help,
                &["cliengo.contacts.update(", "id", "fields", "an id", "not_found", "denied"],
            );
            let example = language.of("{ rating", "#{ rating");
            has(&help, &[example, ".example"]);
        }
    }
}

#[test]
fn an_unknown_word_of_help_or_command_suggests_the_right_one() {
    let mut prompt = Prompt::open(Lua);
    has(&prompt.answers(".help contacts.updte"), &["contacts.update"]);
    has(&prompt.answers(".hepl"), &[".help"]);
    has(&prompt.answers(".unwach"), &[".unwatch"]);
    has(&prompt.answers(".zzzzzz"), &[".help"]);
}

#[test]
fn an_example_runs_on_a_playground_and_never_on_the_account() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        prompt.answers(".help contacts.update");
        let answer = prompt.answers(".example");
        has(&answer, &["cliengo.contacts.update"]);
        let answer = prompt.answers(".example contacts.create");
        has(&answer, &["cliengo.contacts.create"]);
        assert_eq!(prompt.account.calls(), Vec::<String>::new());
        assert_eq!(prompt.answers("cliengo.contacts.count()"), "120");
    }
}

#[test]
fn an_example_leaves_the_session_alone() {
    let mut prompt = Prompt::open(Lua);
    prompt.answers("41 + 1");
    prompt.answers(".example contacts.count");
    assert_eq!(prompt.answers("_"), "42");
}

#[test]
fn fields_are_listed_by_what_they_can_do() {
    let mut prompt = Prompt::sized(Lua, 120, 100);
    has(&prompt.answers(".fields"), &["name", "phone", "status", "creationDate", "a date"]);
    let update = prompt.answers(".fields update");
    has(&update, &["phone", "sellSuscription"]);
    assert!(!update.contains("accountName"), "{update}");
    has(&prompt.answers(".fields status"), &["NEW", "ACTIVE", "LONG_TERM", "CLIENT"]);
    has(&prompt.answers(".fields stats"), &["status"]);
}

#[test]
fn the_words_that_other_prompts_know_lead_somewhere() {
    for word in ["help", "exit", "quit"] {
        let mut prompt = Prompt::open(Lua);
        prompt.enters(word);
        prompt.until("help, a hint or the end", |shown| {
            let lines = shown.lines().join("\n");
            shown.ended || lines.contains(&format!(".{word}")) || lines.contains(".quit")
        });
    }
}
