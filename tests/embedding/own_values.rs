//! Values of the program's own.

use cliengo::api::OwnValue;
use cliengo::{ErrorKind, Host, HostBuilder};
use serde_json::json;

use super::BOTH;

fn builder() -> HostBuilder {
    let builder = Host::builder().value("crm.team", json!({ "name": "north", "size": 3 })).unwrap();
    let builder = builder.value("region", "AR").unwrap().value("only.here", 1).unwrap();
    builder.function("crm.score(n)", |(n,): (u32,), _| async move { Ok(n) }).unwrap()
}

#[tokio::test]
async fn values_are_read_in_both_languages_in_namespaces_and_without() {
    let host = builder().build();
    for (language, own) in BOTH.into_iter().zip([
        "local function f() return crm.team.name .. region .. only.here .. crm.score(crm.team.size) end
         return f()",
        "fn f() { crm.team.name + region + only.here + crm.score(crm.team.size) } f()",
    ]) {
        assert_eq!(host.scripting(language).eval::<String>(own).await.unwrap(), "northAR13");
    }
}

#[tokio::test]
async fn a_misspelt_value_is_an_error_that_knows_which_was_meant() {
    let host = builder().build();
    for language in BOTH {
        let failure = host.scripting(language).eval::<()>("crm.taem.name").await.unwrap_err();
        assert_eq!(failure.error.hint.as_deref(), Some("did you mean \"team\"?"), "{failure}");
    }
}

#[tokio::test]
async fn what_a_script_does_to_a_value_no_other_script_sees() {
    let host = builder().build();
    for language in BOTH {
        let scripting = host.scripting(language);
        let _ = scripting.eval::<()>("crm.team.name = \"mine\"").await;
        assert_eq!(scripting.eval::<String>("crm.team.name").await.unwrap(), "north");
    }
}

#[test]
fn a_value_has_a_name_of_its_own_and_is_json() {
    for path in ["crm.team", "crm.score", "region", "region.more", "crm", "cliengo.mine", "end", ""]
    {
        let refused = builder().value(path, 1).unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Invalid, "{path}");
    }
    let refused = builder().function("crm.team()", |(): (), _| async { Ok(()) }).unwrap_err();
    assert!(refused.message.contains("there is crm.team already"), "{refused}");
    let bytes_as_keys = std::collections::BTreeMap::from([(vec![1_u8], 1)]);
    assert_eq!(OwnValue::new("a", bytes_as_keys).unwrap_err().kind, ErrorKind::Invalid);
}
