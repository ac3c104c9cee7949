//! What a session tells of its values.

use cliengo::api::{Context, Registration};
use cliengo::engine::{Language, Shape, Variable};
use serde_json::json;

use crate::support::Prompt;

#[test]
fn a_list_is_told_by_its_length_and_read_in_pieces() {
    for (language, empty, list) in [
        (Language::Lua, "{ f = 1 }", "{ { n = 1 }, 'two', { 3, { 4 } }, print }"),
        (Language::Rhai, "[]", "[#{ n: 1 }, \"two\", [3, [4]], |a| a]"),
    ] {
        let mut prompt = Prompt::new(language);
        assert_eq!(prompt.session.last(), Shape::Nothing);
        assert!(prompt.session.items(0, 9).unwrap().is_empty());
        prompt.line(empty);
        assert!(prompt.session.items(0, 9).unwrap().is_empty());
        assert_eq!(prompt.line(list), Shape::List(4));
        assert_eq!(prompt.session.items(1, 2).unwrap(), [json!("two"), json!([3, [4]])]);
        assert_eq!(prompt.session.items(0, 1).unwrap(), [json!({ "n": 1 })]);
        let last = prompt.session.items(3, 9).unwrap();
        assert!(last[0].as_str().unwrap().starts_with("function"), "{last:?}");
        assert!(prompt.session.items(4, 9).unwrap().is_empty());
    }
}

#[test]
fn what_lua_has_beyond_json_is_told_in_words() {
    let mut prompt = Prompt::new(Language::Lua);
    prompt.line("function greet(name: string, times: number?, ...) end");
    for (line, expected) in [
        ("greet", "function(name, times, ...)"),
        ("function(a) end", "function(a)"),
        ("print", "function: print(…)"),
        ("math.floor", "function"),
        ("cliengo.contacts.get", "function: cliengo.contacts.get(id)"),
        ("0/0", "NaN"),
        ("coroutine.create(greet)", "coroutine"),
        ("{ on = greet, at = 1 }", "table with at, on"),
        ("cliengo.sites", "cliengo.sites: chatbot, chatbots, get, list"),
    ] {
        assert_eq!(prompt.line(line), Shape::Other(expected.to_owned()), "{line}");
    }
    assert_eq!(prompt.value("{ a = { b = true } }"), json!({ "a": { "b": true } }));
}

#[test]
fn what_rhai_has_beyond_json_is_told_in_words() {
    let mut prompt = Prompt::new(Language::Rhai);
    prompt.line("let bound = 1; fn greet(name, times) { }");
    for (line, expected) in [
        ("Fn(\"greet\")", "function(name, times)"),
        ("|a| a + bound", "function(a)"),
        ("0.0 / 0.0", "NaN"),
        ("1..3", "1..3"),
        ("#{ on: |a| a, at: 1 }", "object with at, on"),
        ("cliengo.sites", "cliengo.sites: chatbot, chatbots, get, list"),
    ] {
        assert_eq!(prompt.line(line), Shape::Other(expected.to_owned()), "{line}");
    }
    assert_eq!(prompt.value("#{ a: #{ b: true } }"), json!({ "a": { "b": true } }));
}

fn variable(prompt: &Prompt, name: &str) -> Variable {
    prompt.session.variables().into_iter().find(|known| known.name == name).unwrap()
}

