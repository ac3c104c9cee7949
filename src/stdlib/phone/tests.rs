//! Numbers as they are typed, with what they are. Those of Argentina, Brazil, Mexico and the others are the
//! example numbers of Google's plans, or of ranges that are kept for fiction, in each way of writing them.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::stdlib::testing::call;

fn given(function: &str, text: &str, region: Option<&str>) -> Value {
    call(&format!("phone.{function}"), json!([text, region])).unwrap()
}

/// Region, what was typed, what it is in E.164.
const NUMBERS: &[(&str, &str, &str)] = &[
    // Argentina: mobiles with 15, with 9, with both; with and without trunk 0 and country code.
    ("AR", "011 15 5555-0199", "+5491155550199"),
    ("AR", "(011) 15-5555-0199", "+5491155550199"),
    ("AR", "11 15 5555 0199", "+5491155550199"),
    ("AR", "+54 11 15 5555-0199", "+5491155550199"),
    ("AR", "+54 011 15 5555-0199", "+5491155550199"),
    ("AR", "+54 9 11 5555-0199", "+5491155550199"),
    ("AR", "+54 9 011 15 5555-0199", "+5491155550199"),
    ("AR", "+54 9 11 15 5555-0199", "+5491155550199"),
    ("AR", "54 9 11 5555 0199", "+5491155550199"),
    ("AR", "5491155550199", "+5491155550199"),
    ("AR", "0054 9 11 5555 0199", "+5491155550199"),
    ("AR", "9 11 5555 0199", "+5491155550199"),
    ("AR", "0223 15-555-0199", "+5492235550199"),
    ("AR", "223 155 550199", "+5492235550199"),
    ("AR", "+54 9 223 15 555 0199", "+5492235550199"),
    ("AR", "0 3715 15 65 4320", "+5493715654320"),
    // Argentina: fixed lines, and mobiles of which nothing tells that they are.
    ("AR", "0 3715 65 4320", "+543715654320"),
    ("AR", "011 4123-4567", "+541141234567"),
    ("AR", "+54 11 5555-0199", "+541155550199"),
    // Mexico: ten digits, and what was dialled in front of them until 2019.
    ("MX", "222 123 4567", "+522221234567"),
    ("MX", "+52 222 123 4567", "+522221234567"),
    ("MX", "+52 1 222 123 4567", "+522221234567"),
    ("MX", "52 1 222 123 4567", "+522221234567"),
    ("MX", "5212221234567", "+522221234567"),
    ("MX", "044 222 123 4567", "+522221234567"),
    ("MX", "045 222 123 4567", "+522221234567"),
    ("MX", "01 222 123 4567", "+522221234567"),
    ("MX", "+52 01 222 123 4567", "+522221234567"),
    ("MX", "+52 1 55 1234 5678", "+525512345678"),
    // Brazil: the ninth digit, carriers, the 0xx of old letterheads.
    ("BR", "(11) 96123-4567", "+5511961234567"),
    ("BR", "011 96123-4567", "+5511961234567"),
    ("BR", "+55 (0)11 96123-4567", "+5511961234567"),
    ("BR", "0xx11 96123-4567", "+5511961234567"),
    ("BR", "0 15 11 96123 4567", "+5511961234567"),
    ("BR", "0 21 11 2345-6789", "+551123456789"),
    ("BR", "55 11 96123-4567", "+5511961234567"),
    ("BR", "11 6123-4567", "+5511961234567"),
    ("BR", "+55 11 8123-4567", "+5511981234567"),
    ("BR", "11 2345-6789", "+551123456789"),
    // Chile
    ("CL", "9 6123 4567", "+56961234567"),
    ("CL", "09 6123 4567", "+56961234567"),
    ("CL", "+56 09 6123 4567", "+56961234567"),
    ("CL", "+56 9 6123 4567", "+56961234567"),
    ("CL", "(2) 2123 4567", "+56221234567"),
    // Colombia
    ("CO", "321 123 4567", "+573211234567"),
    ("CO", "03 321 123 4567", "+573211234567"),
    ("CO", "57 321 123 4567", "+573211234567"),
    ("CO", "601 234 5678", "+576012345678"),
    ("CO", "(1) 234 5678", "+576012345678"),
    ("CO", "+57 1 234 5678", "+576012345678"),
    // Peru, Uruguay, Paraguay, Bolivia, Ecuador, Venezuela
    ("PE", "912 345 678", "+51912345678"),
    ("PE", "(01) 123 4567", "+5111234567"),
    ("UY", "094 231 234", "+59894231234"),
    ("UY", "+598 094 231 234", "+59894231234"),
    ("UY", "94 231 234", "+59894231234"),
    ("UY", "2123 1234", "+59821231234"),
    ("PY", "0961 456789", "+595961456789"),
    ("PY", "+595 0961 456789", "+595961456789"),
    ("BO", "71234567", "+59171234567"),
    ("EC", "099 123 4567", "+593991234567"),
    ("EC", "+593 099 123 4567", "+593991234567"),
    ("VE", "0412-1234567", "+584121234567"),
    // Hyphens and dots without blanks, behind a first group that is longer than the country code.
    ("AR", "+5411-4123-4567", "+541141234567"),
    ("AR", "+54911-5555-0199", "+5491155550199"),
    ("MX", "+5255-1234-5678", "+525512345678"),
    ("MX", "+5255.1234.5678", "+525512345678"),
    ("MX", "tel:+5255-1234-5678", "+525512345678"),
    ("BR", "+5511-96123-4567", "+5511961234567"),
    ("CL", "+569-6123-4567", "+56961234567"),
    ("DO", "+1809-234-5678", "+18092345678"),
    ("VE", "+58412-1234567", "+584121234567"),
    ("UY", "+59894-231-234", "+59894231234"),
    // Numbers that begin as the code of their own country does.
    ("BR", "(55) 99612-3456", "+5555996123456"),
    ("BR", "55 3221-1234", "+555532211234"),
    ("CU", "5312 3456", "+5353123456"),
    ("GT", "5021 2345", "+50250212345"),
    ("PA", "507-1234", "+5075071234"),
    ("PE", "51 363636", "+5151363636"),
    // Central America, the Caribbean, Spain, the United States
    ("CR", "8312 3456", "+50683123456"),
    ("GT", "5123 4567", "+50251234567"),
    ("DO", "809-234-5678", "+18092345678"),
    ("PA", "6123-4567", "+50761234567"),
    ("ES", "612 34 56 78", "+34612345678"),
    ("US", "(201) 555-0123", "+12015550123"),
];

