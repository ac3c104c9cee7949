//! The fields of a cron expression, and what can be wrong with them.

use super::expression::read;
use crate::schema::did_you_mean;
use crate::{Error, Result};

/// The names that stand for whole expressions.
const NICKNAMES: [(&str, &str); 7] = [
    ("@hourly", "0 * * * *"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@weekly", "0 0 * * 0"),
    ("@monthly", "0 0 1 * *"),
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
];

const MONTHS: &[&str] =
    &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: &[&str] = &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// One field of an expression.
struct Field {
    name: &'static str,
    /// The words that may stand in it.
    words: &'static [&'static str],
    /// Letters of their own meaning.
    letters: &'static str,
    hint: &'static str,
}

const FIELDS: [Field; 6] = [
    field("second", "seconds are 0 to 59, such as 0, 0,30 or */10"),
    field("minute", "minutes are 0 to 59, such as 0, 0,30, 10-20 or */15"),
    field("hour", "hours are 0 to 23, such as 9, 8,20, 9-17 or */6"),
    Field {
        letters: "LW",
        ..field("day of the month", "days are 1 to 31, such as 1, 1,15, */2, or L for the last one")
    },
    Field {
        words: MONTHS,
        ..field("month", "months are 1 to 12 or JAN to DEC, such as 1-6 or JAN,JUL")
    },
    Field {
        words: WEEKDAYS,
        letters: "L",
        ..field(
            "weekday",
            "weekdays are 0 to 7 (both are Sunday) or SUN to SAT, such as MON-FRI, MON#1 or FRI#L",
        )
    },
];

const fn field(name: &'static str, hint: &'static str) -> Field {
    Field { name, words: &[], letters: "", hint }
}

/// The fields that a name such as `@daily` stands for, or the expression itself.
pub(super) fn without_nickname(text: &str) -> Result<&str> {
    if !text.starts_with('@') {
        return Ok(text);
    }
    let lower = text.to_lowercase();
    if let Some((_, fields)) = NICKNAMES.iter().find(|(name, _)| *name == lower) {
        return Ok(fields);
    }
    let names = || NICKNAMES.iter().map(|(name, _)| *name);
    let hint = match lower.split(' ').next() {
        Some("@every") => "an interval is schedule.every(\"15m\", …)".to_owned(),
        Some("@reboot") => {
            "what stands outside of functions runs when the program starts".to_owned()
        }
        _ => did_you_mean(&lower, names())
            .unwrap_or_else(|| format!("the names are {}", names().collect::<Vec<_>>().join(", "))),
    };
    Err(Error::invalid(format!("there is no cron expression \"{text}\"")).with_hint(hint))
}

/// The six fields, the seconds being 0 where they are left out.
pub(super) fn split(text: &str) -> Result<Vec<&str>> {
    let mut parts: Vec<&str> = text.split(' ').filter(|part| !part.is_empty()).collect();
    match parts.len() {
        5 => parts.insert(0, "0"),
        6 => {}
        count => {
            let message = format!("\"{text}\" has {count} fields where cron has 5");
            return Err(Error::invalid(message).with_hint(
                "write minute, hour, day of the month, month and weekday: \"30 9 * * MON-FRI\"; \
                 or 6 fields with seconds in front",
            ));
        }
    }
    FIELDS.iter().zip(&parts).try_for_each(|(field, part)| words(field, part))?;
    Ok(parts)
}

/// Only words that the field knows: croner takes a month's name for a weekday.
fn words(field: &Field, part: &str) -> Result<()> {
    let upper = part.to_uppercase();
    for word in upper.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty())
    {
        let bare = field.words.iter().find_map(|name| word.strip_prefix(name)).unwrap_or(word);
        if !bare.chars().all(|letter| field.letters.contains(letter)) {
            let hint = did_you_mean(word, field.words.iter().copied());
            return Err(wrong(field, part).with_hint_if(hint));
        }
    }
    Ok(())
}

/// Which of the fields cannot be right.
pub(super) fn wrong_field(parts: &[&str], text: &str) -> Error {
    for (index, field) in FIELDS.iter().enumerate() {
        let mut alone = ["*"; 6];
        alone[index] = parts[index];
        if read(&alone.join(" ")).is_none() {
            return wrong(field, parts[index]);
        }
    }
    Error::invalid(format!("\"{text}\" is not a cron expression"))
}

fn wrong(field: &Field, part: &str) -> Error {
    Error::invalid(format!("the {} cannot be \"{part}\"", field.name)).with_hint(field.hint)
}
