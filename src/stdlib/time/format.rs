//! Instants as texts.

use jiff::Zoned;
use jiff::fmt::strtime;
use serde_json::Value;

use super::language::{Language, abbreviation};
use super::read::{instant, zone};
use crate::api::Call;
use crate::{Error, Result};

const USUAL: &str = "%Y-%m-%d %H:%M";

/// `time.format(time, pattern?, zone?, language?)`
pub(super) fn format(call: &Call) -> Result<Value> {
    let zone = zone(call.text(2))?;
    let at = instant(call.value(0), &zone)?.to_zoned(zone);
    let pattern = if call.value(1).is_null() { USUAL } else { call.text(1) };
    let pattern = match call.text(3) {
        "" | "en" => pattern.to_owned(),
        language => named(pattern, &at, Language::of(language)),
    };
    let written = strtime::format(&pattern, &at).map_err(|error| {
        Error::invalid(format!("the pattern \"{pattern}\" cannot be written: {error}"))
            .with_hint("write %d/%m/%Y %H:%M, and %% for a percent sign")
    })?;
    Ok(written.into())
}

/// The pattern with the names of the day and of the month in it.
fn named(pattern: &str, at: &Zoned, language: &Language) -> String {
    let month = language.months[usize::try_from(at.month() - 1).unwrap_or(0)];
    let day = language.days[usize::try_from(at.weekday().to_monday_zero_offset()).unwrap_or(0)];
    let mut whole = String::with_capacity(pattern.len() + 16);
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        whole.push(letter);
        if letter != '%' {
            continue;
        }
        let upper = letters.next_if_eq(&'^').is_some();
        let name = match letters.peek() {
            Some('A') => day.to_owned(),
            Some('a') => abbreviation(day),
            Some('B') => month.to_owned(),
            Some('b' | 'h') => abbreviation(month),
            _ => {
                whole.extend(upper.then_some('^'));
                // A second percent sign is a part of this one.
                whole.extend(letters.next());
                continue;
            }
        };
        letters.next();
        whole.pop();
        whole.push_str(&if upper { name.to_uppercase() } else { name });
    }
    whole
}

/// `time.in_zone(time, zone)`
pub(super) fn in_zone(call: &Call) -> Result<Value> {
    let zone = zone(call.text(1))?;
    let at = instant(call.value(0), &zone)?.to_zoned(zone);
    Ok(at.strftime("%Y-%m-%dT%H:%M:%S.%3f%:z").to_string().into())
}
