use proptest::prelude::*;

use super::*;

/// The tokens as `kind:text`, `…` behind what has no end yet.
fn told(text: &str, language: Language) -> Vec<String> {
    let tell = |token: &Token| {
        let open = if token.closed { "" } else { "…" };
        format!("{:?}:{}{open}", token.kind, token.of(text))
    };
    scan(text, language).iter().map(tell).collect()
}

#[test]
fn lua_is_taken_apart() {
    let text = "local n = c.name .. 'it\\'s' -- why\nreturn f{1..2, 0xFF, 2.5e-3}";
    let expected = [
        "Keyword:local",
        "Word:n",
        "Operator:=",
        "Word:c",
        "Operator:.",
        "Word:name",
        "Operator:..",
        "Text:'it\\'s'",
        "Comment:-- why",
        "Keyword:return",
        "Word:f",
        "Open:{",
        "Number:1",
        "Operator:..",
        "Number:2",
        "Operator:,",
        "Number:0xFF",
        "Operator:,",
        "Number:2.5e-3",
        "Close:}",
    ];
    assert_eq!(told(text, Language::Lua), expected);
}

#[test]
fn rhai_is_taken_apart() {
    let text = "let x = #{ a: 'c', b: `l\n${x}` }; /* a /* b */ c */ 1.max(2) != #\"raw\"#";
    let expected = [
        "Keyword:let",
        "Word:x",
        "Operator:=",
        "Open:#{",
        "Word:a",
        "Operator::",
        "Text:'c'",
        "Operator:,",
        "Word:b",
        "Operator::",
        "Text:`l\n${x}`",
        "Close:}",
        "Operator:;",
        "Comment:/* a /* b */ c */",
        "Number:1",
        "Operator:.",
        "Word:max",
        "Open:(",
        "Number:2",
        "Close:)",
        "Operator:!=",
        "Text:#\"raw\"#",
    ];
    assert_eq!(told(text, Language::Rhai), expected);
}

#[test]
fn what_has_no_end_yet_is_told_so() {
    assert_eq!(told("[==[ a ]=] b", Language::Lua), ["Text:[==[ a ]=] b…"]);
    assert_eq!(told("--[[ a\nb", Language::Lua), ["Comment:--[[ a\nb…"]);
    assert_eq!(told("\"a\nb", Language::Lua), ["Text:\"a…", "Word:b"]);
    assert_eq!(told("\"a\\\nb", Language::Lua), ["Text:\"a\\\nb…"]);
    assert_eq!(told("/* a /* b */", Language::Rhai), ["Comment:/* a /* b */…"]);
    assert_eq!(told("`a\nb", Language::Rhai), ["Text:`a\nb…"]);
}

/// Text with much of what the languages mean something by.
fn code() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("--[["),
        Just("]]"),
        Just("[=["),
        Just("\""),
        Just("'"),
        Just("`"),
        Just("\\"),
        Just("/*"),
        Just("*/"),
        Just("//"),
        Just("#{"),
        Just("##\""),
        Just("\n"),
        Just(" "),
        Just("1."),
        Just("0x"),
        Just("e-"),
        Just("cliengo.contacts.list{"),
        Just("é"),
        Just("名"),
        Just("("),
        Just(")"),
        Just("}"),
        Just("end"),
        Just("$"),
        Just("\u{0}"),
        Just("👩‍🚀"),
    ];
    prop_oneof![
        prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn every_text_is_covered_in_order_and_nothing_but_space_is_left_out(text in code(), lua: bool) {
        let language = if lua { Language::Lua } else { Language::Rhai };
        let mut at = 0;
        for token in scan(&text, language) {
            prop_assert!(token.start >= at && token.end > token.start);
            prop_assert!(text[at..token.start].trim().is_empty());
            prop_assert!(text.is_char_boundary(token.end));
            at = token.end;
        }
        prop_assert!(text[at..].trim().is_empty());
    }
}
