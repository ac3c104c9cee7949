//! What the functions make of a text.

use serde_json::Value;

use super::letters::{folded, is_blank, lower, upper};
use crate::Result;
use crate::api::Call;

pub(super) fn trim(call: &Call) -> Result<Value> {
    Ok(call.text(0).trim_matches(is_blank).into())
}

pub(super) fn fold(call: &Call) -> Result<Value> {
    Ok(folded(call.text(0)).into())
}

pub(super) fn title(call: &Call) -> Result<Value> {
    let mut begins = true;
    let capital = |letter: char| {
        let is_first = std::mem::replace(&mut begins, matches!(letter, ' ' | '-'));
        if is_first { upper(letter) } else { lower(letter) }
    };
    Ok(call.text(0).chars().map(capital).collect::<String>().into())
}

pub(super) fn slug(call: &Call) -> Result<Value> {
    let folded = folded(call.text(0));
    let words = folded.split(|letter: char| !letter.is_ascii_alphanumeric());
    Ok(words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-").into())
}

pub(super) fn digits(call: &Call) -> Result<Value> {
    Ok(call.text(0).chars().filter(char::is_ascii_digit).collect::<String>().into())
}

pub(super) fn starts_with(call: &Call) -> Result<Value> {
    Ok(call.text(0).starts_with(call.text(1)).into())
}

pub(super) fn contains(call: &Call) -> Result<Value> {
    Ok(call.text(0).contains(call.text(1)).into())
}

pub(super) fn column(call: &Call) -> Result<Value> {
    let text = match call.value(0) {
        Value::Number(number) => number.to_string(),
        _ => call.text(0).to_owned(),
    };
    let width = call.value(1).as_u64().and_then(|width| width.try_into().ok()).unwrap_or(1);
    let length = text.chars().count();
    if length > width {
        return Ok(text.chars().take(width - 1).chain(['…']).collect::<String>().into());
    }
    let blanks = " ".repeat(width - length);
    let is_right = call.text(2) == "right";
    Ok(if is_right { format!("{blanks}{text}") } else { format!("{text}{blanks}") }.into())
}
