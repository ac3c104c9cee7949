//! What is said of names that are not there, and where mistakes stand.

use cliengo::engine::{Language, Shape};

use crate::support::Prompt;

const CONTACT: [(Language, &str); 2] = [
    (
        Language::Lua,
        "contact = { id = '5', websiteId = '7', name = 'Ana', tags = { { label = 'x' } } }",
    ),
    (
        Language::Rhai,
        "let contact = #{ id: \"5\", websiteId: \"7\", name: \"Ana\", tags: [#{ label: \"x\" }] };",
    ),
];

fn each(test: impl Fn(&mut Prompt)) {
    for (language, contact) in CONTACT {
        let mut prompt = Prompt::new(language);
        prompt.line(contact);
        test(&mut prompt);
    }
}

#[track_caller]
fn remarks(prompt: &mut Prompt, line: &str, expected: Option<&str>) {
    assert_eq!(prompt.line(line), Shape::Nothing, "{line}");
    assert_eq!(prompt.session.remark().as_deref(), expected, "{line}");
}

/// The line fails with this hint, and at this column.
#[track_caller]
fn fails(prompt: &mut Prompt, line: &str, hint: Option<&str>, column: usize) {
    let failure = prompt.failure(line);
    assert_eq!(failure.error.hint.as_deref(), hint, "{line}: {failure}");
    assert_eq!(failure.column, Some(column), "{line}: {failure}");
}

#[test]
fn a_misspelt_field_alone_gives_nothing_and_the_field_that_was_meant() {
    each(|prompt| {
        remarks(prompt, "contact.nmae", Some("did you mean \"name\"?"));
        remarks(
            prompt,
            " contact.statuss ; ".trim_end_matches([';', ' ']),
            Some("did you mean \"status\"?"),
        );
        let first = if prompt.language == Language::Lua { 1 } else { 0 };
        remarks(prompt, &format!("contact.tags[{first}].lable"), Some("did you mean \"label\"?"));
        remarks(prompt, "contact[\"nmae\"]", Some("did you mean \"name\"?"));
        remarks(prompt, "contact.email", None);
        remarks(prompt, "contact.utm_source", None);
        assert_eq!(prompt.value("contact.name"), "Ana");
        assert_eq!(prompt.session.remark(), None);
    });
}

#[test]
fn a_misspelt_variable_is_told_with_the_one_that_was_meant() {
    let hint = Some("did you mean \"contact\"?");
    each(|prompt| match prompt.language {
        Language::Lua => {
            remarks(prompt, "contcat", hint);
            prompt.line("1 + 1");
            remarks(prompt, "nowhere", Some("there is no \"nowhere\""));
            remarks(prompt, "n", Some("there is no \"n\""));
            fails(prompt, "local x = contcat.name", hint, 11);
            fails(prompt, "nowhere.name = 1", None, 1);
        }
        Language::Rhai => {
            fails(prompt, "contcat", hint, 1);
            fails(prompt, "let x = contcat.name;", hint, 9);
            fails(prompt, "nowhere", None, 1);
        }
    });
}

#[test]
fn a_misspelt_function_is_told_with_the_one_that_was_meant() {
    each(|prompt| {
        fails(prompt, "  pritn(contact)", Some("did you mean \"print\"?"), 3);
        let failure = prompt.failure("  pritn(contact)");
        assert!(failure.error.message.starts_with("there is no function \"pritn\""), "{failure}");
    });
    let mut lua = Prompt::new(Language::Lua);
    fails(&mut lua, "local x = string.uper('x')", Some("did you mean \"upper\"?"), 18);
    fails(&mut lua, "('x'):uper()", None, 7);
    fails(&mut lua, "cliengo.contcts.list()", Some("did you mean \"contacts\"?"), 9);
    fails(&mut lua, "cliengo.contacts.lst{}", Some("did you mean \"list\"?"), 18);
    fails(
        &mut lua,
        "function double(n) return n * 2 end return duoble(2)",
        Some("did you mean \"double\"?"),
        44,
    );
    let mut rhai = Prompt::new(Language::Rhai);
    fails(&mut rhai, "\"x\".to_uper()", Some("did you mean \"to_upper\"?"), 5);
    rhai.line("import \"list\" as list; fn double(n) { n * 2 }");
    fails(&mut rhai, "duoble(2)", Some("did you mean \"double\"?"), 1);
    fails(&mut rhai, "list::mapp([1], |n| n)", Some("did you mean \"map\"?"), 7);
    for _ in 0..2 {
        rhai.failure("cliengo.contcts");
        let failure = rhai.failure("let x = 1; cliengo.contacts.lst()");
        assert_eq!(failure.error.hint.as_deref(), Some("did you mean \"list\"?"));
        assert_eq!(failure.column, Some(29));
    }
    let failure = rhai.failure("cliengo.contacts.get");
    assert_eq!(failure.error.message, "cliengo.contacts.get is a function");
}

#[test]
fn a_misspelt_field_in_a_calculation_is_told() {
    each(|prompt| {
        let join = if prompt.language == Language::Lua { ".. 'x'" } else { "- 1" };
        fails(prompt, &format!("\"é\" == contact.nmae {join}"), Some("did you mean \"name\"?"), 16);
    });
}

#[test]
fn a_parameter_is_not_taken_for_a_misspelt_variable() {
    let mut prompt = Prompt::new(Language::Lua);
    prompt.line("contact = { name = 'Ana' } function f(contac) return contac.name.x.y end");
    let failure = prompt.failure("f(contact)");
    assert_eq!(failure.error.hint, None, "{failure}");
}

#[test]
fn a_mistake_has_its_column() {
    let mut lua = Prompt::new(Language::Lua);
    fails(&mut lua, "x = = 2", None, 5);
    fails(&mut lua, "'é' .. foo bar", None, 12);
    fails(&mut lua, "1 +", None, 4);
    fails(&mut lua, "f()\nif x the y() end", None, 6);
    let mut rhai = Prompt::new(Language::Rhai);
    fails(&mut rhai, "let x == 2", None, 7);
    fails(&mut rhai, "`é` + foo bar", None, 11);
}

#[test]
fn an_error_in_a_function_of_an_earlier_line_names_that_line() {
    for (language, before, call) in [
        (Language::Lua, "function boom()\n  error('boom')\nend", "boom()"),
        (Language::Rhai, "fn boom() {\n  throw \"boom\"\n}", "boom()"),
    ] {
        let mut prompt = Prompt::new(language);
        prompt.line(before);
        prompt.line("1");
        let failure = prompt.failure(call);
        let places: Vec<_> =
            failure.frames.iter().map(|frame| (frame.file.as_str(), frame.line)).collect();
        assert_eq!(places, [("(prompt 1)", 2), ("(prompt 3)", 1)]);
        assert_eq!(prompt.session.text_of("(prompt 1)").as_deref(), Some(before));
        assert_eq!(prompt.session.text_of("(prompt 9)"), None);
        let module = format!("stdlib/list.{}", language.extension());
        assert!(prompt.session.text_of(&module).is_some_and(|text| text.contains("map")));
    }
}

#[test]
fn a_statement_with_more_behind_it_is_told_of_as_one() {
    let mut prompt = Prompt::new(Language::Lua);
    let failure = prompt.failure("a = 1 a");
    assert!(!failure.error.message.contains("'='"), "{failure}");
    let failure = prompt.failure("1 + 1 = 2");
    assert!(failure.error.message.contains('='), "{failure}");
    let failure = prompt.failure("local a = 1\na");
    assert_eq!(failure.frames[0].line, 2, "{failure}");
}
