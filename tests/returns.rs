//! What a function gives is of the type that the registry says, in both languages.

#![cfg(all(feature = "lua", feature = "rhai", feature = "emulator"))]
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use cliengo::api::{ApiFn, Context, MemorySteps, OwnFunction, Permissions, Registry, ReturnType};
use cliengo::client::Client;
use cliengo::emulator::{Emulator, EmulatorOptions};
use cliengo::engine::{Executor, Language, Limits, Source, run};
use serde_json::Value;

/// A call of each function that gives something of every kind that it can give. Both languages read it: `ID`,
/// `SITE`, `NONE` and `CHAT` stand for ids.
const CALLS: &[(&str, &str)] = &[
    ("contacts.list", "()"),
    ("contacts.each", "()"),
    ("contacts.count", "()"),
    ("contacts.find", "()"),
    ("contacts.get", "(ID)"),
    ("contacts.create", "({ websiteId = SITE, name = 'Ana' })"),
    ("contacts.update", "(ID, { rating = 5 })"),
    ("contacts.delete", "(ID)"),
    ("contacts.get_many", "([ID, NONE])"),
    ("contacts.create_many", "([{ websiteId = SITE }, { nmae = 'Leo' }])"),
    ("contacts.update_many", "([{ id = ID, rating = 5 }, { id = NONE, rating = 5 }])"),
    ("contacts.delete_many", "([ID, NONE])"),
    ("contacts.upsert", "('email', { websiteId = SITE, email = 'ana@example.com' })"),
    ("contacts.set_status", "(ID, 'CLIENT')"),
    ("contacts.add_tag", "(ID, 'vip')"),
    ("contacts.notes", "(ID)"),
    ("contacts.add_note", "(ID, 'called')"),
    ("contacts.messages", "(ID)"),
    ("contacts.add_message", "(ID, 'hello')"),
    ("contacts.history", "(ID)"),
    ("account.get", "()"),
    ("sites.list", "()"),
    ("sites.get", "(SITE)"),
    ("sites.chatbot", "(SITE)"),
    ("sites.chatbots", "()"),
    ("users.list", "()"),
    ("users.get", "(USER)"),
    ("conversations.list", "()"),
    ("conversations.get", "(CHAT)"),
    ("conversations.messages", "(CHAT)"),
    ("conversations.count", "(SITE)"),
    (
        "conversations.create",
        "({ companyId = 'a', websiteId = SITE, channel = 'WEB', from = 'API' })",
    ),
    ("call", "({ path = '/account' })"),
    ("env", "('NOT_SET')"),
    ("log.debug", "('a')"),
    ("log.info", "('a')"),
    ("log.warn", "('a')"),
    ("log.error", "('a')"),
    ("sleep", "(0)"),
    ("now", "()"),
    ("once", "('key', STEP)"),
    ("watch.new_contacts", "({ id = 'a' }, STEP)"),
    ("watch.updated_contacts", "({ id = 'a' }, STEP)"),
    ("watch.deleted_contacts", "({ id = 'a' }, STEP)"),
    ("schedule.cron", "('@daily', { id = 'a' }, STEP)"),
    ("schedule.every", "('1h', { id = 'a' }, STEP)"),
];

/// The script that makes the call and gives what it gives; a sequence as a list.
fn script(path: &str, arguments: &str, language: Language) -> String {
    let ids = [
        ("ID", "contacts.find().id"),
        ("SITE", "sites.list()[0].id"),
        ("USER", "users.list()[0].id"),
        ("CHAT", "conversations.list()[0].id"),
    ];
    let is_sequence = path == "contacts.each";
    let mut arguments =
        arguments.replace('\'', "\"").replace("NONE", "\"000000000000000000000000\"");
    for (word, code) in ids {
        arguments = arguments.replace(word, &format!("cliengo.{code}"));
    }
    match language {
        Language::Lua => {
            let arguments =
                arguments.replace("[0]", "[1]").replace("STEP", "function() return 1 end");
            let arguments = arguments.replace("([", "({").replace("])", "})");
            match is_sequence {
                true => format!(
                    "local all = {{}} for it in cliengo.{path}{arguments} do table.insert(all, it) end return all"
                ),
                false => format!("return cliengo.{path}{arguments}"),
            }
        }
        Language::Rhai => {
            let arguments =
                arguments.replace("{ ", "#{ ").replace(" = ", ": ").replace("STEP", "|| 1");
            match is_sequence {
                true => format!(
                    "let all = []; for it in cliengo.{path}{arguments} {{ all.push(it); }} all"
                ),
                false => format!("cliengo.{path}{arguments}"),
            }
        }
    }
}

