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
    least: u32,
    most: u32,
    /// The words that may stand in it, in the order of the numbers.
    words: &'static [&'static str],
    /// Letters of their own meaning.
    letters: &'static str,
    hint: &'static str,
}

const FIELDS: [Field; 6] = [
    field("second", 0, 59, "seconds are 0 to 59, such as 0, 0,30 or */10"),
    field("minute", 0, 59, "minutes are 0 to 59, such as 0, 0,30, 10-20 or */15"),
    field("hour", 0, 23, "hours are 0 to 23, such as 9, 8,20, 9-17 or */6"),
    Field { letters: "LW", ..field("day of the month", 1, 31, DAYS) },
    Field {
        words: MONTHS,
        ..field("month", 1, 12, "months are 1 to 12 or JAN to DEC, such as 1-6")
    },
    Field { words: WEEKDAYS, letters: "L", ..field("weekday", 0, 7, WEEK) },
];
const DAYS: &str = "days are 1 to 31, such as 1, 1,15, */2, or L for the last one";
const WEEK: &str = "weekdays are SUN to SAT, or 0 to 7 where both are Sunday: MON-FRI, MON#1 (the first), FRI#L (the last)";

const fn field(name: &'static str, least: u32, most: u32, hint: &'static str) -> Field {
    Field { name, least, most, words: &[], letters: "", hint }
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
pub(super) fn split(text: &str) -> Result<[String; 6]> {
    let mut parts: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    if parts.len() == 5 {
        parts.insert(0, "0".to_owned());
    }
    let parts: [String; 6] = parts.try_into().map_err(|parts: Vec<_>| count(text, parts.len()))?;
    FIELDS.iter().zip(&parts).try_for_each(|(field, part)| words(field, part))?;
    FIELDS.iter().zip(&parts).try_for_each(|(field, part)| items(field, part))?;
    Ok(parts)
}

fn count(text: &str, count: usize) -> Error {
    let what = if count == 1 { "field" } else { "fields" };
    Error::invalid(format!("\"{text}\" has {count} {what} where cron has 5")).with_hint(
        "write minute, hour, day of the month, month and weekday: \"30 9 * * MON-FRI\"; \
         or 6 fields with seconds in front",
    )
}

/// Only words that the field knows: croner takes a month's name for a weekday.
fn words(field: &Field, part: &str) -> Result<()> {
    let upper = part.to_uppercase();
    for word in upper.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty())
    {
        let name = field.words.iter().find(|name| word.starts_with(*name));
        let rest = name.map_or(word, |name| &word[name.len()..]);
        if !rest.chars().all(|letter| field.letters.contains(letter)) {
            let meant = name.map(|name| format!("did you mean \"{name}\"?"));
            let meant = meant.or_else(|| did_you_mean(word, field.words.iter().copied()));
            return Err(wrong(field, part).with_hint_if(meant));
        }
    }
    Ok(())
}

/// What croner would read as something else than was meant: nothing between two commas, and a step that is
/// longer than the field.
fn items(field: &Field, part: &str) -> Result<()> {
    for item in part.split(',') {
        let step = item.split_once('/').and_then(|(_, step)| step.parse::<u32>().ok());
        if step.is_some_and(|step| step > field.most) {
            let hint =
                "a step starts anew with each hour, day or year; use schedule.every(\"90m\", …)";
            return Err(wrong(field, part).with_hint(hint));
        }
        if item.is_empty() {
            return Err(wrong(field, part));
        }
    }
    Ok(())
}

/// Which of the fields cannot be right.
pub(super) fn wrong_field(parts: &[String; 6]) -> Error {
    for (index, field) in FIELDS.iter().enumerate() {
        let mut alone = ["*"; 6];
        alone[index] = &parts[index];
        if read(&alone.join(" ")).is_none() {
            let meant = parts[index].split(',').find_map(|item| upwards(field, item));
            return wrong(field, &parts[index]).with_hint_if(meant);
        }
    }
    Error::invalid(format!("\"{}\" is not a cron expression", parts.join(" ")))
}

