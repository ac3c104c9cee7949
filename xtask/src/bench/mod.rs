//! `cargo xtask bench [PART…]`: measures and writes `docs/performance.md`. Other programs are measured
//! beside ours in the same run; what counts are the ratios.
//!
//! | file | what |
//! |---|---|
//! | `page` | the page: its parts, tables and goals |
//! | `contender`, `tool` | what is measured, and what it needs of the machine |
//! | `process`, `server` | one run of it, and the emulator that it asks |
//! | `get`, `write`, `start`, `prompt`, `walk`, `memory`, `decode`, `growth`, `idle` | one part of the page each |
//! | `chart` | the plot of the growth |
//! | `busy` | a word where other work disturbed the clock |

mod busy;
mod chart;
mod contender;
mod decode;
mod get;
mod growth;
mod idle;
mod memory;
mod page;
mod process;
mod prompt;
mod server;
mod start;
mod tool;
mod walk;
mod write;

use std::path::Path;

use self::page::Page;
use crate::Outcome;

const PAGE: &str = "docs/performance.md";

/// Measures, and gives the text of the part.
type Measure = fn() -> Result<String, Box<dyn std::error::Error>>;

/// The parts in the order of the page.
const PARTS: [(&str, Measure); 9] = [
    ("get", get::measure),
    ("write", write::measure),
    ("walk", walk::measure),
    ("list", memory::measure),
    ("growth", growth::measure),
    ("decode", decode::measure),
    ("start", start::measure),
    ("prompt", prompt::measure),
    ("idle", idle::measure),
];

/// Builds the program as it is measured, and gives where it is.
pub fn build() -> Result<std::path::PathBuf, Box<dyn std::error::Error>> {
    contender::build()?;
    Ok(std::path::absolute(contender::program())?)
}

/// Measures the parts that are named, or all.
pub fn run(wanted: &[&str]) -> Outcome {
    let order = PARTS.map(|(name, _)| name);
    if let Some(unknown) = wanted.iter().find(|name| !order.contains(name)) {
        return Err(format!("there is no part {unknown}; there are {}", order.join(", ")).into());
    }
    contender::build()?;
    for (name, measure) in PARTS {
        if wanted.is_empty() || wanted.contains(&name) {
            eprintln!("measuring: {name}");
            let note = busy::note().unwrap_or_default();
            let text = format!("{}\n{note}", measure()?);
            println!("{text}");
            Page::read(Path::new(PAGE)).with(&order, name, &text).write(Path::new(PAGE))?;
        }
    }
    Ok(())
}
