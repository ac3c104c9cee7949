//! Point 6: watches fire above the prompt while one types.

use crate::live::{above_what_is_typed, arrives, open, watches};
use crate::prompt::BOTH;
use crate::prompt::Language::{Lua, Rhai};
use crate::reading::has;
use crate::support::key;

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
fn a_name_of_no_function_is_an_error_and_runs_no_earlier_one() {
    for language in BOTH {
        let mut prompt = open(language);
        prompt.answers(language.of(
            "function rate(contact) print('rated ' .. contact.name) end",
            "fn rate(contact) { print(\"rated \" + contact.name) }",
        ));
        watches(&mut prompt, ".watch new 1s");
        arrives(&prompt, 1, "Ana");
        prompt.shows("Ana");
        assert!(prompt.answers(".replay rate").contains("rated Ana"));
        for line in [".replay raet", ".watch updated raet"] {
            let answer = prompt.answers(line);
            assert!(answer.contains("error") && answer.contains("raet"), "{line}: {answer}");
            assert!(!answer.contains("rated") && !answer.contains("watching"), "{line}: {answer}");
        }
        assert!(prompt.answers(".replay 1 + 1").contains("1 + 1"));
    }
}

#[test]
fn a_schedule_of_a_line_runs_above_the_prompt_until_it_is_stopped() {
    for (language, line) in [
        (
            Lua,
            "cliengo.schedule.every('1s', { id = 'tick' }, function(run) print(run.schedule .. ' ran, ' .. run.cause) end)",
        ),
        (
            Rhai,
            "cliengo.schedule.every(\"1s\", #{ id: \"tick\" }, |run| print(run.schedule + \" ran, \" + run.cause))",
        ),
    ] {
        let mut prompt = open(language);
        let answer = prompt.answers(line);
        has(&answer, &["running \"tick\" here: every 1s, next at", "(.unwatch tick stops it)"]);
        prompt.typed("half = 40 + ");
        prompt.until("two runs above the line", |shown| {
            let runs = shown.visible().matches("tick ran, on_time").count();
            runs > 1 && shown.line().0.ends_with("> half = 40 + ")
        });
        prompt.types(key::CTRL_U).types(".watch\r");
        prompt.until("list", |shown| shown.visible().contains("tick  every 1s, a function of"));
        prompt.types(".unwatch tick\r").shows("no longer following tick");
        prompt.types(".watch\r").shows("nothing is followed");
    }
}

#[test]
fn a_run_of_a_schedule_that_fails_names_it_and_the_next_one_comes() {
    let mut prompt = open(Lua);
    prompt.answers("n = 0");
    prompt.answers(
        "cliengo.schedule.every('1s', { id = 'tick' }, function() n = n + 1 if n == 1 then error('oh') end print('run ' .. n) end)",
    );
    prompt.shows("the handler of the schedule \"tick\" failed").shows("run 2");
}
