//! The program as a child process, in a folder and an environment of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use super::terminal;

/// No run of any test takes as long; one that does is stopped, and the test fails.
const TOO_LONG: Duration = Duration::from_secs(120);

/// A call of the program that is about to be made.
pub struct Program {
    command: Command,
    /// The working folder, which is the home folder too; it goes when this does.
    folder: TempDir,
    input: Vec<u8>,
    /// The columns of the terminal that standard error is, where it is one.
    terminal: Option<u16>,
}

/// A call that has ended.
#[derive(Debug)]
pub struct Ran {
    /// None where a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// A call that runs.
pub struct Running {
    child: Child,
    stdout: Receiver<String>,
    stderr: Receiver<String>,
    /// What was read of standard error so far.
    heard: String,
    _folder: TempDir,
}

impl Program {
    pub fn new(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_cliengo"));
        command.args(arguments).current_dir(folder.path()).env_clear();
        command.env("HOME", folder.path()).env("PATH", std::env::var_os("PATH").unwrap());
        Self { command, folder, input: Vec::new(), terminal: None }
    }

    /// Begun by a shell, whose commands come before.
    pub fn after(mut self, commands: &str) -> Self {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("{commands}; exec \"$0\" \"$@\""));
        shell.arg(self.command.get_program()).args(self.command.get_args());
        shell.current_dir(self.folder.path()).env_clear();
        let variables = self.command.get_envs();
        shell.envs(variables.filter_map(|(name, value)| Some((name, value?))));
        self.command = shell;
        self
    }

    /// With one more argument.
    pub fn argument(mut self, argument: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// With these arguments behind the others.
    pub fn arguments(mut self, arguments: &[&str]) -> Self {
        self.command.args(arguments);
        self
    }

    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// With this file in the working folder.
    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    pub fn input(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = input.into();
        self
    }

    /// With a real terminal of 120 columns as standard error.
    pub fn on_terminal(self) -> Self {
        self.on_terminal_of(120)
    }

    /// With a real terminal of so many columns as standard error.
    pub fn on_terminal_of(mut self, columns: u16) -> Self {
        self.terminal = Some(columns);
        self.variable("TERM", "xterm")
    }

    /// Begins the call on a terminal of its own, with 24 lines of 80 columns.
    #[cfg(unix)]
    pub fn screen(self) -> super::Screen {
        self.screen_of(24, 80)
    }

    /// Begins the call on a terminal of its own.
    #[cfg(unix)]
    pub fn screen_of(self, rows: u16, columns: u16) -> super::Screen {
        super::Screen::start(self.command, self.folder, rows, columns)
    }

    /// A place in the working folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Begins the call and does not wait for it.
    pub fn start(mut self) -> Running {
        let (shown, stderr) = self.terminal.map(terminal::open).unzip();
        let stderr = stderr.unwrap_or_else(Stdio::piped);
        let streams = self.command.stdout(Stdio::piped()).stderr(stderr);
        let mut child = streams.stdin(Stdio::piped()).spawn().unwrap();
        // Gives back the terminal: as long as anyone has it open, its output has no end.
        self.command.stderr(Stdio::null());
        let stdout = child.stdout.take().unwrap();
        let stderr: Box<dyn Read + Send> = match shown {
            Some(shown) => Box::new(shown),
            None => Box::new(child.stderr.take().unwrap()),
        };
        let mut stdin = child.stdin.take().unwrap();
        let input = std::mem::take(&mut self.input);
        // A program that does not read its input ends without it.
        thread::spawn(move || drop(stdin.write_all(&input)));
        let (stdout, stderr, heard) = (lines(stdout), lines(stderr), String::new());
        Running { child, stdout, stderr, heard, _folder: self.folder }
    }

    /// Makes the call.
    pub fn run(self) -> Ran {
        self.start().end()
    }
}

/// The lines of a stream as they come, each with its end.
fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (send, receive) = channel();
    thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        let mut line = Vec::new();
        loop {
            // A terminal ends with an error, and what came before it counts.
            let ended = !stream.read_until(b'\n', &mut line).is_ok_and(|length| length > 0);
            let came = (!line.is_empty()).then(|| String::from_utf8_lossy(&line).into_owned());
            if came.is_some_and(|line| send.send(line).is_err()) || ended {
                return;
            }
            line.clear();
        }
    });
    receive
}

