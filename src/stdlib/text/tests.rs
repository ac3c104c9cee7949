//! What holds of every text, and where a template ends.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::ErrorKind;
use crate::stdlib::testing::call;

fn text(function: &str, arguments: Value) -> String {
    let given = call(&format!("text.{function}"), arguments).unwrap();
    given.as_str().unwrap().to_owned()
}

proptest! {
    #[test]
    fn a_column_is_exactly_as_wide_as_it_was_asked_to_be(value in ".{0,30}", width in 1..40_usize) {
        for side in ["left", "right"] {
            let column = text("column", json!([value, width, side]));
            prop_assert_eq!(column.chars().count(), width);
        }
    }

    #[test]
    fn what_is_folded_stays_as_it_is_when_it_is_folded_again(value in ".{0,30}") {
        let folded = text("fold", json!([value]));
        prop_assert_eq!(text("fold", json!([folded])), folded);
    }

    #[test]
    fn a_slug_has_nothing_but_letters_digits_and_single_dashes(value in ".{0,30}") {
        let slug = text("slug", json!([value]));
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
        prop_assert!(slug.is_empty() || slug.split('-').all(|word| !word.is_empty() && word.chars().all(plain)));
    }

    #[test]
    fn a_text_without_braces_is_its_own_template(pattern in "[^{]{0,30}") {
        prop_assert_eq!(text("template", json!([pattern, {}])), pattern);
    }
}

#[test]
fn a_letter_and_its_capital_fold_to_the_same() {
    for (small, large) in [("ñ", "Ñ"), ("á", "Á"), ("ç", "Ç"), ("ý", "Ý"), ("a", "A")] {
        assert_eq!(text("fold", json!([small])), text("fold", json!([large])));
        assert_eq!(text("title", json!([small])), large);
        assert_eq!(text("title", json!([format!("{large}{large}")])), format!("{large}{small}"));
    }
}

#[test]
fn a_name_is_found_in_either_spelling_as_in_a_contact() {
    let contact = json!({ "websiteId": "a1", "extraParams": { "petName": "Luna" } });
    let given = text("template", json!(["{{website_id}} {{extra_params.pet_name}}", contact]));
    assert_eq!(given, "a1 Luna");
}

#[test]
fn a_template_does_not_grow_beyond_what_a_message_can_be() {
    let values = json!({ "long": "x".repeat(1 << 20) });
    let error = call("text.template", json!(["{{long}}".repeat(20), values])).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Limit);
    assert!(error.message.starts_with("text.template: "), "{error}");
}
