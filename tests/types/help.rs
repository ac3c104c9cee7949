//! `cliengo help`: the functions of scripts beside the commands.

use cliengo::api::Registry;

use crate::support::Program;

fn help(words: &[&str]) -> crate::support::Ran {
    Program::new(&[&["help"], words].concat()).run()
}

#[test]
fn help_of_a_function_is_that_of_the_prompt() {
    for (language, path) in [("lua", "contacts.update"), ("rhai", "watch.new_contacts")] {
        let here = help(&[path, "--lang", language]).code(0).stdout;
        let prompt = Program::new(&["repl", "--emulator=5", "--lang", language]);
        let there = prompt.input(format!(".help {path}\n")).run().code(0).stdout;
        assert_eq!(there.replace(" (.example runs it on a playground)", ""), here);
        assert!(here.starts_with(&format!("cliengo.{path}(")), "{here}");
    }
}

#[test]
fn every_function_is_explained_under_both_forms_of_its_path() {
    for function in Registry::builtin().functions().step_by(7) {
        let short = help(&[function.path]).code(0).stdout;
        assert_eq!(help(&[&function.full_path()]).code(0).stdout, short);
        assert!(short.contains("Example"), "{short}");
    }
}

#[test]
fn namespaces_filters_fields_and_errors_are_explained_too() {
    for (word, part) in [
        ("sites", "cliengo.sites.chatbot(id)"),
        ("filters", "last_updated"),
        ("fields", "websiteId"),
        ("rating", "0 to 5"),
        ("not_found", "The API knows no such thing"),
    ] {
        let shown = help(&[word]).code(0).stdout;
        assert!(shown.contains(part), "{word}: {shown}");
    }
}

#[test]
fn a_misspelt_path_is_an_error_that_names_the_right_one() {
    let ran = help(&["contacts.updte"]).code(2);
    assert!(ran.stderr.contains("did you mean \"contacts.update\"?"), "{ran:?}");
    assert!(help(&["exprt"]).code(2).stderr.contains("did you mean \"export\"?"));
    assert!(help(&["now", "--lung"]).code(2).stderr.contains("--lang rhai"));
}

#[test]
fn help_of_commands_is_as_it_was() {
    assert!(help(&[]).code(0).stdout.contains("Usage: cliengo <COMMAND>"));
    assert!(help(&["run"]).code(0).stdout.contains("Usage: cliengo run"));
}

#[test]
fn modules_and_their_functions_are_explained_as_at_the_prompt() {
    for (words, part) in [
        (&["json.decode"][..], "json.decode(text: string): any"),
        (&["json::decode", "--lang", "rhai"], "json::decode(text: String)"),
        (&["json"], "json.encode(value: any, opts?: JsonEncodeOpts): string"),
        (&["list.map"], "list.map<T>(items: { T }, by: string | ((item: T) -> ...any))"),
        (&["list.map"], "Gives what by gives for each item."),
        (
            &["retry.run"],
            "attempts (1 or more), wait (time), factor (number), most (time), when (function)",
        ),
        (&["text::fold", "--lang", "rhai"], "text::fold(\"Begoña Núñez\")"),
        (&["list", "--lang", "rhai"], "list::group_by("),
        (&["modules"], "Reads and writes JSON."),
        // A field is called so too.
        (&["phone"], "Phone number as the contact wrote it."),
        (&["phone"], "phone.e164("),
    ] {
        let here = help(words).code(0).stdout;
        assert!(here.contains(part), "{words:?}: {here}");
        let language = words.get(2).copied().unwrap_or("lua");
        let prompt = Program::new(&["repl", "--emulator=5", "--lang", language]);
        let there = prompt.input(format!(".help {}\n", words[0])).run().code(0).stdout;
        // The prompt has a command of that name too.
        assert!(there.replace(" (.example runs it on a playground)", "").starts_with(&here));
    }
    let ran = help(&["jsn.decode"]).code(2);
    assert!(ran.stderr.contains("did you mean \"json.decode\"?"), "{ran:?}");
}

#[test]
fn every_function_of_a_module_written_in_rust_has_a_page() {
    for function in cliengo::stdlib::MODULES.iter().flat_map(|module| module.functions).step_by(5) {
        let shown = help(&[function.path]).code(0).stdout;
        assert!(shown.contains("Example") && shown.contains("Returns"), "{shown}");
    }
}
