//! A cron expression in plain words.

use super::expression::Expression;

/// More times of day than these are told by their minutes and hours.
const LISTED: usize = 6;

/// One field of the time of day.
struct Part {
    unit: &'static str,
    size: u32,
    text: String,
}

/// `At 09:30 on Monday to Friday`.
pub(super) fn describe(expression: &Expression) -> String {
    let [second, minute, hour] = expression.time_of_day();
    let parts = [part("second", 60, second), part("minute", 60, minute), part("hour", 24, hour)];
    let time = times_of_day(expression, &parts).unwrap_or_else(|| by_units(&parts));
    format!("{}{}", capital(&time), days(expression))
}

fn part(unit: &'static str, size: u32, text: &str) -> Part {
    Part { unit, size, text: text.to_owned() }
}

/// The days as croner puts them, in our words for the most frequent ones.
fn days(expression: &Expression) -> String {
    let description = expression.days_alone().map(|pattern| pattern.describe()).unwrap_or_default();
    let days = description.trim_start_matches("At 00:00").trim_end_matches('.');
    let mut days = days
        .replace("Monday, Tuesday, Wednesday, Thursday, and Friday", "Monday to Friday")
        .replace("in every", "every")
        .replacen(", on", " on", 1);
    if expression.is_last_weekday() {
        days = days.replace("the last day", "the last weekday");
    }
    days
}

/// `at 02:30 and 14:30`, where the times are fixed and few.
fn times_of_day(expression: &Expression, parts: &[Part; 3]) -> Option<String> {
    let [seconds, minutes, hours] = parts.each_ref().map(Part::values);
    let count = seconds.len() * minutes.len() * hours.len();
    if !expression.is_fixed() || count > LISTED {
        return None;
    }
    let mut times = Vec::with_capacity(count);
    for hour in &hours {
        for minute in &minutes {
            times.extend(seconds.iter().map(|second| match parts[0].text.as_str() {
                "0" => format!("{hour:02}:{minute:02}"),
                _ => format!("{hour:02}:{minute:02}:{second:02}"),
            }));
        }
    }
    Some(format!("at {}", joined(&times)))
}

/// `every 15 minutes of hours 9 to 17`, from the finest unit that says something to the coarsest.
fn by_units(parts: &[Part; 3]) -> String {
    let parts = if parts[0].text == "0" { &parts[1..] } else { &parts[..] };
    let mut words = String::new();
    let mut lists = false;
    for (place, part) in parts.iter().enumerate() {
        let all = part.values().len() == part.size as usize;
        let step = part.even_step();
        match (place, all, step) {
            (0, true, _) => words = format!("every {}", part.unit),
            (0, _, Some(step)) => words = format!("every {step} {}s", part.unit),
            (0, ..) => words = format!("at {}", part.list()),
            (_, true, _) if lists => words += &format!(" of every {}", part.unit),
            (_, true, _) => {}
            _ => words += &format!(" of {}", part.list()),
        }
        lists = !all && (place > 0 || step.is_none());
    }
    words
}

impl Part {
    /// The values, in order. The field is known to be right.
    fn values(&self) -> Vec<u32> {
        let mut values: Vec<u32> = self.text.split(',').flat_map(|item| self.item(item)).collect();
        values.sort_unstable();
        values.dedup();
        values
    }

    fn item(&self, item: &str) -> impl Iterator<Item = u32> + use<> {
        let (range, step) = item.split_once('/').unwrap_or((item, "1"));
        let (from, to) = match range.split_once('-') {
            Some((from, to)) => (from.parse().unwrap_or(0), to.parse().unwrap_or(0)),
            None if range == "*" => (0, self.size - 1),
            None => (range.parse().unwrap_or(0), range.parse().unwrap_or(0)),
        };
        (from..=to).step_by(step.parse().unwrap_or(1).max(1))
    }

    /// The step of a field such as `*/15`, where it keeps its distance across the hour or the day.
    fn even_step(&self) -> Option<u32> {
        let step = self.text.strip_prefix("*/")?.parse().ok()?;
        (step > 0 && self.size.is_multiple_of(step)).then_some(step)
    }

    /// `minute 5`, `hours 9 to 17 and 20`
    fn list(&self) -> String {
        let values = self.values();
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for value in &values {
            match runs.last_mut() {
                Some(run) if run.1 + 1 == *value => run.1 = *value,
                _ => runs.push((*value, *value)),
            }
        }
        let word = |run: &(u32, u32)| match run.1 - run.0 {
            0 => vec![run.0.to_string()],
            1 => vec![run.0.to_string(), run.1.to_string()],
            _ => vec![format!("{} to {}", run.0, run.1)],
        };
        let plural = if values.len() == 1 { "" } else { "s" };
        let words: Vec<_> = runs.iter().flat_map(word).collect();
        format!("{}{plural} {}", self.unit, joined(&words))
    }
}

/// `a, b and c`
fn joined(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_told_in_words() {
        for (expression, words) in [
            ("0 0 * * *", "At 00:00"),
            ("30 9 * * MON-FRI", "At 09:30 on Monday to Friday"),
            ("30 2,14 * * *", "At 02:30 and 14:30"),
            ("0 0-5 * * *", "At 00:00, 01:00, 02:00, 03:00, 04:00 and 05:00"),
            ("0 9-17 * * *", "At minute 0 of hours 9 to 17"),
            (
                "0,30 8-18,20 * * 6,0",
                "At minutes 0 and 30 of hours 8 to 18 and 20 on Sunday and Saturday",
            ),
            ("* * * * *", "Every minute"),
            ("*/15 * * * *", "Every 15 minutes"),
            ("*/25 * * * *", "At minutes 0, 25 and 50 of every hour"),
            ("0 * * * *", "At minute 0 of every hour"),
            ("0 */6 * * *", "At minute 0 of hours 0, 6, 12 and 18"),
            ("*/15 9-17 * * 1-5", "Every 15 minutes of hours 9 to 17 on Monday to Friday"),
            ("*/10 * * * * *", "Every 10 seconds"),
            ("*/10 5 * * * *", "Every 10 seconds of minute 5 of every hour"),
            ("15 30 9 1 1 *", "At 09:30:15 on day 1, in January"),
            ("0 0 1 */3 *", "At 00:00 on day 1, every 3 months"),
            ("0 9 * * MON#1", "At 09:00 on the 1st Monday of the month"),
            ("0 9 13 * FRI", "At 09:00 on day 13 or Friday"),
            ("0 0 L * *", "At 00:00 on the last day of the month"),
            ("0 0 lw * *", "At 00:00 on the last weekday of the month"),
            ("@weekly", "At 00:00 on Sunday"),
        ] {
            assert_eq!(describe(&Expression::parse(expression).unwrap()), words, "{expression}");
        }
    }
}
