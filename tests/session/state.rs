//! What a line leaves to the next one.

use cliengo::engine::{Language, Shape};
use serde_json::json;

use crate::support::{BOTH, Prompt};

fn lua() -> Prompt {
    Prompt::new(Language::Lua)
}

fn rhai() -> Prompt {
    Prompt::new(Language::Rhai)
}

#[test]
fn an_expression_gives_its_value_and_is_the_last_result() {
    for language in BOTH {
        let mut prompt = Prompt::new(language);
        assert_eq!(prompt.value("20 + 1"), 21);
        assert_eq!(prompt.value("_ * 2"), 42);
        assert_eq!(prompt.value("_"), 42);
        assert_eq!(prompt.session.last(), Shape::Value(json!(42)));
    }
}

#[test]
fn what_gives_nothing_leaves_the_last_result() {
    for (language, line) in [(Language::Lua, "x = 1"), (Language::Rhai, "let x = 1;")] {
        let mut prompt = Prompt::new(language);
        prompt.line("7");
        assert_eq!(prompt.line(line), Shape::Nothing);
        assert_eq!(prompt.value("_"), 7);
    }
}

#[test]
fn the_locals_of_a_line_of_lua_outlive_it() {
    let mut prompt = lua();
    prompt.line("local x, y = 5, 'é local z' -- local w = 1");
    assert_eq!(prompt.value("x .. y"), "5é local z");
    prompt.line("local x = x + 1; local n: number, t: { string } = 3, {}");
    assert_eq!(prompt.value("x + n"), 9);
    prompt.line(
        "local function factorial(n)\n  return if n < 2 then 1 else n * factorial(n - 1)\nend",
    );
    assert_eq!(prompt.value("factorial(5)"), 120);
    prompt.line("local x, y");
    assert_eq!(prompt.value("tostring(x) .. tostring(y)"), "nilnil");
    prompt.line("local x = x or 'again' const fixed = 'const a'");
    assert_eq!(prompt.value("fixed"), "const a");
    assert_eq!(prompt.value("x"), "again");
}

#[test]
fn the_locals_of_a_block_of_lua_do_not() {
    let mut prompt = lua();
    prompt.line("for i = 1, 3 do local inner = i end");
    prompt.line("do local inner = 1 end if true then local inner = 2 end");
    prompt.line("function f() local inner = 3 return inner end f()");
    assert_eq!(prompt.line("inner"), Shape::Nothing);
}

#[test]
fn lua_that_declares_types_runs() {
    let mut prompt = lua();
    prompt.line("type Point = { x: number }");
    prompt.line("export type Other = Point?");
    prompt.line("local p: { x: number } = { x = 1 }");
    assert_eq!(prompt.value("p.x"), 1);
    prompt.line("local q: number | string? = 2");
    assert_eq!(prompt.value("q"), 2);
    prompt.line("local r: | number | string = 2");
}

#[test]
fn a_function_of_an_earlier_line_sees_the_values_of_now() {
    let mut prompt = lua();
    prompt.line("rate = 1 config = { rate = 1 }");
    prompt.line("function both() return rate + config.rate end");
    assert_eq!(prompt.value("both()"), 2);
    prompt.line("rate = 10 config = { rate = 20 }");
    assert_eq!(prompt.value("both()"), 30);
    prompt.line("function shout(text) return upper(text) end");
    prompt.line("upper = string.upper");
    assert_eq!(prompt.value("shout('ana')"), "ANA");
}

#[test]
fn the_variables_functions_and_imports_of_a_line_of_rhai_outlive_it() {
    let mut prompt = rhai();
    prompt.line("import \"list\" as list; let x = 5; const LIMIT = 10;");
    prompt.line("let x = x + 1; fn over(n) { n > global::LIMIT }");
    prompt.line("private fn twice(n) { n * 2 }");
    assert_eq!(prompt.value("twice(x)"), 12);
    assert_eq!(prompt.value("over(twice(x))"), true);
    assert_eq!(prompt.line("list::map([1, 2], |n| n + x)"), Shape::List(2));
    assert_eq!(prompt.session.items(0, 5).unwrap(), [7, 8]);
    prompt.failure("LIMIT = 3");
    prompt.line("{ let x = 100; } for x in 0..3 { }");
    assert_eq!(prompt.value("x"), 6);
}

#[test]
fn a_later_function_of_rhai_takes_the_place_of_the_one_with_as_many_parameters() {
    let mut prompt = rhai();
    prompt.line("fn f(a) { 1 } fn f(a, b) { 2 } fn calls() { f(0) }");
    prompt.line("let given = Fn(\"f\");");
    prompt.line("fn f(a) { 10 }");
    assert_eq!(prompt.value("f(0) + f(0, 0)"), 12);
    assert_eq!(prompt.value("calls()"), 10);
    assert_eq!(prompt.value("given.call(0)"), 10);
    assert_eq!(prompt.line("[1].map(given)"), Shape::List(1));
    assert_eq!(prompt.session.items(0, 1).unwrap(), [10]);
}

#[test]
fn a_closure_of_rhai_shares_what_it_captured() {
    let mut prompt = rhai();
    prompt.line("let count = 0; let more = || { count += 1; count };");
    prompt.line("more.call(); more.call();");
    assert_eq!(prompt.value("count"), 2);
    prompt.line("count = 40;");
    assert_eq!(prompt.value("more.call()"), 41);
    prompt.line("let count = 0;");
    assert_eq!(prompt.value("more.call()"), 42);
}

#[test]
fn the_last_result_of_rhai_is_told_from_the_last_case_of_a_switch() {
    let mut prompt = rhai();
    prompt.line("4");
    assert_eq!(prompt.value("switch _ { 1 => 2, 4 => { 8 } _ => _ }"), 8);
    assert_eq!(prompt.value("switch 5 { 1 => 2, _ => _ + switch 1 { 1 => _, _ => 0 } }"), 16);
    assert_eq!(prompt.value("`<${_}> ${switch 0 { _ => _ }}`"), "<16> 16");
    prompt.line("[1, 2].map(|_| _ * 2)");
    prompt.line("for _ in 0..3 { } let _ = _[1]; ");
    assert_eq!(prompt.value("_"), 4);
}

#[test]
fn a_line_that_fails_half_way_keeps_what_came_before() {
    let mut prompt = lua();
    prompt.failure("local a = 1 error('half') local b = 2");
    assert_eq!(prompt.value("tostring(a) .. tostring(b)"), "1nil");
    let mut prompt = rhai();
    prompt.failure("let a = 1; fn f() { 3 } if true { let c = 1; throw \"half\"; } let b = 2;");
    assert_eq!(prompt.value("a + f()"), 4);
    prompt.failure("b");
    prompt.failure("c");
}

#[test]
fn a_line_that_does_not_parse_does_nothing() {
    for (language, line) in [(Language::Lua, "x = 1 x x"), (Language::Rhai, "let x = 1; x x")] {
        let mut prompt = Prompt::new(language);
        prompt.failure(line);
        assert!(prompt.session.variables().is_empty());
    }
}

#[test]
fn what_says_let_again_and_again_does_not_make_rhai_grow() {
    let mut prompt = rhai();
    for number in 0..100 {
        prompt.line(&format!("let x = {number}; let y = x; let x = x + 1;"));
    }
    assert_eq!(prompt.session.variables().len(), 2);
    assert_eq!(prompt.value("x + y"), 199);
}
