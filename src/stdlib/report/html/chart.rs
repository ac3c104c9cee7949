//! Charts, drawn in SVG.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::escape::escaped;
use crate::Result;
use crate::api::{Named, checked_options as options, memory};
use crate::schema::FieldType;
use crate::stdlib::report::items::{Item, items, largest, number};

const CHART: &[Named] = &[
    Named::new("kind", "What is drawn: bars unless given.").of(FieldType::Choice(&["bar", "line"])),
    Named::new("items", "What is shown.").needed(),
    Named::new("label", "The field with the label.").of(FieldType::Text),
    Named::new("value", "The field with the number.").of(FieldType::Text),
];

/// All measures are in units of the drawing, which is as wide as the column of text.
const WIDTH: f64 = 720.0;
const LABELS: f64 = 180.0;
const NUMBERS: f64 = 70.0;
const ROW: f64 = 30.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 50.0;
const BOTTOM: f64 = 30.0;
/// More letters have no room beside a bar.
const LONGEST: usize = 24;

/// The chart as SVG.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for an unknown name, and an item without a number.
pub(super) fn written(given: Map<String, Value>) -> Result<String> {
    let given = options(given, CHART)?;
    let of = |name: &str| given.get(name).unwrap_or(&Value::Null);
    let items = items(of("items"), of("label"), of("value"))?;
    let is_line = of("kind") == "line";
    let (height, drawn) = if is_line { line(&items)? } else { bars(&items)? };
    Ok(format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">\n{drawn}</svg>\n",
        escaped(&described(&items)),
    ))
}

/// The chart in words, for those who do not see it.
fn described(items: &[Item]) -> String {
    let words: Vec<String> =
        items.iter().map(|item| format!("{}: {}", item.label, number(item.value))).collect();
    words.join(", ")
}

fn bars(items: &[Item]) -> Result<(f64, String)> {
    let (mut drawn, mut top) = (String::new(), 0.0);
    let scale = (WIDTH - LABELS - NUMBERS) / largest(items);
    for item in items {
        memory::check()?;
        let (width, middle) = (item.value * scale, top + ROW / 2.0 + 4.5);
        let (bar, height) = (top + 5.0, ROW - 10.0);
        let _ = writeln!(
            drawn,
            "<g><title>{}: {number}</title><text x=\"{}\" y=\"{middle:.1}\" text-anchor=\"end\">{}</text>\
             <rect class=\"bar\" x=\"{LABELS}\" y=\"{bar:.1}\" width=\"{width:.1}\" height=\"{height}\" rx=\"2\"/>\
             <text class=\"soft\" x=\"{:.1}\" y=\"{middle:.1}\">{number}</text></g>",
            escaped(&item.label),
            LABELS - 10.0,
            escaped(&cut(&item.label)),
            LABELS + width + 8.0,
            number = number(item.value),
        );
        top += ROW;
    }
    Ok((top.max(ROW), drawn))
}

fn line(items: &[Item]) -> Result<(f64, String)> {
    let largest = largest(items);
    let base = HEIGHT - BOTTOM;
    let last = u32::try_from(items.len().saturating_sub(1).max(1)).map_or(1.0, f64::from);
    let x = |place: usize| {
        LEFT + (WIDTH - LEFT - 20.0) * u32::try_from(place).map_or(0.0, f64::from) / last
    };
    let y = |value: f64| base - (base - 15.0) * value / largest;
    let mut drawn = grid(largest, y);
    let point = |(place, item): (usize, &Item)| format!("{:.1},{:.1}", x(place), y(item.value));
    let points: Vec<String> = items.iter().enumerate().map(point).collect();
    let _ = writeln!(drawn, "<polyline class=\"line\" points=\"{}\"/>", points.join(" "));
    // About eight labels have room.
    let every = items.len().div_ceil(8).max(1);
    for (place, item) in items.iter().enumerate() {
        memory::check()?;
        let (at, number) = (x(place), number(item.value));
        let label = escaped(&item.label);
        let _ = writeln!(
            drawn,
            "<circle class=\"dot\" cx=\"{at:.1}\" cy=\"{:.1}\" r=\"3\"><title>{label}: {number}</title></circle>",
            y(item.value),
        );
        if place % every == 0 {
            let label = escaped(&cut(&item.label));
            let below = HEIGHT - 8.0;
            let _ = writeln!(
                drawn,
                "<text class=\"soft\" x=\"{at:.1}\" y=\"{below}\" text-anchor=\"middle\">{label}</text>"
            );
        }
    }
    Ok((HEIGHT, drawn))
}

/// Lines at nothing, at half of the largest number, and at all of it.
fn grid(largest: f64, y: impl Fn(f64) -> f64) -> String {
    let mut drawn = String::new();
    for value in [0.0, largest / 2.0, largest] {
        let (at, left, right) = (y(value), LEFT - 8.0, WIDTH - 20.0);
        let (below, number) = (at + 4.5, number(value));
        let _ = writeln!(
            drawn,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>\
             <text class=\"soft\" x=\"{left}\" y=\"{below:.1}\" text-anchor=\"end\">{number}</text>",
        );
    }
    drawn
}

fn cut(label: &str) -> String {
    match label.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &label[..end]),
        None => label.to_owned(),
    }
}
