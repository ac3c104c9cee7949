//! What a call costs: one contact, again and again.

use super::contender::{Contender, in_turn, median};
use super::page::table;
use super::process::FIRST_CORE;
use super::server::Server;
use super::tool::Tool;

/// Calls of one measured run.
const CALLS: &str = "2000";
/// Runs of each contender; the median counts.
const ROUNDS: usize = 7;

const HEAD: &str = "\
## 2,000 × `contacts.get`, one after another

Server and client are pinned to the same core, so a figure is all the processor time that both spend on a call. A
contender's start is taken off. Median of 7 runs.
";

/// Microseconds a call: the time of a run with all calls less that of a run with none.
pub(super) fn measure() -> Result<String, Box<dyn std::error::Error>> {
    let server = Server::start(250)?;
    let contenders = contenders(&server, &server.contact()?);
    let calls: f64 = CALLS.parse()?;
    let measured = in_turn(&contenders, ROUNDS, |contender| {
        let whole = server.run(FIRST_CORE, contender, &[CALLS])?.wall;
        let empty = server.run(FIRST_CORE, contender, &["0"])?.wall;
        Ok(whole.saturating_sub(empty).as_secs_f64() * 1e6 / calls)
    });
    let measured: Vec<_> = measured.into_iter().map(|times| times.map(median)).collect();
    let first = measured.first().and_then(|time| time.clone().ok()).unwrap_or(f64::NAN);
    let columns = ["µs a call", "against `reqwest`"];
    let rows = table(&columns, &contenders, &measured, |time| {
        vec![format!("{time:.1}"), format!("{:.2}", time / first)]
    });
    Ok(format!("{HEAD}\n{rows}"))
}

fn contenders(server: &Server, id: &str) -> Vec<Contender> {
    let (url, key) = (&*server.url, &*server.key);
    let python = Tool::Python("requests");
    vec![
        Contender::rust("Rust, `reqwest` loop, typed decode", &["get", url, key, id]),
        Contender::script("cliengo, Lua script", &["xtask/peers/get.lua", id]),
        Contender::script("cliengo, Rhai script", &["xtask/peers/get.rhai", id]),
        Contender::other("Node, `fetch`", Tool::Node, &["xtask/peers/fetch_get.mjs", url, key, id]),
        Contender::other(
            "Python, `requests`",
            python,
            &["xtask/peers/requests_get.py", url, key, id],
        ),
    ]
}
