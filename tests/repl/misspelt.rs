//! Point 8: what is misspelt is pointed at, and the right word named.

use crate::prompt::Language::{Lua, Rhai};
use crate::prompt::{BOTH, Prompt};
use crate::reading::{error, under_the_caret};

#[test]
fn a_misspelt_function_is_pointed_at_and_the_right_one_named() {
    for (language, cases) in [
        (
            Lua,
            [
                ("pritn('x')", "pritn", "\"print\""),
                ("local n = 1 + tonumbr('3')", "tonumbr", "\"tonumber\""),
                ("string.uper('x')", "uper", "\"upper\""),
                ("cliengo.contcts.list()", "contcts", "\"contacts\""),
                ("cliengo.contacts.lst{}", "lst", "\"list\""),
            ],
        ),
        (
            Rhai,
            [
                ("pritn(\"x\")", "pritn", "\"print\""),
                ("let n = 1 + parse_imt(\"3\");", "parse_imt", "\"parse_int\""),
                ("\"x\".to_uper()", "to_uper", "\"to_upper\""),
                ("cliengo.contcts.list()", "contcts", "\"contacts\""),
                ("cliengo.contacts.lst()", "lst", "\"list\""),
            ],
        ),
    ] {
        let mut prompt = Prompt::open(language);
        for (line, wrong, right) in cases {
            let answer = error(&mut prompt, line, &["did you mean", right]);
            let place = under_the_caret(&answer);
            assert!(place.starts_with(wrong), "{line} is pointed at {place:?}: {answer}");
        }
    }
}

#[test]
fn a_misspelt_field_suggests_the_right_one() {
    for language in BOTH {
        let mut prompt = Prompt::open(language);
        prompt.answers(
            language
                .of("local lead = cliengo.contacts.find()", "let lead = cliengo.contacts.find();"),
        );
        for (line, right) in [("lead.nmae", "\"name\""), ("lead.webiteId", "\"websiteId\"")] {
            error(&mut prompt, line, &["did you mean", right]);
        }
        let absent = prompt.answers(language.of("lead.nothing_like_it", "lead.nothing_like_it"));
        assert!(!absent.contains("did you mean"), "{absent}");
    }
}

#[test]
fn a_misspelt_variable_suggests_the_right_one() {
    for (language, define) in [(Lua, "local customers = 5"), (Rhai, "let customers = 5;")] {
        let mut prompt = Prompt::open(language);
        prompt.answers(define);
        error(&mut prompt, "custmers", &["did you mean", "\"customers\""]);
        error(&mut prompt, "custmers + 1", &["custmers"]);
    }
}

#[test]
fn a_misspelt_filter_field_or_status_suggests_the_right_one() {
    for (language, cases) in [
        (
            Lua,
            [
                ("cliengo.contacts.list{ statsu = 'NEW' }", "\"status\""),
                ("cliengo.contacts.list{ status = 'NWE' }", "\"NEW\""),
                ("cliengo.contacts.create{ websiteId = 'w', nmae = 'Ana' }", "\"name\""),
            ],
        ),
        (
            Rhai,
            [
                ("cliengo.contacts.list(#{ statsu: \"NEW\" })", "\"status\""),
                ("cliengo.contacts.list(#{ status: \"NWE\" })", "\"NEW\""),
                ("cliengo.contacts.create(#{ websiteId: \"w\", nmae: \"Ana\" })", "\"name\""),
            ],
        ),
    ] {
        let mut prompt = Prompt::open(language);
        for (line, right) in cases {
            error(&mut prompt, line, &["did you mean", right]);
        }
        assert_eq!(prompt.account.calls(), Vec::<String>::new());
    }
}
