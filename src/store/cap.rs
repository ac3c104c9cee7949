//! No run may fill the store: what it logged is kept up to a size, and the record tells of the cut.

use std::borrow::Cow;

use serde_json::json;

use super::RunEnd;

/// The most bytes of JSON that are kept of each: a run's log, its exchanges, its writes, its result.
const MOST: usize = 256 << 10;

/// The most bytes of one text: an error, a line of a log.
const MOST_TEXT: usize = 16 << 10;

/// The text, or its beginning and a word of its length where it is too long to be kept.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    if text.len() <= MOST_TEXT {
        return text.into();
    }
    let end = (0..=MOST_TEXT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    format!("{}… ({} bytes in all)", &text[..end], text.len()).into()
}

impl RunEnd {
    /// With what is beyond the caps left out, and a line in its place that says so.
    pub(super) fn capped(&self) -> Self {
        let ended = self.ended;
        let log = |left_out| {
            let message = format!("… {left_out} lines are left out here");
            json!({ "time": ended.to_string(), "level": "warn", "message": message })
        };
        let result = match self.result.to_string().len() {
            bytes if bytes > MOST => json!({ "left_out": format!("a result of {bytes} bytes") }),
            _ => self.result.clone(),
        };
        Self {
            log: middle_left_out(&self.log, log),
            http: middle_left_out(&self.http, |left_out| json!({ "left_out": left_out })),
            writes: middle_left_out(&self.writes, |left_out| {
                format!("… {left_out} writes are left out here")
            }),
            result,
            error: self.error.as_deref().map(|error| shortened(error).into_owned()),
            ..*self
        }
    }
}

/// The beginning and the end, for both tell more of what went wrong than the middle does.
fn middle_left_out<T>(items: &[T], told: impl Fn(usize) -> T) -> Vec<T>
where
    T: Clone + serde::Serialize,
{
    let sizes: Vec<usize> = items.iter().map(size).collect();
    if sizes.iter().sum::<usize>() <= MOST {
        return items.to_vec();
    }
    let head = fitting(sizes.iter());
    let tail = fitting(sizes[head..].iter().rev());
    let left_out = items.len() - head - tail;
    let mut kept = items[..head].to_vec();
    kept.push(told(left_out));
    kept.extend_from_slice(&items[items.len() - tail..]);
    kept
}

/// How many of these fit into half of the room.
fn fitting<'a>(sizes: impl Iterator<Item = &'a usize>) -> usize {
    let mut room = MOST / 2;
    sizes
        .take_while(|size| {
            let fits = **size <= room;
            room -= if fits { **size } else { 0 };
            fits
        })
        .count()
}

/// The bytes of an item in a list, with its comma.
fn size(item: &impl serde::Serialize) -> usize {
    serde_json::to_string(item).map_or(MOST, |text| text.len()) + 1
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn ended(lines: usize) -> RunEnd {
        RunEnd {
            state: super::super::RunState::Done,
            ended: jiff::Timestamp::UNIX_EPOCH,
            result: Value::Null,
            error: None,
            log: (0..lines).map(|n| json!({ "message": format!("line {n} {:090}", 0) })).collect(),
            http: Vec::new(),
            writes: Vec::new(),
        }
    }

    #[test]
    fn a_short_log_is_kept_as_it_is() {
        assert_eq!(ended(1000).capped(), ended(1000));
    }

    #[test]
    fn of_a_long_log_both_ends_are_kept_and_the_cut_is_told() {
        let long = ended(10_000);
        let kept = long.capped().log;
        assert!(Value::from(kept.clone()).to_string().len() <= MOST + 200);
        assert_eq!(kept.first(), long.log.first());
        assert_eq!(kept.last(), long.log.last());
        let left_out = 10_000 - (kept.len() - 1);
        let told = format!("… {left_out} lines are left out here");
        assert!(kept.iter().any(|line| line["message"] == told.as_str()));
    }

    #[test]
    fn a_huge_result_is_named_by_its_size() {
        let result = Value::from("x".repeat(MOST));
        let capped = RunEnd { result, ..ended(0) }.capped();
        assert_eq!(capped.result, json!({ "left_out": "a result of 262146 bytes" }));
    }

    #[test]
    fn a_long_error_is_kept_in_its_beginning() {
        let error = Some("€".repeat(MOST));
        let kept = RunEnd { error, ..ended(0) }.capped().error.unwrap();
        assert!(kept.starts_with("€€") && kept.ends_with("€… (786432 bytes in all)"));
        assert!(kept.len() <= MOST_TEXT + 30);
    }
}
