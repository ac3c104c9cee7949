use proptest::prelude::*;

use super::*;

fn lua(text: &str) -> Cursor<'_> {
    Cursor::at(text, Language::Lua)
}

fn rhai(text: &str) -> Cursor<'_> {
    Cursor::at(text, Language::Rhai)
}

/// `callee:index names` of the argument at the cursor, with a star for an item of a list.
fn told(cursor: &Cursor<'_>) -> String {
    let Some(it) = cursor.argument() else { return "none".to_owned() };
    let names = it.object.map(|object| format!(" {:?}", object.names)).unwrap_or_default();
    let star = if it.is_item { "*" } else { "" };
    format!("{}:{}{star}{names}", it.callee.dotted(), it.index)
}

#[test]
fn the_word_and_its_owner_are_found() {
    let cursor = lua("print(cliengo.contacts.li");
    assert_eq!(cursor.word(), (23, "li"));
    assert_eq!(cursor.owner().unwrap().dotted(), "cliengo.contacts");
    let cursor = lua("x = list[f(1)[2]].geoip.");
    assert_eq!((cursor.word(), cursor.owner().unwrap().names), ((24, ""), vec!["list", "geoip"]));
    assert!(cursor.owner().unwrap().is_item);
    assert!(!lua("f().").owner().unwrap().is_rooted);
    assert!(lua("s:up").owner().unwrap().is_method);
    assert_eq!(lua("1 + ").owner(), None);
}

#[test]
fn the_call_and_its_argument_are_found() {
    assert_eq!(told(&lua("cliengo.contacts.update(id, ")), "cliengo.contacts.update:1");
    assert_eq!(told(&lua("f{ a = 1, b = ")), "f:0 [\"a\", \"b\"]");
    assert_eq!(told(&lua("f(1, { a = g(2), ")), "f:1 [\"a\"]");
    assert_eq!(told(&lua("f({ { a = 1 }, { ")), "f:0* []");
    assert_eq!(told(&lua("f(function(a, b) local c, d = 1, 2 end, ")), "f:1");
    assert_eq!(told(&lua("function f(a, ")), "none");
    assert_eq!(told(&lua("f(1) ")), "none");
    assert_eq!(told(&rhai("f(|a, b| a, #{ c: 1, ")), "f:1 [\"c\"]");
    assert_eq!(told(&rhai("f([#{ a: 1 }, #{ ")), "f:0* []");
    assert_eq!(told(&rhai("if x { ")), "none");
}

#[test]
fn the_value_that_is_typed_has_its_name() {
    let value_of = |text| lua(text).argument().and_then(|it| it.object.and_then(|o| o.value_of));
    assert_eq!(value_of("f{ status = "), Some("status"));
    assert_eq!(value_of("f{ status = \"N"), Some("status"));
    assert_eq!(value_of("f{ status = \"NEW\", "), None);
}

#[test]
fn texts_and_comments_are_noticed() {
    assert_eq!(lua("x = \"ab").in_text(), Some(('"', 5, "ab")));
    assert_eq!(lua("x = \"ab\" ").in_text(), None);
    assert_eq!(lua("c.status == \"").compared().unwrap().names, ["c", "status"]);
    assert!(lua("x -- why").in_comment() && lua("--[[ a\n").in_comment());
    assert!(!lua("-- why\n").in_comment() && !lua("--[[ a ]]").in_comment());
    assert!(rhai("x // why").in_comment() && !rhai("/* a */").in_comment());
}

proptest! {
    #[test]
    fn nothing_that_is_typed_is_too_odd(text in r#"([(){}\[\]|,;:=."'a-c#{ \n\\]|function |end |é){0,40}"#, is_lua: bool) {
        let cursor = if is_lua { lua(&text) } else { rhai(&text) };
        let _ = (cursor.word(), cursor.owner(), cursor.compared(), cursor.in_text());
        let _ = (cursor.in_comment(), cursor.word_before(), cursor.argument().is_some());
    }
}
