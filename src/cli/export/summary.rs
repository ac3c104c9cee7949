//! What an export came to, in a line.

use std::path::Path;
use std::time::Duration;

use indicatif::HumanCount;

/// What an export came to.
pub(super) struct Written {
    pub(super) contacts: u64,
    pub(super) bytes: u64,
    /// Values that no column could hold.
    pub(super) lost: u64,
}

impl Written {
    /// `29,281 contacts written to contacts.csv (31 MB, 12 s)`
    pub(super) fn describe(&self, file: Option<&Path>, time: Duration) -> String {
        let noun = if self.contacts == 1 { "contact" } else { "contacts" };
        let place = file.map(|file| format!(" to {}", file.display())).unwrap_or_default();
        let (count, size, time) = (HumanCount(self.contacts), size(self.bytes), length(time));
        format!("{count} {noun} written{place} ({size}, {time})")
    }

    /// What is to be said of values that no column could hold; nothing where there were none.
    pub(super) fn loss(&self) -> Option<String> {
        let values = if self.lost == 1 { "value was" } else { "values were" };
        let count = HumanCount(self.lost);
        (self.lost > 0).then(|| {
            format!(
                "{count} {values} of another type than the column, and left out: `extra` keeps such"
            )
        })
    }
}

/// Bytes in the largest unit that leaves one digit or more before the point.
fn size(bytes: u64) -> String {
    let units = ["kB", "MB", "GB", "TB"];
    let mut number = bytes as f64;
    let mut unit = "bytes";
    for larger in units {
        if number < 999.5 {
            break;
        }
        (number, unit) = (number / 1_000.0, larger);
    }
    rounded(number, unit, unit != "bytes")
}

fn length(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0 if time.as_millis() < 100 => format!("{} ms", time.as_millis()),
        0..60 => rounded(time.as_secs_f64(), "s", true),
        60..3_600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3_600, seconds / 60 % 60),
    }
}

/// With one decimal below ten, where that makes sense of the unit.
fn rounded(number: f64, unit: &str, decimal: bool) -> String {
    if decimal && number < 9.95 {
        format!("{number:.1} {unit}")
    } else {
        format!("{number:.0} {unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_short() {
        let sizes = [(0, "0 bytes"), (812, "812 bytes"), (1_234, "1.2 kB"), (31_400_000, "31 MB")];
        for (bytes, expected) in sizes {
            assert_eq!(size(bytes), expected);
        }
        assert_eq!(size(999_700), "1.0 MB");
        for (milliseconds, expected) in [(420, "0.4 s"), (12_300, "12 s"), (185_000, "3 min 5 s")] {
            assert_eq!(length(Duration::from_millis(milliseconds)), expected);
        }
    }

    #[test]
    fn the_line_says_how_many_and_where() {
        let written = Written { contacts: 29_281, bytes: 31_400_000, lost: 0 };
        let line = written.describe(Some(Path::new("contacts.csv")), Duration::from_secs(12));
        assert_eq!(line, "29,281 contacts written to contacts.csv (31 MB, 12 s)");
        let one = Written { contacts: 1, bytes: 900, lost: 2 };
        assert_eq!(one.describe(None, Duration::ZERO), "1 contact written (900 bytes, 0 ms)");
    }
}
