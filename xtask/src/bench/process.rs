//! One process: on which core it runs, and what it used.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// The core that the server is on, and everything else where one core is all that a part measures on.
pub(super) const FIRST_CORE: &str = "0";

/// The cores that a contender has to itself, the server being on the first. The first too where there
/// is no other.
pub(super) fn other_cores() -> String {
    match std::thread::available_parallelism().map_or(1, usize::from) {
        1 => FIRST_CORE.to_owned(),
        cores => format!("1-{}", cores - 1),
    }
}

/// What a run took and what it printed.
pub(super) struct Run {
    pub(super) wall: Duration,
    /// Processor time of the process and of the children that it waited for.
    pub(super) processor: Duration,
    /// The most resident memory at any moment, in bytes. The system counts what this program held when it
    /// started the process too, so this program stays smaller than all that it starts.
    pub(super) memory: u64,
    pub(super) output: String,
}

/// The command on these cores.
pub(super) fn on_cores(cores: &str, command: &[String]) -> Command {
    let mut pinned = Command::new("taskset");
    pinned.args(["--cpu-list", cores]).args(command).stdin(Stdio::null());
    pinned
}

/// Runs it to its end. The error is a few words, for a table.
pub(super) fn run(command: &mut Command) -> Result<Run, String> {
    let words = |error: std::io::Error| format!("failed: {error}");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let begun = Instant::now();
    let mut child = command.spawn().map_err(words)?;
    let (mut output, mut complaint) = (String::new(), String::new());
    if let Some(mut stream) = child.stdout.take() {
        stream.read_to_string(&mut output).map_err(words)?;
    }
    if let Some(mut stream) = child.stderr.take() {
        stream.read_to_string(&mut complaint).map_err(words)?;
    }
    let used = child.wait4().map_err(words)?;
    let wall = begun.elapsed();
    if !used.status.success() {
        let last = complaint.lines().rfind(|line| !line.trim().is_empty());
        return Err(format!("failed: {}", last.unwrap_or("without a word")));
    }
    let processor = used.rusage.utime + used.rusage.stime;
    let memory = used.rusage.maxrss;
    Ok(Run { wall, processor, memory, output: output.trim().to_owned() })
}