#[test]
fn a_number_is_one_number_in_each_way_of_writing_it() {
    for (region, typed, e164) in NUMBERS {
        assert_eq!(given("e164", typed, Some(region)), *e164, "{region} {typed}");
        assert_eq!(given("valid", typed, Some(&region.to_lowercase())), true, "{region} {typed}");
        // What was put right needs nothing more.
        assert_eq!(given("e164", e164, None), *e164, "{region} {typed}");
        let country = given("country", e164, None);
        assert_eq!(country, *region, "{e164}");
    }
}

#[test]
fn what_is_no_number_of_its_country_is_nothing() {
    for (region, typed) in [
        ("AR", "15 5555-0199"),
        ("AR", "5555-0199"),
        ("AR", "911"),
        ("MX", "044 123 4567"),
        ("BR", "96123-4567"),
        ("CL", "6123 4567"),
        ("CO", "0000000000"),
        ("AR", ""),
        ("AR", "ask for Ana"),
        ("AR", "+999 123 456 789"),
        ("AR", "+"),
    ] {
        assert_eq!(given("e164", typed, Some(region)), Value::Null, "{region} {typed}");
        assert_eq!(given("valid", typed, Some(region)), false, "{region} {typed}");
    }
    let without_region = "011 15 5555-0199";
    assert_eq!(given("e164", without_region, None), Value::Null);
    for function in ["e164", "country", "kind", "format", "whatsapp"] {
        assert_eq!(call(&format!("phone.{function}"), json!([null, "AR"])).unwrap(), Value::Null);
    }
}

#[test]
fn a_number_tells_what_it_is() {
    for (typed, region, kind) in [
        ("011 15 5555-0199", "AR", "mobile"),
        ("011 4123-4567", "AR", "fixed_line"),
        ("0800 123 4567", "AR", "toll_free"),
        ("222 123 4567", "MX", "fixed_line_or_mobile"),
        ("11 6123-4567", "BR", "mobile"),
        ("11 2345-6789", "BR", "fixed_line"),
        ("094 231 234", "UY", "mobile"),
    ] {
        assert_eq!(given("kind", typed, Some(region)), kind, "{typed}");
    }
}

#[test]
fn a_number_is_written_as_people_read_it() {
    let written =
        |style: Value| call("phone.format", json!(["011 15 5555 0199", "AR", style])).unwrap();
    assert_eq!(written(json!("national")), "011 15-5555-0199");
    assert_eq!(written(json!("rfc3966")), "tel:+54-9-11-5555-0199");
    assert_eq!(written(json!(null)), "+54 9 11 5555-0199");
    let brazil = call("phone.format", json!(["11961234567", "BR", "national"])).unwrap();
    assert_eq!(brazil, "(11) 96123-4567");
}

#[test]
fn whatsapp_gets_digits_alone_and_the_nine_of_argentina() {
    for (typed, region, digits) in [
        ("011 15 5555-0199", "AR", "5491155550199"),
        ("11 5555-0199", "AR", "5491155550199"),
        ("+52 1 222 123 4567", "MX", "522221234567"),
        ("11 6123-4567", "BR", "5511961234567"),
    ] {
        assert_eq!(given("whatsapp", typed, Some(region)), digits, "{typed}");
    }
}

#[test]
fn an_extension_and_words_around_do_not_matter() {
    for typed in [
        "011 4123-4567 int. 12",
        "Tel: 011 4123-4567",
        "tel:+54-11-4123-4567;ext=3",
        " 011\u{a0}4123–4567 ",
    ] {
        assert_eq!(given("e164", typed, Some("AR")), "+541141234567", "{typed}");
    }
}

#[test]
fn a_region_that_does_not_exist_is_an_error() {
    for region in ["Argentina", "A", "XX"] {
        let error = call("phone.e164", json!(["1", region])).unwrap_err();
        assert!(error.message.starts_with("phone.e164: ") && error.hint.is_some(), "{error}");
    }
}

proptest! {
    #[test]
    fn nothing_that_is_typed_breaks_it(text in "[+0-9()\\-. x#*/;a-z]{0,40}", wild in ".{0,60}") {
        for region in ["AR", "MX", "BR", "CO", "CL", "US"] {
            given("e164", &text, Some(region));
            given("whatsapp", &wild, Some(region));
        }
        given("format", &text, None);
    }

    #[test]
    fn what_is_given_is_valid_and_stays_as_it_is(digits in "(\\+54|\\+52|\\+55|\\+57)?[0-9]{8,13}") {
        for region in ["AR", "MX", "BR", "CO"] {
            if let Value::String(e164) = given("e164", &digits, Some(region)) {
                prop_assert_eq!(given("e164", &e164, None), e164.clone());
                prop_assert_eq!(given("valid", &e164, None), true);
            }
        }
    }
}
