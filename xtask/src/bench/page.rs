//! `docs/performance.md`: parts between marks, so that one part can be measured again alone.

use std::path::Path;

use super::contender::{Contender, Measured};

const HEAD: &str = "\
# Performance

Written by `cargo xtask bench`. Each part is measured in one run on one machine, over loopback, against the emulator as a
process of its own. Machines differ: read the ratios. `cargo xtask bench walk` measures one part again.
";

/// The page as it stands.
pub(super) struct Page(String);

impl Page {
    /// Reads it; a page that is not there has no parts.
    pub(super) fn read(path: &Path) -> Self {
        Self(std::fs::read_to_string(path).unwrap_or_default())
    }

    /// The page with this part new, all parts in order.
    pub(super) fn with(&self, order: &[&str], name: &str, text: &str) -> Self {
        let mut page = HEAD.to_owned();
        for part in order {
            let text = if *part == name { Some(text) } else { self.part(part) };
            if let Some(text) = text {
                let (begin, end) = marks(part);
                page.push_str(&format!("\n{begin}\n{}\n{end}\n", text.trim()));
            }
        }
        Self(page)
    }

    fn part(&self, name: &str) -> Option<&str> {
        let (begin, end) = marks(name);
        Some(self.0.split_once(&begin)?.1.split_once(&end)?.0)
    }

    pub(super) fn write(&self, path: &Path) -> std::io::Result<()> {
        std::fs::write(path, &self.0)
    }
}

fn marks(part: &str) -> (String, String) {
    (format!("<!-- {part} -->"), format!("<!-- end of {part} -->"))
}

/// A table with a row for each contender; where there is no measurement, the words in its place.
pub(super) fn table<T>(
    columns: &[&str],
    contenders: &[Contender],
    measured: &[Measured<T>],
    cells: impl Fn(&T) -> Vec<String>,
) -> String {
    let mut text =
        format!("| | {} |\n|{}\n", columns.join(" | "), "---|".repeat(columns.len() + 1));
    for (contender, measured) in contenders.iter().zip(measured) {
        let mut cells = match measured {
            Ok(measured) => cells(measured),
            Err(words) => vec![words.replace('|', "/")],
        };
        cells.resize(columns.len(), String::new());
        text.push_str(&format!("| {} | {} |\n", contender.name, cells.join(" | ")));
    }
    text
}

/// What was aimed at, beside what was measured.
pub(super) struct Goal {
    pub(super) aim: &'static str,
    /// None where a contender that it needs could not be measured.
    pub(super) measured: Option<(String, bool)>,
}

impl Goal {
    /// A number with the digits and the unit that it is shown with.
    pub(super) fn new(
        aim: &'static str,
        value: Option<f64>,
        unit: &str,
        held: impl Fn(f64) -> bool,
    ) -> Self {
        let digits = if value.is_some_and(|value| value >= 20.0) { 0 } else { 2 };
        let shown = |value: f64| (format!("{value:.digits$} {unit}"), held(value));
        Self { aim, measured: value.map(shown) }
    }
}

/// The goals as a table.
pub(super) fn goals(goals: &[Goal]) -> String {
    let mut text = String::from("| goal | measured | |\n|---|---|---|\n");
    for Goal { aim, measured } in goals {
        let (shown, verdict) = match measured {
            Some((shown, true)) => (&**shown, "held"),
            Some((shown, false)) => (&**shown, "**missed**"),
            None => ("", "not measured"),
        };
        text.push_str(&format!("| {aim} | {shown} | {verdict} |\n"));
    }
    text
}
