//! Reads a number, and writes it.

use std::borrow::Cow;

use phonenumber::country::Id;
use phonenumber::metadata::DATABASE;
use phonenumber::{Mode, PhoneNumber, Type};
use serde_json::Value;

use super::mend::mended;
use crate::api::Call;
use crate::{Error, Result};

/// `phone.e164(text?, region?)`
pub(super) fn e164(call: &Call) -> Result<Value> {
    with_number(call, |number| Some(written(number, Mode::E164)))
}

/// `phone.valid(text?, region?)`
pub(super) fn valid(call: &Call) -> Result<Value> {
    Ok(called(call)?.is_some().into())
}

/// `phone.country(text?, region?)`
pub(super) fn country(call: &Call) -> Result<Value> {
    with_number(call, |number| Some(number.country().id()?.as_ref().to_owned()))
}

/// `phone.kind(text?, region?)`
pub(super) fn kind(call: &Call) -> Result<Value> {
    with_number(call, |number| Some(word(number.number_type(&DATABASE))?.to_owned()))
}

/// `phone.format(text?, region?, style?)`
pub(super) fn format(call: &Call) -> Result<Value> {
    let mode = match call.text(2) {
        "national" => Mode::National,
        "rfc3966" => Mode::Rfc3966,
        _ => Mode::International,
    };
    with_number(call, |number| Some(written(number, mode)))
}

/// `phone.whatsapp(text?, region?)`
pub(super) fn whatsapp(call: &Call) -> Result<Value> {
    with_number(call, |number| {
        let e164 = written(number, Mode::E164);
        let as_mobile = e164.strip_prefix("+54").map(|national| format!("+549{national}"));
        let mobile = as_mobile.and_then(|text| valid_number(None, &text));
        let digits = mobile.map_or(e164, |mobile| written(&mobile, Mode::E164));
        Some(digits.trim_start_matches('+').to_owned())
    })
}

/// The number in E.164, where it is valid.
pub(in crate::stdlib) fn normal(text: &str, region: Option<Id>) -> Option<String> {
    number(text, region).map(|number| written(&number, Mode::E164))
}

/// The country of a number that names it, in two letters, where it is valid.
pub(in crate::stdlib) fn country_of(text: &str) -> Option<String> {
    Some(number(text, None)?.country().id()?.as_ref().to_owned())
}

/// The region of this name; none where none is given.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where no country has these letters.
pub(in crate::stdlib) fn region(name: &str) -> Result<Option<Id>> {
    let name = name.trim();
    if name.is_empty() {
        return Ok(None);
    }
    name.to_uppercase().parse().map(Some).map_err(|_| {
        Error::invalid(format!("there is no region \"{name}\""))
            .with_hint("write the country in two letters: AR, MX, BR, CL, CO, PE, UY")
    })
}

fn with_number(call: &Call, write: impl Fn(&PhoneNumber) -> Option<String>) -> Result<Value> {
    Ok(called(call)?.as_ref().and_then(write).map_or(Value::Null, Value::from))
}

fn called(call: &Call) -> Result<Option<PhoneNumber>> {
    Ok(number(call.text(0), region(call.text(1))?))
}

/// The valid number that a text is, as the library reads it, or else with what its country has changed put
/// right.
fn number(text: &str, region: Option<Id>) -> Option<PhoneNumber> {
    // The longest numbers have 15 digits; nobody puts so much around them.
    if text.len() > 200 {
        return None;
    }
    let text = spaced(text);
    let number = phonenumber::parse(region, &text).ok();
    if let Some(number) = number.as_ref().filter(|number| number.is_valid()) {
        return Some(number.clone());
    }
    let after_code = || with_code(region?, &text);
    after_code().or_else(|| {
        let number = number?;
        let code = number.code().value();
        let e164 = written(&number, Mode::E164);
        let national = e164.strip_prefix(&format!("+{code}"))?;
        mended(code, national).into_iter().find_map(|text| valid_number(None, &text))
    })
}

/// The text with blanks for what stands between its digits. The library takes one without blanks for a
/// telephone URI, and all before the first hyphen or dot for the country code: `+5411-4123-4567`. A real URI
/// has parameters.
fn spaced(text: &str) -> Cow<'_, str> {
    if text.contains([' ', ';']) || !text.contains('+') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(['-', '.'], " "))
}

/// A number that begins with the digits of its own country's code, and is not one with that code in front:
/// the library takes them away, though `(55) 99612-3456` is of the area 55 of Brazil.
fn with_code(region: Id, text: &str) -> Option<PhoneNumber> {
    let code = DATABASE.by_id(region.as_ref())?.country_code();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let begins = !text.contains('+') && digits.starts_with(&code.to_string());
    begins.then(|| valid_number(None, &format!("+{code}{digits}")))?
}

fn valid_number(region: Option<Id>, text: &str) -> Option<PhoneNumber> {
    phonenumber::parse(region, text).ok().filter(PhoneNumber::is_valid)
}

fn written(number: &PhoneNumber, mode: Mode) -> String {
    number.format().mode(mode).to_string()
}

fn word(kind: Type) -> Option<&'static str> {
    Some(match kind {
        Type::FixedLine => "fixed_line",
        Type::Mobile => "mobile",
        Type::FixedLineOrMobile => "fixed_line_or_mobile",
        Type::TollFree => "toll_free",
        Type::PremiumRate => "premium_rate",
        Type::SharedCost => "shared_cost",
        Type::PersonalNumber => "personal",
        Type::Voip => "voip",
        Type::Pager => "pager",
        Type::Uan => "uan",
        Type::Voicemail => "voicemail",
        _ => return None,
    })
}
