//! What it costs to have an undo: updates with the journal, without it, and rehearsed.

use super::contender::{Contender, in_turn, median, program};
use super::page::table;
use super::process::other_cores;
use super::server::Server;
use super::tool::Tool;

/// Updates of one measured run.
const UPDATES: &str = "1000";
/// Runs of each contender; the median counts.
const ROUNDS: usize = 5;

const HEAD: &str = "\
## 1,000 contacts updated

One after another with `contacts.update`, and eight at a time with `contacts.update_many`. With the undo journal, as a run has it
unless told otherwise, each write waits for a read of the contact and for the disk. What a run without an update takes is
taken off. The server has one core to itself. Median of 5 runs.
";

/// Milliseconds for all updates, against the same without a journal.
pub(super) fn measure() -> Result<String, Box<dyn std::error::Error>> {
    let server = Server::start(1000)?;
    let state = std::env::temp_dir().join("cliengo-bench").join("state");
    let contenders = contenders(&server, &format!("CLIENGO_STATE_DIR={}", state.display()));
    let measured = in_turn(&contenders, ROUNDS, |contender| {
        let whole = server.run(&other_cores(), contender, &[UPDATES])?.wall;
        let empty = server.run(&other_cores(), contender, &["0"])?.wall;
        Ok(whole.saturating_sub(empty).as_secs_f64() * 1e3)
    });
    // A journal of some thousand writes of nobody.
    drop(std::fs::remove_dir_all(&state));
    let measured: Vec<_> = measured.into_iter().map(|times| times.map(median)).collect();
    let first = measured.first().and_then(|time| time.clone().ok()).unwrap_or(f64::NAN);
    let columns = ["ms", "against the first"];
    let rows = table(&columns, &contenders, &measured, |time| {
        vec![format!("{time:.0}"), format!("{:.2}", time / first)]
    });
    Ok(format!("{HEAD}\n{rows}"))
}

fn contenders(server: &Server, state: &str) -> Vec<Contender> {
    let program = program().display().to_string();
    let ours = |name, options: &[&str], how| {
        let words = [&["env", state, &program, "run"], options, &["xtask/peers/update.lua", how]];
        Contender::new(name, &words.concat(), None)
    };
    let python = ["xtask/peers/requests_update.py", &server.url, &server.key];
    vec![
        ours("one after another, `--no-undo`", &["--no-undo"], "each"),
        ours("one after another, with the journal", &[], "each"),
        ours("one after another, `--dry-run`", &["--dry-run"], "each"),
        ours("eight at a time, `--no-undo`", &["--no-undo"], "many"),
        ours("eight at a time, with the journal", &[], "many"),
        ours("eight at a time, `--dry-run`", &["--dry-run"], "many"),
        Contender::other(
            "Python, `requests`, one after another",
            Tool::Python("requests"),
            &python,
        ),
    ]
}
