//! Point 7: Ctrl-C at a line that is typed, and the ways out.

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::{BOTH, Prompt};
use crate::support::{key, signal};

/// What a line shows once it runs: not what it says in the line itself.
const BEGUN: &str = "begun";

#[test]
fn at_a_line_that_is_being_typed_it_clears_the_line() {
    let mut prompt = Prompt::open(Lua);
    prompt.typed("cliengo.contacts.delete(").types(key::CTRL_C).prompt();
    assert_eq!(prompt.answers("1 + 1"), "2");
    // Such a clearing is no first step of leaving.
    prompt.typed("half").types(key::CTRL_C).prompt();
    prompt.tells(key::CTRL_C, "Ctrl-D").prompt();
    assert_eq!(prompt.answers("1 + 2"), "3");
}

#[test]
fn a_block_that_is_being_typed_is_cleared_whole() {
    for (language, first) in [(Lua, "function f()"), (Rhai, "fn f() {")] {
        let mut prompt = Prompt::open(language);
        prompt.typed(first).types(key::ENTER).typed("  1 +").types(key::CTRL_C).prompt();
        assert_eq!(prompt.answers("1 + 1"), "2");
    }
}

#[test]
fn at_an_empty_prompt_a_second_one_leaves() {
    let mut prompt = Prompt::open(Lua);
    prompt.tells(key::CTRL_C, "Ctrl-D").prompt();
    prompt.types(key::CTRL_C);
    assert_eq!(prompt.leaves(), Some(0));
}

#[test]
fn a_line_in_between_takes_the_first_one_back() {
    let mut prompt = Prompt::open(Lua);
    prompt.tells(key::CTRL_C, "Ctrl-D").prompt();
    prompt.answers("1 + 1");
    prompt.tells(key::CTRL_C, "Ctrl-D").prompt();
    assert_eq!(prompt.answers("1 + 2"), "3");
}

#[test]
fn the_one_that_ended_a_line_is_no_first_one() {
    let mut prompt = Prompt::open(Lua);
    prompt.enters("print('be' .. 'gun') while true do end");
    prompt.shows(BEGUN).tells(key::CTRL_C, "cancelled").prompt();
    prompt.tells(key::CTRL_C, "Ctrl-D").prompt();
    assert_eq!(prompt.answers("1 + 1"), "2");
}

#[test]
fn the_end_of_input_leaves_an_empty_prompt_and_no_other() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        prompt.typed("1 + 1").types(key::CTRL_D).types(key::ENTER).shows("2").prompt();
        prompt.types(key::CTRL_D);
        assert_eq!(prompt.leaves(), Some(0));
    }
}

#[test]
fn a_request_to_terminate_ends_the_program() {
    let mut prompt = Prompt::open(Lua);
    prompt.enters("print('be' .. 'gun') while true do end");
    prompt.shows(BEGUN);
    signal(prompt.id(), "TERM");
    prompt.until("end", |shown| shown.ended);
}
