//! Functions of the program's own, by their signature.

use cliengo::api::ParamType;
use cliengo::{ErrorKind, Host};
use serde::Deserialize;

#[derive(Deserialize)]
struct Lead {
    name: String,
}

fn host() -> Host {
    let score = |(lead, weight): (Lead, Option<u32>), _| async move {
        Ok(lead.name.len() as u32 * weight.unwrap_or(1))
    };
    Host::builder().function("crm.score(lead, weight?)", score).unwrap().build()
}

#[tokio::test]
async fn a_function_is_called_from_both_languages_with_what_is_optional_or_without() {
    let lua = "return { crm.score({ name = 'Ana' }, 2), crm.score{ name = 'Ana' } }";
    let rhai = r#"[crm.score(#{ name: "Ana" }, 2), crm.score(#{ name: "Ana" })]"#;
    assert_eq!(host().lua().eval::<[u32; 2]>(lua).await.unwrap(), [6, 3]);
    assert_eq!(host().rhai().eval::<[u32; 2]>(rhai).await.unwrap(), [6, 3]);
}

#[tokio::test]
async fn a_wrong_argument_is_an_error_that_names_it() {
    for code in ["crm.score()", "crm.score({ name = 5 })", "crm.score({ name = 'Ana' }, 'x')"] {
        let failure = host().lua().eval::<u32>(code).await.unwrap_err();
        assert_eq!(failure.error.kind, ErrorKind::Invalid);
        let parameter = if code.contains('x') { "weight" } else { "lead" };
        assert!(failure.error.message.contains(parameter), "{code}: {failure}");
    }
    let failure = host().lua().eval::<u32>("crm.score({}, 1, 2)").await.unwrap_err();
    assert!(failure.error.message.contains("crm.score"), "{failure}");
}

#[test]
fn a_signature_is_in_the_registry_as_it_was_written() {
    let host = host();
    let function = host.registry().find("crm.score").unwrap();
    assert_eq!(function.usage(), "crm.score(lead, weight?)");
    assert!(function.params.iter().all(|param| param.kind == ParamType::Any));
}

#[test]
fn what_is_no_signature_is_refused() {
    for signature in ["crm.score", "crm.score(a", "crm.score(a b)", "(a)", "cliengo.mine()"] {
        let refused = Host::builder().function(signature, |(): (), _| async { Ok(()) });
        assert_eq!(refused.unwrap_err().kind, ErrorKind::Invalid, "{signature}");
    }
}

#[tokio::test]
async fn an_argument_that_does_not_fit_is_named_down_to_its_field() {
    let tags = |(lead,): (std::collections::BTreeMap<String, Vec<String>>,), _| async move {
        Ok(lead.len())
    };
    let host = Host::builder().function("tags(lead)", tags).unwrap().build();
    let failure = host.lua().eval::<u8>("tags{ hot = { 'a', 5 } }").await.unwrap_err();
    assert!(failure.error.message.starts_with("tags: lead.hot[1]: invalid type"), "{failure}");
    assert_eq!(host.lua().eval::<u8>("tags{ hot = {} }").await.unwrap(), 1);
}

#[tokio::test]
async fn a_closure_that_takes_no_tuple_is_a_mistake_of_the_program() {
    let plain = |n: u8, _| async move { Ok(n) };
    let host = Host::builder().function("plain(n)", plain).unwrap().build();
    let failure = host.lua().eval::<u8>("plain(1)").await.unwrap_err();
    assert!(
        failure.error.hint.as_deref().unwrap().contains("a mistake of the program"),
        "{failure}"
    );
}
