//! A bar chart as text.

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::items::{Item, items, largest, number};
use super::table::{joined, pad};
use crate::Result;
use crate::api::{Call, memory};

const USUAL_WIDTH: f64 = 40.0;
/// The eighths of a character, from one to seven.
const EIGHTHS: [&str; 7] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// `report.bars(items, options?)`
pub(super) fn bars(call: &Call) -> Result<Value> {
    let items = items(call.value(0), call.option(1, "label"), call.option(1, "value"))?;
    let width = call.option(1, "width").as_f64().unwrap_or(USUAL_WIDTH);
    let largest = largest(&items);
    let drawn = |item: &Item| memory::check().map(|()| bar(item.value / largest * width));
    let drawn = items.iter().map(drawn).collect::<Result<Vec<String>>>()?;
    let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
    let labels = widest(&mut items.iter().map(|item| item.label.width()));
    let numbers = widest(&mut items.iter().map(|item| number(item.value).width()));
    let bars = widest(&mut drawn.iter().map(|bar| bar.width()));
    let line = |(item, bar): (&Item, &String)| {
        memory::check()?;
        let number = pad(&number(item.value), numbers, true);
        Ok(format!("{}  {}  {number}", pad(&item.label, labels, false), pad(bar, bars, false)))
    };
    let title = call.option(1, "title").as_str().map(|title| Ok(title.to_owned()));
    let lines = title.into_iter().chain(items.iter().zip(&drawn).map(line));
    joined(&lines.collect::<Result<Vec<String>>>()?)
}

/// So many characters of a bar; what is not nothing shows.
fn bar(length: f64) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let eighths =
        (length * 8.0).round().clamp(f64::from(u8::from(length > 0.0)), 8.0 * 500.0) as usize;
    let rest = (eighths % 8).checked_sub(1).map_or("", |rest| EIGHTHS[rest]);
    format!("{}{rest}", "█".repeat(eighths / 8))
}
