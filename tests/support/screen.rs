//! The program on a terminal of its own, with somebody who types and reads.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command as OnTerminal, Pty, open};
use tempfile::TempDir;

use super::shown::Shown;

/// Nothing of any test takes as long; what does is missing, and the test fails.
const TOO_LONG: Duration = Duration::from_secs(120);

/// Keys that are not letters.
pub mod key {
    pub const ENTER: &str = "\r";
    pub const TAB: &str = "\t";
    pub const UP: &str = "\x1b[A";
    pub const RIGHT: &str = "\x1b[C";
    pub const CTRL_C: &str = "\x03";
    pub const CTRL_D: &str = "\x04";
    pub const CTRL_R: &str = "\x12";
    pub const CTRL_U: &str = "\x15";
}

/// A program whose input, output and errors are one terminal, which is its controlling terminal too.
pub struct Screen {
    child: Child,
    terminal: Arc<Pty>,
    shown: Arc<(Mutex<Shown>, Condvar)>,
    folder: TempDir,
}

impl Screen {
    /// Starts the command on a terminal of this size. The folder goes when this does.
    pub fn start(mut command: Command, folder: TempDir, rows: u16, columns: u16) -> Self {
        let (terminal, written) = open().unwrap();
        terminal.resize(Size::new(rows, columns)).unwrap();
        if !command.get_envs().any(|(name, _)| name == "TERM") {
            command.env("TERM", "xterm-256color");
        }
        let child = OnTerminal::from(command).spawn(written).unwrap();
        let terminal = Arc::new(terminal);
        let output = Arc::clone(&terminal);
        let shown = Arc::new((Mutex::new(Shown::new(rows, columns)), Condvar::new()));
        let reader = Arc::clone(&shown);
        thread::spawn(move || read(&output, &reader));
        Self { child, terminal, shown, folder }
    }

    /// A place in the working folder.
    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The process's number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What is shown now.
    pub fn now(&self) -> MutexGuard<'_, Shown> {
        // A test that failed with this in its hands says why; the next word about it is not needed.
        self.shown.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives the terminal another size, as a person does who pulls at its window.
    pub fn resize(&mut self, rows: u16, columns: u16) {
        self.now().resize(rows, columns);
        self.terminal.resize(Size::new(rows, columns)).unwrap();
    }

    /// Types text or keys, and waits for nothing.
    pub fn types(&mut self, text: &str) -> &mut Self {
        self.types_bytes(text.as_bytes())
    }

    /// Types what need not be UTF-8.
    pub fn types_bytes(&mut self, bytes: &[u8]) -> &mut Self {
        (&*self.terminal).write_all(bytes).unwrap();
        self
    }

    /// Has the terminal paste a text.
    pub fn pastes(&mut self, text: &str) -> &mut Self {
        self.until("marks of pastes", |shown| shown.marks_pastes());
        // A terminal gives the ends of lines as the key Enter does.
        self.types(&format!("\x1b[200~{}\x1b[201~", text.replace('\n', "\r")))
    }

    /// Waits until this is so.
    #[track_caller]
    pub fn until(&mut self, what: &str, so: impl Fn(&mut Shown) -> bool) -> &mut Self {
        if let Err(shown) = self.wait(so) {
            panic!("no {what} on the screen:\n{shown}");
        }
        self
    }

    /// Waits until this is so; gives what is shown where it does not become so.
    fn wait(&self, so: impl Fn(&mut Shown) -> bool) -> Result<(), String> {
        let begun = Instant::now();
        let mut shown = self.now();
        while !so(&mut shown) {
            let left = TOO_LONG.saturating_sub(begun.elapsed());
            if left.is_zero() || shown.ended {
                let (lines, line) = (shown.lines().join("\n"), shown.line());
                return Err(format!("{lines}\nwith the cursor in {line:?}"));
            }
            shown = self.shown.1.wait_timeout(shown, left).unwrap().0;
        }
        Ok(())
    }

    /// Waits until these words stand on the screen.
    #[track_caller]
    pub fn shows(&mut self, words: &str) -> &mut Self {
        self.until(&format!("{words:?}"), |shown| shown.visible().contains(words))
    }

    /// Waits for an empty prompt.
    #[track_caller]
    pub fn prompt(&mut self) -> &mut Self {
        self.until("prompt", |shown| shown.waits_for_a_line())
    }

    /// Types a line at an empty prompt, and gives what was answered until the next one, without the prompts.
    #[track_caller]
    pub fn answers(&mut self, line: &str) -> String {
        let at = self.enters(line);
        self.prompt();
        let lines = self.now().lines();
        lines[at + 1..lines.len() - 1].join("\n")
    }

    /// Types a line at an empty prompt, and enters it as soon as it stands there. Gives the number of that line
    /// on the screen.
    #[track_caller]
    pub fn enters(&mut self, line: &str) -> usize {
        self.prompt().typed(line);
        let at = self.now().lines().len() - 1;
        self.types(key::ENTER);
        at
    }

    /// Types text, and waits until the cursor is behind it.
    #[track_caller]
    pub fn typed(&mut self, text: &str) -> &mut Self {
        self.types(text);
        self.until(&format!("echo of {text:?}"), |shown| shown.line().0.ends_with(text))
    }

    /// Presses a key, and waits until these words stand on the screen once more than before.
    #[track_caller]
    pub fn tells(&mut self, key: &str, words: &str) -> &mut Self {
        let count = |shown: &mut Shown| shown.lines().join("\n").matches(words).count();
        let before = count(&mut self.now());
        self.types(key);
        self.until(&format!("more {words:?}"), |shown| count(shown) > before)
    }

    /// Waits for the end; gives the exit code, and all lines.
    #[track_caller]
    pub fn end(mut self) -> (Option<i32>, Vec<String>) {
        if let Err(shown) = self.wait(|shown| shown.ended) {
            panic!("it does not end:\n{shown}");
        }
        let lines = self.now().lines();
        (self.child.wait().unwrap().code(), lines)
    }
}

/// Shows what comes until nobody can write any more.
fn read(mut output: &Pty, to: &(Mutex<Shown>, Condvar)) {
    let mut bytes = [0; 4096];
    loop {
        let length = output.read(&mut bytes).unwrap_or(0);
        let mut shown = to.0.lock().unwrap_or_else(PoisonError::into_inner);
        shown.process(&bytes[..length]);
        shown.ended = length == 0;
        to.1.notify_all();
        if shown.ended {
            return;
        }
    }
}

/// A test that failed leaves no program behind.
impl Drop for Screen {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