impl Running {
    /// The next line on standard output.
    pub fn line(&mut self) -> String {
        let line = self.stdout.recv_timeout(TOO_LONG);
        line.unwrap_or_else(|_| panic!("no line came: {}", self.stop()))
    }

    /// The next line on standard error with this word; those before it are gone.
    pub fn says(&mut self, word: &str) -> String {
        let begun = Instant::now();
        let mut heard = String::new();
        loop {
            let left = TOO_LONG.saturating_sub(begun.elapsed());
            match self.stderr.recv_timeout(left) {
                Ok(line) if line.contains(word) => return line,
                Ok(line) => heard.push_str(&line),
                Err(_) => panic!("\"{word}\" was not said: {heard}{}", self.stop()),
            }
        }
    }

    /// Reads no more of standard output, as `head` does when it has had enough.
    pub fn close_stdout(&mut self) {
        let (_, nobody) = channel();
        self.stdout = nobody;
    }

    /// The process's number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal: `INT`, `TERM`.
    pub fn signal(&self, name: &str) {
        signal(self.child.id(), name);
    }

    /// Waits for the end.
    pub fn end(mut self) -> Ran {
        let mut stderr = std::mem::take(&mut self.heard);
        // Both streams end when the program does.
        let mut stdout = String::new();
        loop {
            match self.stderr.recv_timeout(TOO_LONG) {
                Ok(line) => stderr.push_str(&line),
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
                Err(_) => panic!("the program does not end: {stderr}{}", self.stop()),
            }
        }
        while let Ok(line) = self.stdout.recv_timeout(TOO_LONG) {
            stdout.push_str(&line);
        }
        let code = self.child.wait().unwrap().code();
        Ran { code, stdout, stderr }
    }

    /// Waits for a line on standard error with all these words, and gives it.
    #[track_caller]
    pub fn said(&mut self, words: &[&str]) -> String {
        loop {
            let Ok(line) = self.stderr.recv_timeout(TOO_LONG) else {
                let rest = self.stop();
                panic!("nothing was said with {words:?}: {}{rest}", self.heard);
            };
            self.heard.push_str(&line);
            if words.iter().all(|word| line.contains(word)) {
                return line;
            }
        }
    }

    /// All that came on standard error by now.
    pub fn heard(&mut self) -> &str {
        self.heard.extend(self.stderr.try_iter());
        &self.heard
    }

    /// Ends it without a word, as a power cut does.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn stop(&mut self) -> String {
        drop(self.child.kill());
        self.stderr.iter().collect()
    }
}

/// A test that failed leaves no program behind, and shows what the program had said until then.
impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        if std::thread::panicking() {
            // Somebody else may hold the stream open; then what came by now is enough.
            while let Ok(line) = self.stderr.recv_timeout(Duration::from_secs(1)) {
                self.heard.push_str(&line);
            }
            eprintln!("the program had said: {}", self.heard);
        }
    }
}

/// Sends a signal to a process.
pub fn signal(process: u32, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &process.to_string()]).status();
    assert!(sent.unwrap().success());
}

impl Ran {
    /// The same, having ended with this code.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    /// The same, having these words on standard error, in this order.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Self {
        let mut rest = self.stderr.as_str();
        for word in words {
            let Some(at) = rest.find(word) else {
                panic!("\"{word}\" is missing, or out of order: {self:#?}");
            };
            rest = &rest[at + word.len()..];
        }
        self
    }

    /// The same, having nothing on standard output.
    #[track_caller]
    pub fn silent(self) -> Self {
        assert_eq!(self.stdout, "", "{self:#?}");
        self
    }

    /// The result of a run that went well with `-o json`.
    #[track_caller]
    pub fn json(&self) -> Value {
        assert_eq!(self.code, Some(0), "{self:#?}");
        serde_json::from_str(&self.stdout).unwrap_or_else(|_| panic!("no JSON: {self:#?}"))
    }
}