/// How a range such as `22-6` is written.
fn upwards(field: &Field, item: &str) -> Option<String> {
    let upper = item.to_uppercase();
    let (from, to) = upper.split_once('-')?;
    let number = |word: &str| {
        let named = field.words.iter().position(|name| *name == word);
        named.or_else(|| word.parse().ok())
    };
    let end = match (field.words.first(), field.words.last()) {
        (Some(first), Some(last)) if field.words.contains(&from) => {
            (first.to_string(), last.to_string())
        }
        _ => (field.least.to_string(), field.most.to_string()),
    };
    let backwards = number(from)? > number(to)?;
    backwards.then(|| format!("a range goes upwards: {from}-{},{}-{to}", end.1, end.0))
}

fn wrong(field: &Field, part: &str) -> Error {
    Error::invalid(format!("the {} cannot be \"{part}\"", field.name)).with_hint(field.hint)
}

#[cfg(test)]
mod tests {
    use super::super::expression::Expression;

    #[test]
    fn a_wrong_expression_is_an_error_that_says_what_to_write() {
        for (expression, message, hint) in [
            ("", "\"\" has 0 fields where cron has 5", "minute, hour"),
            ("0 0 * * * * *", "\"0 0 * * * * *\" has 7 fields where cron has 5", "6 fields"),
            ("61 * * * *", "the minute cannot be \"61\"", "0 to 59"),
            ("* 24 * * *", "the hour cannot be \"24\"", "0 to 23"),
            ("60 * * * * *", "the second cannot be \"60\"", "*/10"),
            ("0 22-6 * * *", "the hour cannot be \"22-6\"", "22-23,0-6"),
            ("0 0 * * FRI-MON", "the weekday cannot be \"FRI-MON\"", "FRI-SAT,SUN-MON"),
            ("0 0 * JANUARY *", "the month cannot be \"JANUARY\"", "did you mean \"JAN\"?"),
            ("0 0 * * MNO", "the weekday cannot be \"MNO\"", "did you mean \"MON\"?"),
            ("0 0 * * JAN", "the weekday cannot be \"JAN\"", "SUN to SAT"),
            ("*/90 * * * *", "the minute cannot be \"*/90\"", "schedule.every"),
            ("*/0 * * * *", "the minute cannot be \"*/0\"", "*/15"),
            ("0,,1 * * * *", "the minute cannot be \"0,,1\"", "0,30"),
            ("@dayly", "there is no cron expression \"@dayly\"", "did you mean \"@daily\"?"),
            ("@every 5m", "there is no cron expression \"@every 5m\"", "schedule.every"),
            ("0 0 30 2 *", "\"0 0 30 2 *\" never comes", "no such day"),
            ("0 0 31 4,6,9,11 *", "\"0 0 31 4,6,9,11 *\" never comes", "no such day"),
        ] {
            let error = Expression::parse(expression).unwrap_err();
            assert_eq!(error.message, message);
            assert!(error.hint.as_deref().unwrap_or_default().contains(hint), "{error}");
        }
    }

    #[test]
    fn all_that_cron_and_croner_know_is_read() {
        for expression in [
            "@hourly",
            "@DAILY",
            "@midnight",
            "@weekly",
            "@monthly",
            "@yearly",
            "@annually",
            "0 0 * jan,Jul mon-fri",
            "0 0 * * SAT-SUN",
            "0 0 * * 7",
            "0 0 L * *",
            "0 0 LW * *",
            "0 0 15W * *",
            "0 0 * * MON#2",
            "0 0 * * FRI#L",
            "0 0 * * 5L",
            "0 0 13 * +FRI",
            "10-50/10 8 * * *",
            "0 0 ? * MON",
            "  5   4  *  * * ",
            "0 0 29 2 *",
            "30 5 4 * * *",
        ] {
            assert!(Expression::parse(expression).is_ok(), "{expression}");
        }
    }
}
