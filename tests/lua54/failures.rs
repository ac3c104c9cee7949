//! What is told of a script that fails.

use crate::fails;

#[test]
fn a_mistake_in_the_text_is_told_with_its_place() {
    let failure = fails("local a = 1\nx = = 2", "script.lua:2: unexpected symbol near '='");
    assert_eq!(failure.column, Some(5));
    let failure = fails("cliengo.contacts.list({ until = 'x' })", "up_to");
    assert_eq!(failure.frames[0].line, 1);
}

#[test]
fn an_error_is_told_with_the_calls_that_led_to_it() {
    let failure = fails("local function f() error('broken') end\n\nlocal x = f()", "broken");
    let lines: Vec<_> = failure.frames.iter().map(|frame| frame.line).collect();
    assert_eq!((failure.error.message.as_str(), lines), ("broken", vec![1, 3]));
}

#[test]
fn an_error_that_a_function_of_ours_found_is_told_at_the_scripts_line() {
    let failure = fails("\ncliengo.contacts.get(5)", "contacts.get: id");
    assert_eq!(failure.frames[0].line, 2);
    let failure = fails("\n\nsetmetatable(1, {})", "bad argument");
    assert_eq!((failure.frames[0].file.as_str(), failure.frames[0].line), ("script.lua", 3));
}

#[test]
fn a_file_with_a_long_name_is_told_whole() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join(format!("{}.lua", "long".repeat(20)));
    std::fs::write(&script, "\nerror('broken')").unwrap();
    let source = cliengo::engine::Source::from_file(&script, None).unwrap();
    let context = cliengo::api::Context::builder().build();
    let limits = cliengo::engine::Limits::default();
    let executor = cliengo::engine::Executor::own();
    let failure = cliengo::engine::run(&source, &context, limits, executor).unwrap_err();
    let frame = &failure.frames[0];
    assert_eq!((frame.file.as_str(), frame.line), (script.to_str().unwrap(), 2));
    assert_eq!((failure.error.message.as_str(), failure.frames.len()), ("broken", 1));
}

#[test]
fn a_call_of_ours_that_is_returned_as_it_is_is_told_with_its_line() {
    let failure =
        fails("local function f()\nreturn cliengo.contacts.get(5)\nend\nlocal x = f()", "id");
    let lines: Vec<_> = failure.frames.iter().map(|frame| frame.line).collect();
    assert_eq!(lines, [2, 4]);
}
