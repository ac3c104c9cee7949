//! Lists of anything but objects.

use serde_json::Value;

use crate::terminal::View;
use crate::terminal::cell::Cell;

/// A line for each item.
pub(super) fn lines(items: &[Value], view: &View) -> String {
    let width = view.width.unwrap_or(usize::MAX);
    let line = |item: &Value| Cell::of("", Some(item)).cut(width).painted(view.paint) + "\n";
    items.iter().map(line).collect()
}
