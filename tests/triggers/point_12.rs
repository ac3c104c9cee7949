//! 12. Single flight: a watch has one poller, and one place where it is registered.

use crate::script::{BOTH, Language, Script, new_contacts};
use crate::watched::Watched;

/// One contact, and a handler that does not end.
fn blocked(language: Language) -> (Watched, Script) {
    let watched = Watched::in_language(language);
    watched.put([watched.contact(1, -60)]);
    let script = new_contacts().option("from", "beginning");
    (watched, script.does("cliengo.sleep(600)", "cliengo.sleep(600)"))
}

#[test]
fn point_12_a_second_run_of_a_watch_ends_with_code_5_and_says_why() {
    for language in BOTH {
        let (watched, script) = blocked(language);
        let mut first = watched.program(&script).start();
        first.line();
        watched.run(&script).code(5).silent().says(&["w", "another"]);
        // Another watch of the same state is nobody else's.
        let other = new_contacts().option("id", "other").option("from", "beginning");
        assert_eq!(watched.names(&other), ["c1"]);
        first.signal("INT");
        first.end().code(130);
        assert_eq!(watched.cycle(&new_contacts())[0].attempt, 2);
    }
}

#[test]
fn point_12_a_run_beside_a_daemon_and_a_second_daemon_end_with_code_5() {
    let (watched, script) = blocked(Language::Lua);
    let mut daemon = watched.serve(&script);
    daemon.line();
    watched.run(&script).code(5).silent().says(&["w", "another"]);
    watched.serve(&script).end().code(5).silent().says(&["another"]);
    daemon.signal("KILL");
    daemon.end();
    assert_eq!(watched.cycle(&new_contacts())[0].attempt, 2);
}

/// A script that registers two watches with these options.
fn twice(language: Language, options: &str) -> String {
    let one = match language {
        Language::Lua => format!("cliengo.watch.new_contacts({{{options}}}, function() end)\n"),
        Language::Rhai => format!("cliengo.watch.new_contacts(#{{{options}}}, |c| ());\n"),
    };
    format!("{one}\n{one}")
}

#[test]
fn point_12_two_registrations_with_one_id_are_an_error_that_names_both_places() {
    for language in BOTH {
        let watched = Watched::in_language(language);
        let file = Script::file(language);
        let given = if language == Language::Lua { "id = \"mine\"" } else { "id: \"mine\"" };
        for (options, id) in [(given, "mine"), ("", "leads.new_contacts")] {
            let ran = watched.program_of(file, &twice(language, options)).run();
            let places = [format!("{file}:1"), format!("{file}:3")];
            ran.code(1).silent().says(&[id, &places[0], &places[1], "id of its own"]);
        }
        assert!(watched.queries().is_empty());
    }
}

#[test]
fn point_12_two_scripts_of_a_daemon_with_one_id_are_an_error_that_names_both_places() {
    let watched = Watched::empty();
    let lua = new_contacts().text(Language::Lua);
    let rhai = new_contacts().text(Language::Rhai);
    let files = [("first.lua", lua.as_str()), ("second.rhai", rhai.as_str())];
    let mut daemon = watched.serve_files(&files).start();
    let said = daemon.says("cannot be loaded");
    assert!(said.contains("first.lua:1") && said.contains("second.rhai:1"), "{said}");
    daemon.signal("TERM");
    daemon.end();
}
