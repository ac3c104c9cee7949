//! What a run said or asked, no more than fits: its beginning and its end, for both tell more of what went
//! wrong than the middle does.

use std::collections::VecDeque;

use serde_json::Value;

/// Entries of each end that are kept.
const MOST: usize = 500;
/// Bytes of JSON of each end that are kept; together less than the store keeps of a run.
const MOST_BYTES: usize = 120 << 10;

/// What a run said or asked, as far as it is kept.
#[derive(Debug, Default)]
pub(super) struct Entries {
    head: Vec<Value>,
    head_bytes: usize,
    /// Set once something did not fit into the beginning.
    head_full: bool,
    tail: VecDeque<(Value, usize)>,
    tail_bytes: usize,
    left_out: u64,
}

impl Entries {
    pub(super) fn add(&mut self, entry: Value) {
        let bytes = entry.to_string().len() + 1;
        self.head_full |= self.head.len() == MOST || self.head_bytes + bytes > MOST_BYTES;
        if !self.head_full {
            self.head_bytes += bytes;
            return self.head.push(entry);
        }
        self.tail_bytes += bytes;
        self.tail.push_back((entry, bytes));
        while self.tail.len() > MOST || self.tail_bytes > MOST_BYTES {
            let Some((_, bytes)) = self.tail.pop_front() else { return };
            self.tail_bytes -= bytes;
            self.left_out += 1;
        }
    }

    /// All that is kept, in order; `told` says how many are left out in the middle.
    pub(super) fn take(&mut self, told: impl FnOnce(u64) -> Value) -> Vec<Value> {
        let Self { head, tail, left_out, .. } = std::mem::take(self);
        let mut kept = head;
        kept.extend((left_out > 0).then(|| told(left_out)));
        kept.extend(tail.into_iter().map(|(entry, _)| entry));
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(lines: usize, line: &str) -> Vec<Value> {
        let mut entries = Entries::default();
        (0..lines).for_each(|number| entries.add(format!("{number} {line}").into()));
        entries.take(|left_out| left_out.into())
    }

    #[test]
    fn a_few_entries_are_kept_as_they_are() {
        assert_eq!(kept(1_000, "").len(), 1_000);
        assert_eq!(kept(2, "x"), ["0 x", "1 x"]);
    }

    #[test]
    fn of_many_both_ends_are_kept_and_the_others_are_counted() {
        let kept = kept(10_000, "x");
        assert_eq!(kept.len(), 2 * MOST + 1);
        assert_eq!((&kept[0], &kept[MOST]), (&"0 x".into(), &9_000.into()));
        assert_eq!(kept[2 * MOST], "9999 x");
    }

    #[test]
    fn what_is_kept_is_bounded_in_bytes_too() {
        let kept = kept(1_000, &"x".repeat(10_000));
        let bytes: usize = kept.iter().map(|entry| entry.to_string().len()).sum();
        assert!(bytes < 2 * MOST_BYTES + 100, "{bytes}");
        assert!(kept[kept.len() - 1].as_str().is_some_and(|last| last.starts_with("999 ")));
    }
}
