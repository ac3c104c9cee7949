//! Mistakes of a script, and of the function.

use cliengo::ErrorKind;
use serde_json::json;

use super::*;

#[test]
fn a_misspelt_name_says_which_one_was_meant() {
    let host = with(score()).build();
    let error =
        both_fail(&host, "return crm.scor{ name = 'Ana' }", r#"crm.scor(#{ name: "Ana" })"#);
    assert_eq!(error.to_string(), "crm has no \"scor\" (did you mean \"score\"?)");
    let error = both_fail(&host, "return crm.call()", "crm.call()");
    assert!(error.message.contains("crm has no \"call\""), "{error}");
    let error = both_fail(&host, "return cliengo.crm", "cliengo.crm");
    assert!(error.message.contains("cliengo has no \"crm\""), "{error}");
}

#[test]
fn too_few_or_too_many_arguments_say_how_it_is_called() {
    let host = with(score()).build();
    let few = both_fail(&host, "return crm.score()", "crm.score()");
    assert_eq!(few.to_string(), "crm.score needs contact (call it as crm.score(contact, weight?))");
    let many = both_fail(&host, "return crm.score({}, 1, 2)", "crm.score(#{}, 1, 2)");
    assert!(many.message.contains("takes 2 arguments, not 3"), "{many}");
}

#[test]
fn an_argument_of_another_type_names_the_function_and_the_parameter() {
    let host = with(score()).build();
    let error = both_fail(
        &host,
        "return crm.score({ name = 'Ana' }, 'much')",
        r#"crm.score(#{ name: "Ana" }, "much")"#,
    );
    assert_eq!(error.kind, ErrorKind::Invalid);
    assert!(error.message.starts_with("crm.score: weight: invalid type: string"), "{error}");
    let error =
        both_fail(&host, "return crm.score{ nmae = 'Ana' }", r#"crm.score(#{ nmae: "Ana" })"#);
    assert!(error.message.starts_with("crm.score: contact: missing field"), "{error}");
}

#[test]
fn parameters_that_are_not_those_of_the_closure_are_an_error_and_no_crash() {
    let odd = OwnFunction::new("odd", |(a, b): (u32, u32), _| async move { Ok(a + b) }).param(
        "a",
        ParamType::Any,
        "One.",
    );
    let host = with(odd).build();
    let error = both_fail(&host, "return odd(1)", "odd(1)");
    assert!(error.message.starts_with("odd: its parameters are not those"), "{error}");
}

#[test]
fn a_result_that_is_no_json_names_the_function() {
    type Pairs = std::collections::HashMap<Vec<u8>, u8>;
    let odd = OwnFunction::new("odd", |(): (), _| async { Ok(Pairs::from([(vec![1], 1)])) });
    let host = with(odd).build();
    let error = both_fail(&host, "return odd()", "odd()");
    assert!(error.message.starts_with("odd: its result is no JSON"), "{error}");
}

#[test]
fn its_own_error_is_the_scripts_to_catch() {
    let deny = OwnFunction::new("deny", |(): (), _| async {
        Err::<(), _>(cliengo::Error::new(ErrorKind::Denied, "not today").with_hint("tomorrow"))
    });
    let host = with(deny).build();
    let lua = "local ok, problem = pcall(deny) return { problem.kind, problem.hint }";
    let rhai = "try { deny(); } catch (problem) { return [problem.kind, problem.hint]; }";
    assert_eq!(both(&host, lua, rhai), json!(["denied", "tomorrow"]));
}

#[test]
fn a_panic_is_an_error_and_the_program_goes_on() {
    let early = OwnFunction::new("early", |(): (), _| {
        if std::hint::black_box(true) {
            panic!("before the await");
        }
        async { Ok(()) }
    });
    let late = OwnFunction::new("late", |(): (), _| async {
        if std::hint::black_box(true) {
            panic!("after {}", "it");
        }
        Ok(())
    });
    let host = with(early).register(late).unwrap().build();
    let error = both_fail(&host, "return early()", "early()");
    assert!(error.message.starts_with("early panicked: before the await"), "{error}");
    let lua = "local ok, problem = pcall(late) return problem.message";
    let rhai = "try { late(); } catch (problem) { return problem.message; }";
    assert_eq!(both(&host, lua, rhai), "late panicked: after it");
}
