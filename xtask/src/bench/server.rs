//! The emulator as a process of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use wait4::Wait4;

use super::contender::{Contender, Measured, program};
use super::process::{FIRST_CORE, Run, on_cores, run};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

pub(super) struct Server {
    /// None once it is stopped: its number may be another process's then.
    child: Option<Child>,
    pub(super) url: String,
    pub(super) key: String,
}

impl Server {
    /// Starts it on the first core, with so many contacts.
    pub(super) fn start(contacts: u64) -> Result<Self> {
        let (program, contacts) = (program().display().to_string(), contacts.to_string());
        let words = [&*program, "emulator", "--port", "0", "--contacts", &contacts];
        let mut command = on_cores(FIRST_CORE, &words.map(ToOwned::to_owned));
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().ok_or("the emulator has no output")?;
        let mut lines = BufReader::new(output).lines();
        let mut value = |name: &str| -> Result<String> {
            for line in lines.by_ref() {
                if let Some((_, value)) = line?.split_once(name) {
                    return Ok(value.to_owned());
                }
            }
            Err(format!("the emulator did not say its {name}").into())
        };
        let (url, key) = (value("CLIENGO_BASE_URL=")?, value("CLIENGO_API_KEY=")?);
        Ok(Self { child: Some(child), url, key })
    }

    /// The id of a contact that it has.
    pub(super) fn contact(&self) -> Result<String> {
        let mut find = Command::new(program());
        find.args(["eval", "cliengo.contacts.find{}.id"]);
        Ok(run(self.told(&mut find))?.output)
    }

    /// Runs the contender on these cores against it, with more arguments.
    pub(super) fn run(&self, cores: &str, contender: &Contender, more: &[&str]) -> Measured<Run> {
        let mut command = on_cores(cores, &contender.command);
        command.args(more);
        run(self.told(&mut command))
    }

    fn told<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.envs([("CLIENGO_BASE_URL", &self.url), ("CLIENGO_API_KEY", &self.key)])
    }

    /// Stops it, and gives the processor time that it spent.
    pub(super) fn stop(mut self) -> Result<Duration> {
        let mut child = self.child.take().ok_or("the emulator is stopped")?;
        child.kill()?;
        let used = child.wait4()?.rusage;
        Ok(used.utime + used.stime)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            drop(child.kill());
            drop(child.wait());
        }
    }
}
