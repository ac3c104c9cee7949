//! What decoding costs alone: the bytes of 1,000 contacts to values.

use std::path::{Path, PathBuf};

use super::contender::{Contender, Measured, in_turn, median};
use super::page::{Goal, goals, table};
use super::process::{FIRST_CORE, Run, on_cores, run};
use super::server::Server;
use super::tool::Tool;

/// Contacts in the file.
const CONTACTS: &str = "1000";
/// Times that a contender decodes it in one process.
const TIMES: &str = "40";
/// Runs of each contender; the median counts.
const ROUNDS: usize = 5;

/// The places of the contenders that the goals speak of.
const LUA: usize = 1;
const RHAI: usize = 2;
const CJSON: usize = 3;
const RHAI_TREE: usize = 5;

const HEAD: &str = "\
## Decoding alone: 1,000 contacts

The same bytes, already in memory, to values of the language, 40 times in one process on one core: the processor time, less
that of a run that decodes nothing. Median of 5 runs. \"Over a tree\" is `serde_json::Value`, then converted.
";

/// Megabytes a second.
pub(super) fn measure() -> Result<String, Box<dyn std::error::Error>> {
    let file = rows()?;
    let megabytes = std::fs::metadata(&file)?.len() as f64 / 1e6;
    let contenders = contenders(&file);
    let times: f64 = TIMES.parse()?;
    let measured = in_turn(&contenders, ROUNDS, |contender| {
        let (whole, empty) = (decoded(contender, TIMES)?, decoded(contender, "0")?);
        Ok(megabytes * times / whole.processor.saturating_sub(empty.processor).as_secs_f64())
    });
    let measured: Vec<_> = measured.into_iter().map(|speeds| speeds.map(median)).collect();
    let rows = table(&["MB/s"], &contenders, &measured, |speed| vec![format!("{speed:.0}")]);
    let size = format!("The contacts are {megabytes:.2} MB.\n");
    Ok(format!("{HEAD}\n{rows}\n{size}\n{}", goals(&aims(&measured))))
}

/// A contender prints how many contacts it had at the end.
fn decoded(contender: &Contender, times: &str) -> Measured<Run> {
    let mut command = on_cores(FIRST_CORE, &contender.command);
    let run = run(command.arg(times))?;
    let right = if times == "0" { "0" } else { CONTACTS };
    if run.output == right { Ok(run) } else { Err(format!("wrong: {}", run.output)) }
}

/// Writes contacts of the emulator to a file, each on a line of its own.
fn rows() -> Result<PathBuf, Box<dyn std::error::Error>> {
    let server = Server::start(CONTACTS.parse()?)?;
    let print = Contender::rust("rows", &["rows", &server.url, &server.key, CONTACTS]);
    let rows = server.run(FIRST_CORE, &print, &[])?.output;
    let folder = std::env::temp_dir().join("cliengo-bench");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("rows.json");
    std::fs::write(&file, rows)?;
    Ok(file)
}

fn contenders(file: &Path) -> Vec<Contender> {
    let file = file.display().to_string();
    let rust = |name, how| Contender::rust(name, &["decode", how, &file]);
    let python = |name, module| {
        Contender::other(name, Tool::Python(module), &["xtask/peers/decode.py", module, &file])
    };
    let (lua, node) = (Tool::Lua("cjson"), Tool::Node);
    vec![
        rust("cliengo, typed Rust", "typed"),
        rust("cliengo, Lua tables", "lua"),
        rust("cliengo, Rhai maps", "rhai"),
        Contender::other("Lua 5.4, lua-cjson", lua, &["xtask/peers/decode.lua", &file]),
        rust("Lua tables over a tree", "lua-tree"),
        rust("Rhai maps over a tree", "rhai-tree"),
        Contender::other("Node, `JSON.parse`", node, &["xtask/peers/decode.mjs", &file]),
        python("Python, `orjson`", "orjson"),
        python("Python, `json`", "json"),
    ]
}

fn aims(speeds: &[Measured<f64>]) -> Vec<Goal> {
    let speed = |place: usize| speeds.get(place)?.as_ref().ok().copied();
    let times = |ours, other| Some(speed(ours)? / speed(other)?);
    vec![
        Goal::new("Lua is 1.5 × as fast as lua-cjson", times(LUA, CJSON), "×", |x| x >= 1.5),
        Goal::new("Rhai is 2 × as fast as over a tree", times(RHAI, RHAI_TREE), "×", |x| {
            x >= 2.0
        }),
    ]
}
