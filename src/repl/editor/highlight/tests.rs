use super::*;
use crate::engine::Language;
use crate::repl::editor::tests::known;

/// The line with `<role:text>` for each sequence of colour.
fn marked(line: &str, cursor: Option<usize>, language: Language) -> String {
    let painted = highlight(line, cursor, &known(language), Paint { on: true });
    let names = [
        ("35", "key"),
        ("33", "number"),
        ("32", "text"),
        ("2", "dim"),
        ("34", "known"),
        ("1", "!"),
    ];
    let mut marked = painted.replace("\x1b[0m", ">");
    for (code, name) in names {
        marked = marked.replace(&format!("\x1b[{code}m"), &format!("<{name}:"));
    }
    marked
}

#[test]
fn code_has_its_colours() {
    let lua = "local n = cliengo.contacts.count{ age = 5 } -- \"why\"";
    let expected = "<key:local> n = <known:cliengo>.<known:contacts>.<known:count>{ age = <number:5> } \
                    <dim:-- \"why\">";
    assert_eq!(marked(lua, None, Language::Lua), expected);
    let rhai = "let c = x.count(#{ a: 'b' }); print(nil)";
    let expected = "<key:let> c = x.count(#{ a: <text:'b'> }); <known:print>(nil)";
    assert_eq!(marked(rhai, None, Language::Rhai), expected);
}

#[test]
fn a_command_is_told_from_its_code() {
    assert_eq!(marked(".time 1 + 1", None, Language::Lua), "<key:.time ><number:1> + <number:1>");
    assert_eq!(marked(".help", None, Language::Lua), "<key:.help>");
}

#[test]
fn the_bracket_at_the_cursor_stands_out_with_its_partner() {
    assert_eq!(marked("f(g(1))", Some(7), Language::Lua), "f<!:(>g(<number:1>)<!:)>");
    assert_eq!(marked("f(g(1))", Some(3), Language::Lua), "f(g<!:(><number:1><!:)>)");
    assert_eq!(marked("f(\")\"", Some(2), Language::Lua), "f(<text:\")\">");
}

#[test]
fn without_colours_the_line_is_as_it_was() {
    let line = "local  x = { 'é', 1 } -- 名";
    assert_eq!(highlight(line, Some(3), &known(Language::Lua), Paint::PLAIN), line);
}
