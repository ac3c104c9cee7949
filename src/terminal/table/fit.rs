//! How wide the columns are, and which have no room.

use super::column::Column;
use super::draw::GAP;

/// The columns that have room in this width, in their order, and the width of each.
pub(super) fn fit(mut columns: Vec<Column>, width: Option<usize>) -> (Vec<Column>, Vec<usize>) {
    let Some(width) = width else {
        let widths = columns.iter().map(Column::natural).collect();
        return (columns, widths);
    };
    drop_what_has_no_room(&mut columns, width);
    let gaps = GAP.len() * columns.len().saturating_sub(1);
    let wanted: Vec<_> = columns.iter().map(|it| (it.least, it.natural())).collect();
    (columns, shared(&wanted, width.saturating_sub(gaps)))
}

/// Takes the important ones first, each that still has room; the first one even where it has none.
fn drop_what_has_no_room(columns: &mut Vec<Column>, width: usize) {
    let mut ranks: Vec<_> = columns.iter().map(|column| (column.rank, column.least)).collect();
    ranks.sort_unstable();
    let (mut kept, mut used) = (Vec::new(), 0);
    for (rank, least) in ranks {
        let needed = if kept.is_empty() { least } else { used + GAP.len() + least };
        if kept.is_empty() || needed <= width {
            kept.push(rank);
            used = needed;
        }
    }
    columns.retain(|column| kept.contains(&column.rank));
}

/// The room shared out: every column gets the same, but none less than its least or more than it needs.
fn shared(wanted: &[(usize, usize)], room: usize) -> Vec<usize> {
    let at = |level: usize| {
        wanted.iter().map(|&(least, natural)| level.clamp(least, natural)).collect::<Vec<_>>()
    };
    let widest = wanted.iter().map(|&(_, natural)| natural).max().unwrap_or(0).min(room);
    let fits = |level: &usize| at(*level).iter().sum::<usize>() <= room;
    match (0..=widest).rev().find(fits) {
        Some(level) => at(level),
        // The only column is wider than the terminal.
        None => wanted.iter().map(|_| room).collect(),
    }
}
