//! The daemon as a process, and what all its lives printed.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::Result;

type Lines = Arc<Mutex<Vec<String>>>;

/// The daemon as a process, and what all its lives printed.
pub struct Daemon {
    program: PathBuf,
    folder: PathBuf,
    url: String,
    key: String,
    child: Option<Child>,
    readers: Vec<JoinHandle<()>>,
    printed: Lines,
    said: Lines,
}

impl Daemon {
    /// Serves `watches.lua` of this folder, for the account at this address and with this key.
    pub fn new(program: &Path, folder: &Path, (url, key): (&str, &str)) -> Self {
        Self {
            program: program.to_owned(),
            folder: folder.to_owned(),
            url: url.to_owned(),
            key: key.to_owned(),
            child: None,
            readers: Vec::new(),
            printed: Lines::default(),
            said: Lines::default(),
        }
    }

    /// Begins a life.
    ///
    /// # Errors
    /// Where the system gives no process.
    pub fn start(&mut self) -> Result<()> {
        let mut command = Command::new(&self.program);
        command
            .args(["serve", "watches.lua", "--log-format", "json"])
            .current_dir(&self.folder)
            .env("CLIENGO_BASE_URL", &self.url)
            .env("CLIENGO_API_KEY", &self.key)
            .env("CLIENGO_STATE_DIR", self.folder.join("state"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn()?;
        if let Some(stream) = child.stdout.take() {
            self.readers.push(read(stream, &self.printed));
        }
        if let Some(stream) = child.stderr.take() {
            self.readers.push(read(stream, &self.said));
        }
        self.child = Some(child);
        Ok(())
    }

    /// As a power cut does, but for what the system had in its hands.
    ///
    /// # Errors
    /// Where it had ended before.
    pub fn kill(&mut self) -> Result<()> {
        let mut child = self.child.take().ok_or("the daemon does not run")?;
        if let Some(status) = child.try_wait()? {
            return Err(format!("the daemon ended by itself, {status}:\n{}", self.said()).into());
        }
        child.kill()?;
        child.wait()?;
        self.finish_reading()
    }

    /// Lets it come to its end.
    ///
    /// # Errors
    /// Where that is no good end.
    pub fn stop(&mut self) -> Result<()> {
        let mut child = self.child.take().ok_or("the daemon does not run")?;
        Command::new("kill").args(["-TERM", &child.id().to_string()]).status()?;
        let status = child.wait()?;
        self.finish_reading()?;
        if status.success() {
            Ok(())
        } else {
            Err(format!("the daemon ended with {status}").into())
        }
    }

    /// The next life's lines come behind all of this one's.
    fn finish_reading(&mut self) -> Result<()> {
        for reader in self.readers.drain(..) {
            reader.join().map_err(|_| "a reader panicked")?;
        }
        Ok(())
    }

    /// Waits until it said these words so often.
    ///
    /// # Errors
    /// Where it does not in this time.
    pub fn wait_for(&self, words: &str, times: usize, patience: Duration) -> Result<()> {
        let begun = Instant::now();
        while self.said().matches(words).count() < times {
            if begun.elapsed() > patience {
                return Err(format!("\"{words}\" was not said:\n{}", self.said()).into());
            }
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// The number of the process that lives; 0 where none does.
    #[allow(dead_code, reason = "the test of the same name has no use for it")]
    pub fn process(&self) -> u32 {
        self.child.as_ref().map_or(0, Child::id)
    }

    /// The lines on standard output, of all lives.
    pub fn printed(&self) -> Vec<String> {
        self.printed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was said on standard error, in all lives.
    pub fn said(&self) -> String {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            drop(child.kill());
            drop(child.wait());
        }
    }
}

/// Keeps the lines of a stream; what a kill cut in two is no line.
fn read(stream: impl Read + Send + 'static, lines: &Lines) -> JoinHandle<()> {
    let lines = Arc::clone(lines);
    thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        let mut line = String::new();
        while stream.read_line(&mut line).is_ok_and(|length| length > 0) && line.ends_with('\n') {
            let line = std::mem::take(&mut line);
            lines.lock().unwrap_or_else(PoisonError::into_inner).push(line.trim_end().to_owned());
        }
    })
}
