//! `cargo xtask bench`: measures and writes `docs/performance.md`. Everything in one run, on one
//! core, against one emulator; what counts are the ratios.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;

/// Calls of one measured run.
const CALLS: u32 = 2_000;
/// Runs of each contender; the median counts.
const ROUNDS: usize = 7;
/// Starts of each program; the median counts.
const STARTS: usize = 31;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A program with its arguments.
#[derive(Clone)]
struct Contender {
    name: &'static str,
    command: Vec<String>,
}

/// Runs all measurements and writes them down.
pub fn run() -> Outcome {
    build()?;
    let server = Server::start()?;
    let gets = measure_gets(&server)?;
    drop(server);
    let starts = measure_starts()?;
    let text = page(&gets, &starts);
    std::fs::write("docs/performance.md", &text)?;
    print!("{text}");
    Ok(())
}

fn build() -> Outcome {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let built = Command::new(cargo).args(["build", "--release", "--quiet"]).status()?;
    if built.success() { Ok(()) } else { Err("the release build failed".into()) }
}

fn program() -> PathBuf {
    let folder = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".into());
    Path::new(&folder).join("release/cliengo")
}

/// The command on the core that everything is pinned to, so that two cores handing a request to and
/// fro do not blur what a request costs.
fn pinned(command: &[String]) -> Command {
    let mut pinned = Command::new("taskset");
    pinned.args(["--cpu-list", "0"]).args(command);
    pinned.stdout(Stdio::null());
    pinned
}

/// The emulator as a process of its own.
struct Server {
    child: Child,
    url: String,
    key: String,
    id: String,
}

impl Server {
    fn start() -> Result<Self> {
        let program = program().display().to_string();
        let mut command = pinned(&[program, "emulator".into(), "--port".into(), "0".into()]);
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().ok_or("the emulator has no output")?;
        let mut lines = std::io::BufRead::lines(std::io::BufReader::new(output));
        let mut value = |name: &str| -> Result<String> {
            for line in lines.by_ref() {
                if let Some((_, value)) = line?.split_once(name) {
                    return Ok(value.to_owned());
                }
            }
            Err(format!("the emulator did not say its {name}").into())
        };
        let url = value("CLIENGO_BASE_URL=")?;
        let key = value("CLIENGO_API_KEY=")?;
        let found = Command::new(self::program())
            .args(["eval", "cliengo.contacts.find{}.id"])
            .envs([("CLIENGO_BASE_URL", &url), ("CLIENGO_API_KEY", &key)])
            .output()?;
        let id = String::from_utf8(found.stdout)?.trim().to_owned();
        Ok(Self { child, url, key, id })
    }

    fn contenders(&self) -> Vec<Contender> {
        let own = |name, script: &str| Contender {
            name,
            command: [&program().display().to_string(), "run", script, &self.id]
                .map(ToOwned::to_owned)
                .to_vec(),
        };
        let peer = |name, words: &[&str]| Contender {
            name,
            command: words
                .iter()
                .copied()
                .chain([&*self.url, &self.key, &self.id])
                .map(ToOwned::to_owned)
                .collect(),
        };
        let xtask = std::env::current_exe().unwrap_or_default().display().to_string();
        vec![
            peer("Rust, `reqwest` loop, typed decode", &[&xtask, "peer"]),
            own("cliengo, Lua script", "xtask/peers/get.lua"),
            own("cliengo, Rhai script", "xtask/peers/get.rhai"),
            peer("Node, `fetch`", &["node", "xtask/peers/fetch_get.mjs"]),
            peer("Python, `requests`", &["python3", "xtask/peers/requests_get.py"]),
        ]
    }

