use super::*;
use crate::engine::Language::{self, Lua, Rhai};
use crate::repl::editor::tests::known;

/// What stands behind the line; with `=` in front where it can be taken over.
fn ghost(line: &str, language: Language) -> String {
    let earlier = || Some("print(\"earlier\")".to_owned()).filter(|it| it.starts_with(line));
    match hint(line, &known(language), earlier) {
        None => String::new(),
        Some(ghost) => format!("{}{}", if ghost.is_text { "=" } else { "" }, ghost.shown),
    }
}

#[test]
fn the_rest_of_the_signature_stands_behind_a_call() {
    assert_eq!(ghost("cliengo.contacts.update(", Lua), "id, fields)");
    assert_eq!(ghost("cliengo.contacts.update(i", Lua), ", fields)");
    assert_eq!(ghost("cliengo.contacts.update(f(1, 2)", Lua), ", fields)");
    assert_eq!(ghost("cliengo.contacts.update(id, ", Rhai), "fields)");
    assert_eq!(ghost("cliengo.contacts.update(id, x", Rhai), ")");
    assert_eq!(ghost("cliengo.contacts.update(id, {", Lua), " fields })");
    assert_eq!(ghost("cliengo.contacts.list{", Lua), " filter? }");
    assert_eq!(ghost("cliengo.contacts.list{ status = ", Lua), "");
    assert_eq!(ghost("cliengo.account.get(", Lua), ")");
    assert_eq!(ghost("cliengo.contacts.get(1, ", Lua), "");
    assert_eq!(ghost("cliengo.contacts.get(1)", Lua), "");
    assert_eq!(ghost("json::encode(", Rhai), "value, opts?)");
    assert_eq!(ghost("json::encode(1, ", Rhai), "opts?)");
    assert_eq!(ghost("list::sort_by(", Rhai), "items, by, order?)");
}

#[test]
fn a_function_of_the_session_has_its_parameters() {
    assert_eq!(ghost("score(", Lua), "contact, weight)");
    assert_eq!(ghost("score(ana, ", Lua), "weight)");
    assert_eq!(ghost("ana(", Lua), "");
}

#[test]
fn what_was_typed_before_can_be_taken_over() {
    assert_eq!(ghost("pri", Lua), "=nt(\"earlier\")");
    assert_eq!(ghost("print(\"earlier\")", Lua), "");
    assert_eq!(ghost("", Lua), "");
}

#[test]
fn a_finished_command_has_no_ghost() {
    let earlier = || Some(".help contacts".to_owned());
    assert_eq!(hint(".help", &known(Lua), earlier), None);
    assert!(hint(".hel", &known(Lua), earlier).is_some());
}

#[test]
fn a_block_of_several_lines_is_not_taken_over_unseen() {
    assert_eq!(hint("for", &known(Lua), || Some("for i = 1, 2 do\nend".to_owned())), None);
}
