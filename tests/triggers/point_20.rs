//! 20. Effects: handlers are at-least-once, and a step within `cliengo.once` is done once.

use crate::runs::{called, names};
use crate::script::{BOTH, Language, Script, new_contacts};
use crate::watched::Watched;

/// A handler with one durable step, which prints, and a failure or a hang after it.
fn steps(after_lua: &str, after_rhai: &str) -> Script {
    new_contacts().option("from", "beginning").does(
        &format!(
            "local sent = cliengo.once('greet/' .. contact.id, function()\n\
             print('step', contact.name, 1, 'done') return {{ number = 7 }} end)\n\
             print('gave', contact.name, sent.number, 'x')\n{after_lua}"
        ),
        &format!(
            "let sent = cliengo.once(\"greet/\" + contact.id, || {{\n\
             print(`step\t${{contact.name}}\t1\tdone`); #{{ number: 7 }} }});\n\
             print(`gave\t${{contact.name}}\t${{sent.number}}\tx`);\n{after_rhai}"
        ),
    )
}

#[test]
fn point_20_the_reference_says_that_handlers_are_at_least_once() {
    let reference = include_str!("../../docs/reference.md");
    for function in ["new_contacts", "updated_contacts", "deleted_contacts"] {
        let section = reference
            .split("\n#")
            .find(|section| section.lines().next().is_some_and(|title| title.contains(function)));
        assert!(section.is_some(), "{function}");
    }
    assert!(reference.contains("at least once"));
}

#[test]
fn point_20_a_step_is_done_once_and_gives_its_result_to_later_attempts() {
    for language in BOTH {
        let watched = Watched::in_language(language);
        watched.put([watched.contact(1, -60), watched.contact(2, -30)]);
        let script = steps(
            "if event.attempt < 3 then error('later') end",
            "if event.attempt < 3 { throw \"later\" }",
        );
        let first = watched.run(&script).code(1);
        assert_eq!(names(&first), ["c1", "step", "gave", "c2", "step", "gave"], "{language:?}");
        assert_eq!(names(&watched.run(&script).code(1)), ["c1", "gave", "c2", "gave"]);
        assert_eq!(names(&watched.run(&script).code(0)), ["c1", "gave", "c2", "gave"]);
    }
}

#[test]
fn point_20_a_step_is_not_done_again_after_a_kill() {
    for language in BOTH {
        let watched = Watched::in_language(language);
        watched.put([watched.contact(1, -60)]);
        let hangs = "if event.attempt == 1 then cliengo.sleep(600) end";
        let script = steps(hangs, "if event.attempt == 1 { cliengo.sleep(600) }");
        for daemon in [false, true] {
            let watched = if daemon { &Watched::in_language(language) } else { &watched };
            watched.put([watched.contact(1, -60)]);
            let mut running =
                if daemon { watched.serve(&script) } else { watched.program(&script).start() };
            let lines: Vec<_> = (0..3).map(|_| called(&running.line()).contact).collect();
            assert_eq!(lines, ["c1", "step", "gave"]);
            running.signal("KILL");
            running.end();
            assert_eq!(names(&watched.run(&script).code(0)), ["c1", "gave"]);
        }
    }
}

#[test]
fn point_20_a_step_that_failed_is_done_again() {
    let watched = Watched::in_language(Language::Lua);
    watched.put([watched.contact(1, -60)]);
    let script = new_contacts().option("from", "beginning").does(
        "cliengo.once('greet', function() print('step', '-', 1, '-')\n\
         if event.attempt == 1 then error('no') end end)",
        "",
    );
    assert_eq!(names(&watched.run(&script).code(1)), ["c1", "step"]);
    assert_eq!(names(&watched.run(&script).code(0)), ["c1", "step"]);
}

#[test]
fn point_20_the_key_of_an_event_is_the_same_at_every_attempt() {
    let watched = Watched::in_language(Language::Rhai);
    watched.put([watched.contact(1, -60), watched.contact(2, -30)]);
    let script = new_contacts().option("from", "beginning").fails_for("c1");
    let first = crate::runs::calls(&watched.run(&script).code(1));
    let second = crate::runs::calls(&watched.run(&script).code(1));
    assert_eq!((&first[0].key, second[0].attempt), (&second[0].key, 2));
    assert_ne!(first[0].key, first[1].key);
}