    /// How long the contender takes for this many calls, its start included.
    fn time(&self, contender: &Contender, calls: u32) -> Option<Duration> {
        let mut command = pinned(&contender.command);
        command.arg(calls.to_string()).stderr(Stdio::null());
        command.envs([("CLIENGO_BASE_URL", &self.url), ("CLIENGO_API_KEY", &self.key)]);
        timed(&mut command)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn timed(command: &mut Command) -> Option<Duration> {
    let begun = Instant::now();
    let status = command.status().ok()?;
    status.success().then(|| begun.elapsed())
}

fn median(mut times: Vec<Duration>) -> Option<Duration> {
    times.sort_unstable();
    times.get(times.len() / 2).copied()
}

/// Microseconds a call: the time of a run with all calls less that of a run with none. The rounds
/// go through the contenders in turn, so that a slow moment of the machine meets all of them.
fn measure_gets(server: &Server) -> Result<Vec<(&'static str, Option<f64>)>> {
    let contenders = server.contenders();
    let mut times = vec![Vec::new(); contenders.len()];
    for _ in 0..ROUNDS {
        for (contender, times) in contenders.iter().zip(&mut times) {
            let whole = server.time(contender, CALLS);
            let empty = server.time(contender, 0);
            times.extend(whole.zip(empty).map(|(whole, empty)| whole.saturating_sub(empty)));
        }
    }
    let each = |times| median(times).map(|time| time.as_secs_f64() * 1e6 / f64::from(CALLS));
    Ok(contenders.iter().map(|contender| contender.name).zip(times.into_iter().map(each)).collect())
}

/// Milliseconds from the start of a program that does nothing to its end.
fn measure_starts() -> Result<Vec<(&'static str, Option<f64>)>> {
    let empty = empty_program()?;
    let program = program().display().to_string();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let contenders = [
        ("an empty Rust program", words(&[&empty])),
        ("`cliengo run empty.lua`", words(&[&program, "run", "xtask/peers/empty.lua"])),
        ("`cliengo run empty.rhai`", words(&[&program, "run", "xtask/peers/empty.rhai"])),
        ("`lua5.4 -e ''`", words(&["lua5.4", "-e", ""])),
        ("`python3 -c ''`", words(&["python3", "-c", ""])),
        ("`node -e ''`", words(&["node", "-e", ""])),
    ];
    let mut times = vec![Vec::new(); contenders.len()];
    for _ in 0..STARTS {
        for ((_, command), times) in contenders.iter().zip(&mut times) {
            times.extend(timed(pinned(command).stderr(Stdio::null())));
        }
    }
    let each = |times| median(times).map(|time| time.as_secs_f64() * 1e3);
    Ok(contenders.iter().map(|(name, _)| *name).zip(times.into_iter().map(each)).collect())
}

fn empty_program() -> Result<String> {
    let folder = std::env::temp_dir().join("cliengo-bench");
    std::fs::create_dir_all(&folder)?;
    let (source, binary) = (folder.join("empty.rs"), folder.join("empty"));
    std::fs::write(&source, "fn main() {}")?;
    let built = Command::new("rustc").arg("-O").arg(&source).arg("-o").arg(&binary).status()?;
    if built.success() { Ok(binary.display().to_string()) } else { Err("rustc failed".into()) }
}

fn page(gets: &[(&str, Option<f64>)], starts: &[(&str, Option<f64>)]) -> String {
    let mut text = String::from(HEAD);
    let first = gets.first().and_then(|(_, time)| *time);
    for (name, time) in gets {
        let Some(time) = time else {
            let _ = writeln!(text, "| {name} | not installed here | |");
            continue;
        };
        let ratio = first.map_or(0.0, |first| time / first);
        let _ = writeln!(text, "| {name} | {time:.1} | {ratio:.2} |");
    }
    text.push_str(STARTS_HEAD);
    let first = starts.first().and_then(|(_, time)| *time);
    for (name, time) in starts {
        let Some(time) = time else {
            let _ = writeln!(text, "| {name} | not installed here | |");
            continue;
        };
        let more = first.map_or(0.0, |first| time - first);
        let _ = writeln!(text, "| {name} | {time:.1} | {more:+.1} |");
    }
    text
}

const HEAD: &str = "\
# Performance

Written by `cargo xtask bench`, which measures everything in one run on one core of one machine. Machines differ:
read the ratios.

## 2,000 × `contacts.get`, one after another

Over loopback against the emulator, server and client pinned to the same core, so a figure is all the processor time
that both spend on a call. A contender's start is taken off. Median of 7 runs.

| | µs a call | against `reqwest` |
|---|---|---|
";

const STARTS_HEAD: &str = "
## Start

From the start of the process to its end, with nothing to do. Median of 31.

| | ms | more than an empty program |
|---|---|---|
";
