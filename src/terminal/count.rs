//! Numbers of things, in words.

use indicatif::HumanCount;

/// The number with a comma between thousands: `4,950`.
pub(crate) fn thousands(number: usize) -> String {
    HumanCount(number as u64).to_string()
}

/// So many of them, in words: `1 contact`, `4,950 contacts`.
pub(crate) fn counted(number: usize, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{} {one}s", thousands(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_by_commas() {
        let numbers = [0, 7, 950, 4_950, 12_000, 1_000_000];
        let texts = ["0", "7", "950", "4,950", "12,000", "1,000,000"];
        assert_eq!(numbers.map(thousands), texts);
    }

    #[test]
    fn one_is_no_plural() {
        assert_eq!([0, 1, 2].map(|n| counted(n, "row")), ["0 rows", "1 row", "2 rows"]);
    }
}
