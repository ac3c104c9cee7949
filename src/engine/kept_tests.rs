//! Functions that a script gave away, called later. The registry has a function that keeps them only in
//! these tests; see `api/keeping.rs`.

#![allow(clippy::unwrap_used, reason = "a test may panic; that is how it fails")]

use std::path::Path;

use serde_json::{Value, json};

use super::{Executor, Limits, LoadedScript, ScriptFailure, Source, load};
use crate::api::{Callback, Context, keeping};

/// A script with the functions that it gave away.
struct Loaded {
    script: LoadedScript,
    kept: Vec<Callback>,
    _folder: tempfile::TempDir,
}

impl Loaded {
    /// Loads the first of these files.
    fn of(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let source = Source::from_file(&folder.path().join(files[0].0), None).unwrap();
        let context = Context::builder().build();
        let (script, _) = load(&source, &context, Limits::default(), Executor::own()).unwrap();
        Self { script, kept: keeping::taken(), _folder: folder }
    }

    /// Calls the function that was given away as this one, with a contact and an event.
    fn call(&mut self, index: usize) -> Result<Value, ScriptFailure> {
        let arguments = [r#"{"name":"Ana"}"#, r#"{"attempt":2}"#].map(|json| json.into());
        self.script.call(&self.kept[index], &arguments, &Context::builder().build())
    }

    fn results(&mut self) -> Vec<Value> {
        (0..self.kept.len()).map(|index| self.call(index).unwrap()).collect()
    }

    /// Where each function was given, without the folder.
    fn places(&self) -> Vec<String> {
        let name = |it: &Callback| Path::new(&it.place).file_name().unwrap().to_owned();
        self.kept.iter().map(|it| name(it).into_string().unwrap()).collect()
    }
}

#[test]
fn what_a_function_captured_stays_from_call_to_call() {
    let lua = "local seen = 0
        cliengo.testing.keep(function() seen = seen + 1 return seen end)
        cliengo.testing.keep(function() seen = seen + 10 return seen end)";
    let rhai = "let seen = 0;
        cliengo.testing.keep(|| { seen += 1; seen });
        cliengo.testing.keep(|| { seen += 10; seen });";
    for file in [("leads.lua", lua), ("leads.rhai", rhai)] {
        let mut loaded = Loaded::of(&[file]);
        assert_eq!(loaded.results(), [1, 11], "{}", file.0);
        assert_eq!(loaded.results(), [12, 22], "{}", file.0);
    }
}

#[test]
fn a_function_takes_as_many_parameters_as_it_likes() {
    let lua = "
        local x = 1
        local function f(contact) return contact.name end
        local keep = cliengo.testing.keep
        keep(function() return x end)
        keep(function(contact) return { contact.name, x } end)
        keep(function(contact, event) return { contact.name, event.attempt } end)
        keep(function(contact, event, more) return more == nil end)
        keep(f)";
    let rhai = "
        let x = 1;
        fn f(contact) { contact.name }
        fn g() { \"g\" }
        fn g(a, b) { \"both\" }
        cliengo.testing.keep(|| x);
        cliengo.testing.keep(|contact| [contact.name, x]);
        cliengo.testing.keep(|contact, event| [contact.name, event.attempt]);
        cliengo.testing.keep(|contact, event, more| more == ());
        cliengo.testing.keep(f);
        cliengo.testing.keep(Fn(\"f\"));
        cliengo.testing.keep(g);
        cliengo.testing.keep(Fn(\"f\").curry(#{ name: \"Curry\" }));";
    let expected = [json!(1), json!(["Ana", 1]), json!(["Ana", 2]), json!(true), json!("Ana")];
    assert_eq!(Loaded::of(&[("leads.lua", lua)]).results(), expected);
    let more = [json!("Ana"), json!("both"), json!("Curry")];
    assert_eq!(Loaded::of(&[("leads.rhai", rhai)]).results(), [&expected[..], &more].concat());
}

#[test]
fn a_function_knows_the_line_of_the_call_that_it_was_given_in() {
    let lua = "local function handler() return 1 end

        cliengo.testing.keep(handler)
        pcall(cliengo.testing.keep,
            { on_failure = handler }, handler)";
    let rhai = "fn handler() { 1 }

        cliengo.testing.keep(handler);
        cliengo.testing.keep(#{ on_failure: handler },
            handler);";
    for file in [("leads.lua", lua), ("leads.rhai", rhai)] {
        let mut loaded = Loaded::of(&[file]);
        let places = [3, 4, 4].map(|line| format!("{}:{line}", file.0));
        assert_eq!(loaded.places(), places);
        assert_eq!(loaded.results(), [1, 1, 1]);
    }
}

#[test]
fn a_function_sees_the_scripts_functions_and_modules() {
    let lua = "
        local own
        cliengo.testing.keep(function(contact) return own(contact) end)
        local text = require 'text'
        own = function(contact) return text.slug(contact.name) end
        require 'watches'";
    let module = "
        local function own() return 'of the module' end
        cliengo.testing.keep(function() return own() end)
        return {}";
    let mut loaded = Loaded::of(&[("leads.lua", lua), ("watches.lua", module)]);
    assert_eq!(loaded.results(), ["ana", "of the module"]);
    assert_eq!(loaded.places(), ["leads.lua:3", "watches.lua:3"]);
    let rhai = "
        fn own(contact) { text::slug(contact.name) }
        cliengo.testing.keep(own);
        cliengo.testing.keep(|contact| own(contact));
        import \"text\" as text;
        import \"watches\" as watches;
        watches::begin(\"begun\");";
    let module = "
        import \"text\" as words;
        fn own() { words::slug(\"Of it\") }
        cliengo.testing.keep(|| own());
        fn begin(what) { cliengo.testing.keep(|| what + \" \" + own()); }";
    let mut loaded = Loaded::of(&[("leads.rhai", rhai), ("watches.rhai", module)]);
    assert_eq!(loaded.results(), ["ana", "ana", "of-it", "begun of-it"]);
    let places = ["leads.rhai:3", "leads.rhai:4", "watches.rhai:4", "watches.rhai:5"];
    assert_eq!(loaded.places(), places);
}

#[test]
fn an_error_in_a_function_without_a_name_tells_its_line() {
    let lua = "cliengo.testing.keep(function(contact)
        error('broken')
    end)";
    let rhai = "cliengo.testing.keep(|contact| {
        throw \"broken\";
    });";
    for file in [("leads.lua", lua), ("leads.rhai", rhai)] {
        let failure = Loaded::of(&[file]).call(0).unwrap_err();
        assert_eq!(failure.error.message, "broken");
        let frames: Vec<_> = failure.frames.iter().map(|it| (it.line, &it.function)).collect();
        assert_eq!(frames, [(2, &None)], "{}", file.0);
    }
}

#[test]
fn what_a_refused_call_was_given_is_not_kept() {
    let lua = "pcall(cliengo.testing.keep, 5, function() end)
        pcall(cliengo.testing.keep, { on_failur = print }, print)
        cliengo.testing.keep(function() return 'kept' end)";
    let rhai = "try { cliengo.testing.keep(5, || 1); } catch {}
        try { cliengo.testing.keep(#{ on_failur: || 1 }, || 1); } catch {}
        cliengo.testing.keep(|| \"kept\");";
    for file in [("leads.lua", lua), ("leads.rhai", rhai)] {
        let mut loaded = Loaded::of(&[file]);
        assert_eq!(loaded.results(), ["kept"]);
        for number in (1..10).filter(|number| *number != loaded.kept[0].number) {
            let gone = Callback { number, place: String::new() };
            let context = Context::builder().build();
            loaded.script.call(&gone, &[], &context).unwrap_err();
        }
    }
}

#[test]
fn a_function_can_be_given_away_in_a_later_call() {
    let lua = "cliengo.testing.keep(function(contact)
        cliengo.testing.keep(function() return contact.name end)
    end)";
    let rhai = "cliengo.testing.keep(|contact| {
        cliengo.testing.keep(|| contact.name);
    });";
    for file in [("leads.lua", lua), ("leads.rhai", rhai)] {
        let mut loaded = Loaded::of(&[file]);
        assert_eq!(loaded.call(0).unwrap(), Value::Null);
        loaded.kept.extend(keeping::taken());
        assert_eq!(loaded.call(1).unwrap(), "Ana", "{}", file.0);
        assert_eq!(loaded.places()[1], format!("{}:2", file.0));
    }
}
