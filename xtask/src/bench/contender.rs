//! Programs that are measured against each other.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::tool::Tool;

/// A program with its arguments.
pub(super) struct Contender {
    pub(super) name: &'static str,
    pub(super) command: Vec<String>,
    needs: Option<Tool>,
}

/// What was measured of a contender, or the few words that stand in its place.
pub(super) type Measured<T> = Result<T, String>;

impl Contender {
    /// Any command.
    pub(super) fn new(name: &'static str, command: &[&str], needs: Option<Tool>) -> Self {
        let command = command.iter().map(|word| (*word).to_owned()).collect();
        Self { name, command, needs }
    }

    /// A script in the `cliengo` program.
    pub(super) fn script(name: &'static str, words: &[&str]) -> Self {
        let program = program().display().to_string();
        Self::new(name, &[&[&program, "run"], words].concat(), None)
    }

    /// One of this program's own peers.
    pub(super) fn rust(name: &'static str, words: &[&str]) -> Self {
        let program = std::env::current_exe().unwrap_or_default().display().to_string();
        Self::new(name, &[&[&program, "peer"], words].concat(), None)
    }

    /// A script in another interpreter.
    pub(super) fn other(name: &'static str, tool: Tool, words: &[&str]) -> Self {
        Self::new(name, &[&[&*tool.command()], words].concat(), Some(tool))
    }

    /// # Errors
    /// The words for the table where it cannot run on this machine.
    fn ready(&self) -> Measured<()> {
        match self.needs {
            Some(tool) if !tool.is_here() => {
                eprintln!("{} is left out; it needs: {}", self.name, tool.install());
                Err("not installed here".to_owned())
            }
            _ => Ok(()),
        }
    }
}

/// Measures all contenders in turn, round after round, so that a slow moment of the machine meets all
/// of them. A contender that fails once is out.
pub(super) fn in_turn<T>(
    contenders: &[Contender],
    rounds: usize,
    mut measure: impl FnMut(&Contender) -> Measured<T>,
) -> Vec<Measured<Vec<T>>> {
    let ready = |contender: &Contender| contender.ready().map(|()| Vec::new());
    let mut all: Vec<Measured<Vec<T>>> = contenders.iter().map(ready).collect();
    for _ in 0..rounds {
        for (contender, measured) in contenders.iter().zip(&mut all) {
            let Ok(runs) = measured else { continue };
            match measure(contender) {
                Ok(run) => runs.push(run),
                Err(words) => {
                    eprintln!("{}: {words}", contender.name);
                    *measured = Err(words);
                }
            }
        }
    }
    all
}

/// The middle one of the measurements.
pub(super) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Builds the program that is measured, as a person who installs it would.
pub(super) fn build() -> crate::Outcome {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut build = Command::new(cargo);
    build.args(["build", "--release", "--quiet"]);
    // What cargo tells this program of its own package would make it build some crates anew each time.
    for (name, _) in std::env::vars() {
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            build.env_remove(name);
        }
    }
    let built = build.status()?;
    if built.success() { Ok(()) } else { Err("the release build failed".into()) }
}

/// The `cliengo` program.
pub(super) fn program() -> PathBuf {
    let folder = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".into());
    Path::new(&folder).join("release/cliengo")
}
