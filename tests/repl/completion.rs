//! Point 3: completion from the registry and the live state.

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::{BOTH, Prompt};
use crate::support::key;
use crate::typing::{completes, lists};

#[test]
fn the_registrys_functions_are_completed() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        completes(&mut prompt, "clie", "cliengo");
        completes(&mut prompt, "cliengo.cont", "cliengo.contacts");
        completes(&mut prompt, "cliengo.contacts.set_st", "cliengo.contacts.set_status");
        completes(&mut prompt, "1 + cliengo.contacts.cou", "1 + cliengo.contacts.count");
    }
}

#[test]
fn all_that_goes_on_from_here_is_listed() {
    let mut prompt = Prompt::open(Lua);
    lists(&mut prompt, "cliengo.con", &["contacts", "conversations"]);
}

#[test]
fn functions_are_listed_with_what_they_do() {
    for language in BOTH {
        let mut prompt = Prompt::sized(language, 50, 100);
        let listed =
            lists(&mut prompt, "cliengo.contacts.", &["count(", "delete(", "update(", "upsert("]);
        let row = listed.lines().find(|row| row.trim_start().starts_with("count")).unwrap();
        assert!(row.split_whitespace().count() > 3, "no doc: {row}");
    }
}

#[test]
fn names_of_filters_and_fields_are_completed_in_a_call() {
    let mut lua = Prompt::open(Lua);
    completes(&mut lua, "cliengo.contacts.list{ stat", "cliengo.contacts.list{ status = ");
    completes(&mut lua, "cliengo.contacts.list({ assig", "cliengo.contacts.list({ assigned_to = ");
    completes(
        &mut lua,
        "cliengo.contacts.update(id, { pho",
        "cliengo.contacts.update(id, { phone = ",
    );
    completes(
        &mut lua,
        "cliengo.watch.new_contacts({ eve",
        "cliengo.watch.new_contacts({ every = ",
    );
    lists(&mut lua, "cliengo.contacts.list{ ", &["status", "since", "up_to", "limit"]);
    let mut rhai = Prompt::open(Rhai);
    completes(&mut rhai, "cliengo.contacts.list(#{ stat", "cliengo.contacts.list(#{ status: ");
    completes(
        &mut rhai,
        "cliengo.contacts.update(id, #{ pho",
        "cliengo.contacts.update(id, #{ phone: ",
    );
}

#[test]
fn a_name_that_is_given_already_is_not_offered_again() {
    let mut prompt = Prompt::open(Lua);
    let given = "cliengo.contacts.list{ status = 'NEW', s";
    completes(&mut prompt, given, "cliengo.contacts.list{ status = 'NEW', since");
}

#[test]
fn the_values_of_a_choice_are_completed() {
    let mut lua = Prompt::open(Lua);
    completes(
        &mut lua,
        "cliengo.contacts.list{ status = 'LON",
        "cliengo.contacts.list{ status = 'LONG_TERM",
    );
    completes(
        &mut lua,
        "cliengo.contacts.set_status(id, 'CL",
        "cliengo.contacts.set_status(id, 'CLIENT",
    );
    lists(
        &mut lua,
        "cliengo.contacts.list{ status = \"",
        &["NEW", "ACTIVE", "LONG_TERM", "CLIENT"],
    );
    let mut rhai = Prompt::open(Rhai);
    completes(
        &mut rhai,
        "cliengo.contacts.list(#{ status: \"N",
        "cliengo.contacts.list(#{ status: \"NEW",
    );
    completes(&mut rhai, "contact.status == \"AC", "contact.status == \"ACTIVE");
}

#[test]
fn variables_and_their_members_are_completed_as_soon_as_they_live() {
    for (language, define) in [
        (
            Lua,
            [
                "local customers_of_may = { 1 }",
                "local lead = cliengo.contacts.find()",
                "function greet_all() end",
            ],
        ),
        (
            Rhai,
            [
                "let customers_of_may = [1];",
                "let lead = cliengo.contacts.find();",
                "fn greet_all() { }",
            ],
        ),
    ] {
        let mut prompt = Prompt::open(language);
        for line in define {
            prompt.answers(line);
        }
        completes(&mut prompt, "custo", "customers_of_may");
        completes(&mut prompt, "gree", "greet_all");
        completes(&mut prompt, "lead.creationD", "lead.creationDate");
        lists(&mut prompt, "lead.website", &["websiteId", "websiteName"]);
    }
}

#[test]
fn the_languages_own_words_are_completed() {
    let mut lua = Prompt::open(Lua);
    completes(&mut lua, "func", "function");
    completes(&mut lua, "string.rev", "string.reverse");
    completes(&mut lua, "tostr", "tostring");
    completes(&mut Prompt::open(Rhai), "swit", "switch");
}

#[test]
fn nothing_is_completed_in_a_comment_or_in_other_text() {
    let mut prompt = Prompt::open(Lua);
    completes(&mut prompt, "cliengo.cont", "cliengo.contacts");
    for typed in ["-- cliengo.cont", "print('cliengo.cont"] {
        prompt.types(key::CTRL_U).prompt().typed(typed).types(key::TAB).types("!");
        prompt.until("the text as it was", |shown| shown.line().0.ends_with(&format!("{typed}!")));
    }
}
