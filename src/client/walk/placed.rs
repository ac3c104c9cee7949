//! Which rows of a page stand where their creation date says.

use jiff::Timestamp;

use crate::client::rows::Row;

/// A row with the date that it stands at in the list.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) row: Row,
    /// None where the row has no date, or stands elsewhere than its date says.
    pub(crate) at: Option<Timestamp>,
}

/// The rows of a page, newest first, below rows that were placed down to `ceiling`.
///
/// A contact with an odd date may stand anywhere in the list, and must not make the walk believe that it
/// is further than it is, or that it was seen before: only the longest run of rows that is in order
/// counts as placed.
pub(crate) fn placed(rows: Vec<Row>, ceiling: Option<Timestamp>) -> Vec<Placed> {
    let below = |date: &Timestamp| ceiling.is_none_or(|ceiling| *date <= ceiling);
    let date = |(index, row): (usize, &Row)| Some((index, row.created.filter(below)?));
    let dated: Vec<(usize, Timestamp)> = rows.iter().enumerate().filter_map(date).collect();
    let in_order = match dated.is_sorted_by(|(_, one), (_, other)| one >= other) {
        true => dated.iter().map(|(index, _)| *index).collect(),
        false => longest_in_order(&dated),
    };
    let mut in_order = in_order.into_iter().peekable();
    let place = |(index, row): (usize, Row)| {
        let at = in_order.next_if_eq(&index).and(row.created);
        Placed { row, at }
    };
    rows.into_iter().enumerate().map(place).collect()
}

/// The indices of the longest subsequence whose dates do not rise (patience sorting).
fn longest_in_order(dated: &[(usize, Timestamp)]) -> Vec<usize> {
    // `ends[n]` is the place of the row that a subsequence of n + 1 rows can best end with.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; dated.len()];
    for (place, (_, date)) in dated.iter().enumerate() {
        let length = ends.partition_point(|end| dated[*end].1 >= *date);
        before[place] = length.checked_sub(1).map(|shorter| ends[shorter]);
        match ends.get_mut(length) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    let mut chosen: Vec<usize> =
        std::iter::successors(ends.last().copied(), |place| before[*place]).collect();
    chosen.reverse();
    chosen.into_iter().map(|place| dated[place].0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(dates: &[Option<i64>]) -> Vec<Option<i64>> {
        let row = |(index, date): (usize, &Option<i64>)| Row {
            id: index.to_string(),
            created: date.and_then(|date| Timestamp::from_second(date).ok()),
            ..Row::default()
        };
        let rows = dates.iter().enumerate().map(row).collect();
        placed(rows, None).into_iter().map(|placed| Some(placed.at?.as_second())).collect()
    }

    #[test]
    fn rows_in_order_all_stand_by_their_dates() {
        let dates = [Some(9), Some(9), None, Some(7), Some(1)];
        assert_eq!(places(&dates), dates);
        assert_eq!(places(&[]), []);
    }

    #[test]
    fn an_odd_date_places_nothing_whether_it_is_too_old_or_too_new() {
        for odd in [-5, 0, 99] {
            let dates = [Some(9), Some(8), Some(odd), Some(7), Some(6)];
            assert_eq!(places(&dates), [Some(9), Some(8), None, Some(7), Some(6)], "{odd}");
        }
    }
}
