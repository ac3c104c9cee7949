//! The functions of a program that embeds the crate are known as those of the crate are.

use cliengo::api::{OwnFunction, ParamType, Registry};
use cliengo::check::{Code, check};
use cliengo::engine::{Language, Source};

fn registry() -> Registry {
    let score = OwnFunction::new("crm.score", |(_, _): (String, Option<f64>), _| async { Ok(1) })
        .param("name", ParamType::Text, "The contact's name.")
        .optional_param("options", ParamType::Object, "How.");
    Registry::builtin().with(score).unwrap()
}

fn found(code: &str, language: Language) -> Vec<(Code, String)> {
    let findings = check(&Source::from_code(code, language), &registry());
    findings.into_iter().map(|it| (it.code, it.hint.unwrap_or_default())).collect()
}

#[test]
fn a_programs_own_functions_are_checked_as_those_of_the_crate() {
    for language in [Language::Lua, Language::Rhai] {
        assert_eq!(found("crm.score(\"Ana\")", language), []);
        let missing = found("crm.score()", language);
        assert_eq!(missing, [(Code::ArgumentCount, "call it as crm.score(name, options?)".into())]);
        let unknown = found("crm.scor(\"Ana\")", language);
        assert_eq!(unknown, [(Code::UnknownFunction, "did you mean \"score\"?".into())]);
        assert_eq!(found("crm.score(5)", language)[0].0, Code::WrongArgument);
        assert_eq!(found("crn.score(\"Ana\")", language)[0].0, Code::UndefinedName);
    }
}