#[test]
fn variables_are_told_by_name_kind_and_members() {
    for (language, lines) in [
        (
            Language::Lua,
            [
                "contact = { id = '5', websiteId = '7' } list = { contact, contact }",
                "text = string.rep('é', 200) number = 2.5 yes = true function add(a, b) end",
            ],
        ),
        (
            Language::Rhai,
            [
                "let contact = #{ id: \"5\", websiteId: \"7\" }; let list = [contact, contact];",
                "let text = \"\"; text.pad(200, 'é'); let number = 2.5; let yes = true; fn add(a, b) { }",
            ],
        ),
    ] {
        let mut prompt = Prompt::new(language);
        lines.iter().for_each(|line| drop(prompt.line(line)));
        prompt.line("1 + 1");
        let variables = prompt.session.variables();
        let names: Vec<_> = variables.iter().map(|known| known.name.as_str()).collect();
        assert_eq!(names, ["add", "contact", "list", "number", "text", "yes"]);
        let kinds: Vec<_> = variables.iter().map(|known| known.kind.as_str()).collect();
        assert_eq!(kinds, ["function", "contact", "list of 2", "number", "text", "truth"]);
        prompt.line(if language == Language::Lua {
            "none = 0 / 0"
        } else {
            "let none = 0.0 / 0.0;"
        });
        assert_eq!(variable(&prompt, "none").shown, "NaN");
        let place = prompt.session.function("add").unwrap().place;
        assert_eq!(place, "(prompt 2):1");
        let add = variable(&prompt, "add");
        assert_eq!((add.shown.as_str(), add.parameters.len()), ("function(a, b)", 2));
        let contact = variable(&prompt, "contact");
        assert_eq!(contact.shown, r#"{"id":"5","websiteId":"7"}"#);
        assert_eq!(contact.members, ["id", "websiteId"]);
        assert_eq!(variable(&prompt, "list").members, ["id", "websiteId"]);
        let text = variable(&prompt, "text");
        assert_eq!(text.shown.chars().count(), 80);
        assert!(text.shown.ends_with('…'));
    }
}

#[test]
fn a_module_is_known_under_whatever_name_it_was_loaded() {
    for (language, line) in [
        (Language::Lua, "words = require 'text' tables = require('csv')"),
        (Language::Rhai, "import \"text\" as words; import \"csv\" as tables;"),
    ] {
        let mut prompt = Prompt::new(language);
        prompt.line(line);
        let words = variable(&prompt, "words");
        assert_eq!(words.module, Some("text"));
        assert!(words.members.contains(&"fold".to_owned()), "{words:?}");
        let tables = variable(&prompt, "tables");
        assert_eq!((tables.module, tables.members.len()), (Some("csv"), 2));
    }
}

#[test]
fn a_function_of_a_session_can_be_called_later() {
    for (language, define, again, closure) in [
        (
            Language::Lua,
            "count = 0 function on_lead(lead, event) count = count + 1 return greet(lead) end \
             function greet(lead) return 'Hi ' .. lead.name end",
            "function greet(lead) return 'Hello ' .. lead.name end",
            "function(lead) return greet(lead) .. count end",
        ),
        (
            Language::Rhai,
            "let count = 0; fn greet(lead) { `Hi ${lead.name}` } fn on_lead(lead, event) { greet(lead) }",
            "fn greet(lead) { `Hello ${lead.name}` } count += 1;",
            "|lead| { greet(lead) + count }",
        ),
    ] {
        let mut prompt = Prompt::new(language);
        let lead = || vec![r#"{ "name": "Ana" }"#.into()];
        prompt.line(define);
        let on_lead = prompt.session.function("on_lead").unwrap();
        assert_eq!(prompt.session.function("on_lead").unwrap().number, on_lead.number);
        assert_eq!(prompt.call(&on_lead, lead()).unwrap(), "Hi Ana");
        // What was given away sees what it calls as it is now.
        prompt.line(again);
        assert_eq!(prompt.call(&on_lead, lead()).unwrap(), "Hello Ana");
        prompt.line(closure);
        let last = prompt.session.last_function().unwrap();
        let count = if language == Language::Lua { 2 } else { 1 };
        assert_eq!(prompt.call(&last, lead()).unwrap(), format!("Hello Ana{count}"));
        assert_eq!(prompt.session.function("nowhere"), None);
        prompt.line("7");
        assert_eq!(prompt.session.last_function(), None);
    }
}

#[test]
fn a_call_that_fails_names_the_line_of_the_function() {
    for (language, define) in [
        (Language::Lua, "function f(x)\n  return x.y.z\nend"),
        (Language::Rhai, "fn f(x) {\n  throw \"no\"\n}"),
    ] {
        let mut prompt = Prompt::new(language);
        prompt.line("1");
        prompt.line(define);
        prompt.line("2");
        let f = prompt.session.function("f").unwrap();
        let failure = prompt.call(&f, vec!["{}".into()]).unwrap_err();
        let frame = &failure.frames[0];
        assert_eq!((frame.file.as_str(), frame.line), ("(prompt 2)", 2), "{failure:?}");
    }
}

#[test]
fn a_watch_that_a_line_asks_for_keeps_its_function() {
    for (language, line) in [
        (Language::Lua, "cliengo.watch.new_contacts(function(contact) seen = contact.name end)"),
        (
            Language::Rhai,
            "let seen = \"\"; cliengo.watch.new_contacts(|contact| { seen = contact.name; })",
        ),
    ] {
        let mut prompt = Prompt::new(language);
        let context = Context::builder().build();
        prompt.try_line_under(line, &context).unwrap();
        let Registration::Watch(watch) = context.registrations().list().remove(0) else {
            panic!("{line} asks for no watch");
        };
        let handler = watch.handler;
        prompt.call(&handler, vec![r#"{ "name": "Ana" }"#.into()]).unwrap();
        assert_eq!(prompt.value("seen"), "Ana");
    }
}

#[test]
fn what_has_no_form_as_data_is_told_member_by_member() {
    for (language, line, expected) in [
        (Language::Lua, "{ a = 1, f = function(x) end }", "a 1|f function(x)"),
        (Language::Lua, "{ [1] = 1, [1000000] = 2, name = 'x' }", "1 1|1000000 2|name \"x\""),
        (
            Language::Lua,
            "(function() local t = { n = 1 } t.own = { 1, 2 } t.t = t.own return t end)()",
            "n 1|own [1,2]|t [1,2]",
        ),
        (Language::Rhai, "#{ a: 1, f: |x| x }", "a 1|f function(x)"),
        (Language::Lua, "cliengo.contacts", ""),
        (Language::Lua, "{ 1, 2 }", ""),
    ] {
        let mut prompt = Prompt::new(language);
        prompt.line(line);
        let members = prompt.session.members();
        let shown: Vec<_> =
            members.iter().map(|member| format!("{} {}", member.name, member.shown)).collect();
        assert_eq!(shown.join("|"), expected, "{line}");
    }
}

#[test]
fn what_holds_itself_is_told_as_far_as_fits_on_a_line() {
    let mut prompt = Prompt::new(Language::Lua);
    prompt.line("c = { n = 1 }; c.own = c");
    prompt.line("c");
    let members = prompt.session.members();
    assert_eq!(members[0].shown, "1");
    assert!(members[1].shown.contains('…'), "{members:?}");
}
