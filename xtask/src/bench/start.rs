//! What a start costs: programs that do nothing.

use std::process::Command;

use super::contender::{Contender, in_turn, median};
use super::page::table;
use super::process::{FIRST_CORE, on_cores, run};
use super::tool::Tool;

/// Starts of each program; the median counts.
const STARTS: usize = 31;

const HEAD: &str = "\
## Start

From the start of the process to its end, with nothing to do, on one core. Median of 31.
";

/// Milliseconds from the start of a program that does nothing to its end.
pub(super) fn measure() -> Result<String, Box<dyn std::error::Error>> {
    let empty = empty_program()?;
    let contenders = [
        Contender::new("an empty Rust program", &[&empty], None),
        Contender::script("`cliengo run empty.lua`", &["xtask/peers/empty.lua"]),
        Contender::script("`cliengo run empty.rhai`", &["xtask/peers/empty.rhai"]),
        Contender::other("`lua5.4 -e ''`", Tool::Lua(""), &["-e", ""]),
        Contender::other("`python3 -c ''`", Tool::Python("sys"), &["-c", ""]),
        Contender::other("`node -e ''`", Tool::Node, &["-e", ""]),
    ];
    let measured = in_turn(&contenders, STARTS, |contender| {
        Ok(run(&mut on_cores(FIRST_CORE, &contender.command))?.wall.as_secs_f64() * 1e3)
    });
    let measured: Vec<_> = measured.into_iter().map(|times| times.map(median)).collect();
    let first = measured.first().and_then(|time| time.clone().ok()).unwrap_or(f64::NAN);
    let columns = ["ms", "more than an empty program"];
    let rows = table(&columns, &contenders, &measured, |time| {
        vec![format!("{time:.1}"), format!("{:+.1}", time - first)]
    });
    Ok(format!("{HEAD}\n{rows}"))
}

fn empty_program() -> Result<String, Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join("cliengo-bench");
    std::fs::create_dir_all(&folder)?;
    let (source, binary) = (folder.join("empty.rs"), folder.join("empty"));
    std::fs::write(&source, "fn main() {}")?;
    let built = Command::new("rustc").arg("-O").arg(&source).arg("-o").arg(&binary).status()?;
    if built.success() { Ok(binary.display().to_string()) } else { Err("rustc failed".into()) }
}