fn given(code: &str, language: Language) -> Result<Value, String> {
    let emulator = Emulator::start(EmulatorOptions::default()).unwrap();
    let client = Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
    let context = Context::builder()
        .client(client.build().unwrap())
        .steps(Arc::new(MemorySteps::default()))
        .permissions(Permissions::none().allow_env("NOT_SET"))
        .build();
    let source = Source { expression: false, ..Source::from_code(code, language) };
    run(&source, &context, Limits::default(), Executor::own()).map_err(|error| error.to_string())
}

#[test]
fn every_function_gives_a_value_of_its_type_in_both_languages() {
    let mut wrong = Vec::new();
    for function in Registry::builtin().functions() {
        let call = CALLS.iter().find(|(path, _)| *path == function.path);
        let (path, arguments) = call.unwrap_or_else(|| panic!("{} is not called", function.path));
        for language in [Language::Lua, Language::Rhai] {
            let result = given(&script(path, arguments, language), language);
            if !result.as_ref().is_ok_and(|value| function.gives.fits(value)) {
                wrong.push(format!(
                    "{path} in {language:?}: {result:?} is no {}",
                    function.gives.describe()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_records_name_is_what_the_api_sends() {
    for function in Registry::builtin().functions() {
        let record = match function.gives {
            ReturnType::Record(record) | ReturnType::List(&ReturnType::Record(record)) => record,
            _ => continue,
        };
        let (path, arguments) = CALLS.iter().find(|(path, _)| *path == function.path).unwrap();
        let value = given(&script(path, arguments, Language::Lua), Language::Lua).unwrap();
        let first = value.get(0).unwrap_or(&value);
        for name in first.as_object().into_iter().flat_map(|it| it.keys()) {
            let known = record.fields.iter().any(|field| field.name == name);
            assert!(known, "{} has no field {name}, which {path} gives", record.name);
        }
    }
}

/// The functions of the standard library's modules.
fn of_modules<'a>() -> impl Iterator<Item = &'a ApiFn> {
    cliengo::stdlib::MODULES.iter().flat_map(|module| module.functions)
}

#[test]
fn what_the_example_of_a_module_gives_is_of_the_functions_type() {
    for function in of_modules() {
        let given: Value = serde_json::from_str(function.example.expect).unwrap();
        // An example may give a part of it.
        let whole = function.example.rhai.trim_end().ends_with(')');
        assert!(!whole || function.gives.fits(&given), "{}", function.path);
    }
}

#[test]
fn the_words_and_the_type_of_a_result_say_the_same() {
    let registry = Registry::builtin();
    let builtin: Vec<&ApiFn> = registry.functions().map(|function| &**function).collect();
    for function in builtin.into_iter().chain(of_modules()) {
        let (words, gives) = (function.returns, function.gives);
        assert_eq!(words == "nothing", gives == ReturnType::Nothing, "{}", function.path);
        let list = matches!(gives, ReturnType::List(_) | ReturnType::Outcomes(_));
        assert_eq!(words.starts_with("a list"), list, "{}", function.path);
        let optional = matches!(gives, ReturnType::Optional(_));
        assert_eq!(words.contains("or nothing"), optional, "{}", function.path);
    }
}

#[test]
fn an_own_function_gives_any_value_unless_told() {
    let own = |gives: Option<ReturnType>| {
        let function = OwnFunction::new("crm.score", |(): (), _| async { Ok(1) });
        let function = match gives {
            Some(gives) => function.gives(gives),
            None => function,
        };
        let registry = Registry::builtin().with(function.doc("Scores.")).unwrap();
        registry.find("crm.score").unwrap().gives
    };
    assert_eq!(own(None), ReturnType::Any);
    assert_eq!(own(Some(ReturnType::Integer)), ReturnType::Integer);
}
