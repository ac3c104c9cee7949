//! The script's words on the terminal.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::arguments::ScriptOptions;
use super::progress::Progress;
use crate::api::{Level, Sink};
use crate::schema::to_wire;

/// `print` goes to standard output as long as that is for people to read; where it is for a program
/// (`-o json`), it holds the result and nothing else, and `print` goes to standard error like the log.
pub(super) struct Terminal {
    print_to_output: bool,
    least: Level,
    json: bool,
    colour: bool,
    progress: Progress,
}

impl Terminal {
    pub(super) fn new(options: &ScriptOptions) -> Self {
        Self {
            print_to_output: options.output == "pretty",
            least: if options.verbose { Level::Debug } else { Level::Info },
            json: options.json_log,
            colour: colour_on_error(),
            progress: Progress::new(!options.json_log),
        }
    }

    /// Takes the bar away, which a run that was cut short leaves there.
    pub(super) fn end_progress(&self) {
        self.progress.end();
    }

    fn error_line(&self, line: &str) {
        self.progress.above(|| drop(writeln!(std::io::stderr(), "{line}")));
    }
}

/// Colours are for a person at a terminal who has not said no (no-color.org).
pub(super) fn colour_on_error() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty())
}

/// The text without what would steer a terminal: contacts and servers can write such a text.
pub(super) fn harmless(text: &str) -> String {
    let escape = |letter: char| match letter.is_control() && letter != '\t' {
        true => letter.escape_default().to_string(),
        false => letter.to_string(),
    };
    text.chars().map(escape).collect()
}

/// The text as it goes to a stream: to a terminal without what would steer it, its lines and tabs kept;
/// to a file or a program as it is.
pub(super) fn readable<'a>(text: &'a str, stream: &impl IsTerminal) -> Cow<'a, str> {
    let steers = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    if !text.contains(steers) || !stream.is_terminal() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split('\n').map(harmless).collect::<Vec<_>>().join("\n"))
}

impl Sink for Terminal {
    // A closed pipe is no reason to end a run that may be in the middle of its writes.
    fn print(&self, line: &str) {
        if self.print_to_output {
            let mut output = std::io::stdout();
            let line = readable(line, &output);
            self.progress.above(|| drop(writeln!(output, "{line}")));
        } else {
            self.error_line(&readable(line, &std::io::stderr()));
        }
    }

    fn log(&self, level: Level, message: &str, fields: &Map<String, Value>) {
        if level < self.least {
            return;
        }
        let time = to_wire(Timestamp::now());
        if self.json {
            let line = json!({ "time": time, "level": level.as_str(), "message": message, "fields": fields });
            self.error_line(&line.to_string());
            return;
        }
        let colour = match level {
            Level::Debug => "2",
            Level::Info => "32",
            Level::Warn => "33",
            Level::Error => "31",
        };
        let word = level.as_str();
        let level = if self.colour { format!("\x1b[{colour}m{word}\x1b[0m") } else { word.into() };
        let fields: String =
            fields.iter().map(|(name, value)| format!(" {name}={value}")).collect();
        let (message, fields) = (harmless(message), harmless(&fields));
        self.error_line(&format!("{time} {level} {message}{fields}"));
    }

    fn progress(&self, what: &str, done: u64, total: u64) {
        self.progress.show(what, done, total);
    }
}
