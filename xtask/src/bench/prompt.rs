//! What a person at a prompt waits for: the first prompt, and the end of a loop after Ctrl-C.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::contender::{Contender, Measured, in_turn, median};
use super::page::table;
use super::tool::Tool;

/// Starts of each program; the median counts.
const STARTS: usize = 15;
/// What takes as long has failed.
const TOO_LONG: Duration = Duration::from_secs(20);

const HEAD: &str = "\
## Prompt

At a terminal of its own: milliseconds from the start of the process to the first prompt, and from Ctrl-C in an endless loop to
the next prompt. Median of 15.
";

/// A program at a terminal.
struct Terminal {
    child: Child,
    keyboard: File,
    shown: Receiver<Vec<u8>>,
    seen: Vec<u8>,
}

/// A contender, its prompt, and a line that says `go` and loops for ever.
struct Prompt {
    contender: Contender,
    sign: &'static str,
    endless: &'static str,
}

/// Milliseconds to the first prompt, and from Ctrl-C to the next.
pub(super) fn measure() -> Result<String, Box<dyn std::error::Error>> {
    let prompts = prompts();
    let mut contenders = Vec::new();
    let mut ways = Vec::new();
    for Prompt { contender, sign, endless } in prompts {
        ways.push((contender.name, sign, endless));
        contenders.push(contender);
    }
    let measured = in_turn(&contenders, STARTS, |contender| {
        let way = ways.iter().find(|(name, ..)| *name == contender.name);
        let (_, sign, endless) = way.ok_or("it has no prompt")?;
        times(&contender.command, sign, endless)
    });
    let middle = |times: Measured<Vec<(f64, f64)>>| {
        times.map(|all| (median(all.iter().map(|it| it.0)), median(all.iter().map(|it| it.1))))
    };
    let measured: Vec<_> = measured.into_iter().map(middle).collect();
    let columns = ["ms to the first prompt", "ms from Ctrl-C to the next"];
    let rows = table(&columns, &contenders, &measured, |(first, next)| {
        vec![format!("{first:.1}"), format!("{next:.1}")]
    });
    Ok(format!("{HEAD}\n{rows}"))
}

fn prompts() -> Vec<Prompt> {
    let ours = |name, words: &[&str], sign, endless| {
        let program = super::contender::program().display().to_string();
        let contender = Contender::new(name, &[&[&*program, "repl"], words].concat(), None);
        Prompt { contender, sign, endless }
    };
    let other = |name, tool, words: &[&str], sign, endless| Prompt {
        contender: Contender::other(name, tool, words),
        sign,
        endless,
    };
    let lua = "print('g' .. 'o') while true do end";
    let guarded = "print('g' .. 'o') while true do pcall(function() while true do end end) end";
    let rhai = "print(\"g\" + \"o\"); loop {}";
    let python = "print('g' + 'o'); exec('while True: pass')";
    let emulator = ["--emulator"];
    vec![
        ours("`cliengo repl --emulator`", &emulator, "lua> ", lua),
        ours("the same, the loop in a `pcall`", &emulator, "lua> ", guarded),
        ours(
            "`cliengo repl --emulator --lang rhai`",
            &["--emulator", "--lang", "rhai"],
            "rhai> ",
            rhai,
        ),
        other("`lua5.4`", Tool::Lua(""), &[], "> ", lua),
        other("`python3`", Tool::Python("sys"), &["-q"], ">>> ", python),
        other("`node`", Tool::Node, &[], "> ", "console.log('g' + 'o'); for (;;) {}"),
    ]
}

fn times(command: &[String], sign: &str, endless: &str) -> Measured<(f64, f64)> {
    let begun = Instant::now();
    let mut terminal = Terminal::start(command).map_err(|error| format!("failed: {error}"))?;
    terminal.shows(sign.as_bytes())?;
    let first = begun.elapsed();
    terminal.types(&format!("{endless}\r"))?;
    terminal.shows(b"go\r\n")?;
    let asked = Instant::now();
    terminal.types("\x03")?;
    terminal.shows(sign.as_bytes())?;
    let next = asked.elapsed();
    Ok((first.as_secs_f64() * 1e3, next.as_secs_f64() * 1e3))
}

impl Terminal {
    fn start(command: &[String]) -> Result<Self, Box<dyn std::error::Error>> {
        let folder = std::env::temp_dir().join("cliengo-bench");
        std::fs::create_dir_all(&folder)?;
        let (shown, written) = pty_process::blocking::open()?;
        shown.resize(pty_process::Size::new(24, 100))?;
        let mut child = Command::new(command.first().ok_or("there is no command")?);
        child.args(&command[1..]).env("TERM", "xterm-256color").env("HOME", &folder);
        let child = pty_process::blocking::Command::from(child).spawn(written)?;
        let keyboard = File::from(OwnedFd::from(shown));
        let mut output = keyboard.try_clone()?;
        let (tell, shown) = channel();
        thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut piece) {
                if tell.send(piece[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, keyboard, shown, seen: Vec::new() })
    }

    fn types(&mut self, text: &str) -> Result<(), String> {
        self.keyboard.write_all(text.as_bytes()).map_err(|error| format!("failed: {error}"))
    }

    /// Waits until this was written, and forgets what came before.
    fn shows(&mut self, words: &[u8]) -> Result<(), String> {
        let until = Instant::now() + TOO_LONG;
        loop {
            if let Some(at) = self.seen.windows(words.len()).position(|part| part == words) {
                self.seen.drain(..at + words.len());
                return Ok(());
            }
            let left = until.saturating_duration_since(Instant::now());
            let more = self.shown.recv_timeout(left);
            self.seen.extend(more.map_err(|_| "its prompt did not come".to_owned())?);
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // One that has ended already is not there to be ended.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
