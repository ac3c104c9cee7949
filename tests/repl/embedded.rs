//! Point 10: an embedder's program opens the same prompt on its own host, with its own functions.

use cliengo::Host;
use cliengo::api::{OwnFunction, ParamType};
use cliengo::client::Client;
use cliengo::repl::Repl;
use serde_json::Value;

use crate::prompt::BOTH;
use crate::prompt::Language::{self, Lua, Rhai};
use crate::support::{Account, Program, Screen, key};

#[path = "../../examples/own_prompt.rs"]
mod own_prompt;

/// Where the embedder's program finds its account. The tests that run the program set it.
const ACCOUNT: &str = "EMBEDDER_ACCOUNT";

/// The embedder's program: this test, called anew by those below.
#[test]
fn program() {
    let Ok(url) = std::env::var(ACCOUNT) else { return };
    let client = Client::builder().base_url(&url).api_key(crate::support::KEY).build().unwrap();
    let host = Host::builder().client(client).register(score()).unwrap().build();
    let language = match std::env::var("EMBEDDER_LANGUAGE").as_deref() {
        Ok("rhai") => cliengo::engine::Language::Rhai,
        _ => cliengo::engine::Language::Lua,
    };
    let folder = std::env::current_dir().unwrap();
    let repl = Repl::new(host).language(language).folder(folder).greeting("Welcome to the desk.");
    repl.run().unwrap();
}

/// The program of `examples/`, likewise.
#[test]
fn example() {
    if std::env::var_os(ACCOUNT).is_some() {
        own_prompt::main().unwrap();
    }
}

fn score() -> OwnFunction {
    OwnFunction::new("crm.score", |(contact, weight): (Value, Option<f64>), _| async move {
        let name = contact["name"].as_str().unwrap_or_default().chars().count();
        Ok(name as f64 * weight.unwrap_or(1.0))
    })
    .param("contact", ParamType::Any, "The contact to judge.")
    .optional_param("weight", ParamType::Any, "How much a letter counts.")
    .returns("a number")
    .doc("Says how good a lead is.")
    .example("return crm.score({ name = 'Ana' })", "crm.score(#{ name: \"Ana\" })", "3")
}

/// The embedder's program on a terminal.
fn open(account: &Account, language: Language) -> Screen {
    let program = call("program").variable("EMBEDDER_LANGUAGE", language.name());
    let mut screen = program.variable(ACCOUNT, &account.emulator.base_url()).screen_of(40, 100);
    screen.prompt();
    screen
}

/// A call of one of the tests above by itself.
fn call(test: &str) -> Program {
    let this = std::env::current_exe().unwrap();
    let begin = format!("exec '{}' embedded::{test} --exact --nocapture", this.display());
    Program::new(&[]).after(&begin)
}

#[test]
fn the_example_opens_and_knows_its_function() {
    let mut screen = call("example").variable(ACCOUNT, "of its own").screen();
    screen.prompt().shows("our crm");
    assert_eq!(screen.answers("crm.score({ rating = 4, phone = '+54' }, 2)"), "9");
    assert_eq!(screen.answers("cliengo.contacts.count()"), "250");
    assert!(screen.answers(".help crm.score").contains("Says how good a lead is."));
}

#[test]
fn it_greets_in_its_own_words_and_works_on_its_account() {
    for language in BOTH {
        let account = Account::start();
        let mut screen = open(&account, language);
        screen.shows("Welcome to the desk.");
        assert_eq!(screen.answers("cliengo.contacts.count()"), "120");
        assert!(screen.answers("cliengo.contacts.list()").contains("120 contacts"));
    }
}

#[test]
fn its_functions_are_called_completed_hinted_and_explained() {
    for (language, call) in
        [(Lua, "crm.score({ name = 'Ana' }, 2)"), (Rhai, "crm.score(#{ name: \"Ana\" }, 2)")]
    {
        let account = Account::start();
        let mut screen = open(&account, language);
        assert!(["6", "6.0"].contains(&screen.answers(call).as_str()));
        let help = screen.answers(".help crm.score");
        for words in
            ["crm.score(", "weight", "How much a letter counts.", "Says how good a lead is."]
        {
            assert!(help.contains(words), "no {words}: {help}");
        }
        screen.types("crm.sc\t").until("completion", |shown| shown.line().0.contains("crm.score"));
        screen.types(key::CTRL_U).prompt().types("crm.score(");
        screen.until("hint", |shown| {
            let hint = shown.line().1;
            hint.contains("contact") && hint.contains("weight")
        });
        screen.types(key::CTRL_U).prompt();
        let answer = screen.answers("crm.scroe(1)");
        assert!(answer.contains("did you mean \"score\""), "{answer}");
        assert!(screen.answers(".example crm.score").ends_with('3'));
    }
}

#[test]
fn its_prompt_is_interrupted_and_left_like_the_programs_own() {
    let account = Account::start();
    let mut screen = open(&account, Lua);
    screen.enters("print('be' .. 'gun') while true do end");
    screen.shows("begun").tells(key::CTRL_C, "cancelled").prompt();
    assert_eq!(screen.answers("1 + 1"), "2");
    screen.types(key::CTRL_D);
    assert_eq!(screen.end().0, Some(0));
}
