//! The script's words on the terminal.

use std::io::{Write, stderr};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::arguments::ScriptOptions;
use crate::api::{Level, Sink};
use crate::schema::to_wire;
use crate::terminal::{Paint, Progress, log_line, readable};

/// `print` goes to standard output as long as that is for people to read; where it is for a program
/// (`-o json`), it holds the result and nothing else, and `print` goes to standard error like the log.
pub(super) struct Terminal {
    print_to_output: bool,
    least: Level,
    json: bool,
    paint: Paint,
    progress: Progress,
}

impl Terminal {
    pub(super) fn new(options: &ScriptOptions) -> Self {
        Self {
            print_to_output: options.output == "pretty",
            least: if options.verbose { Level::Debug } else { Level::Info },
            json: options.json_log,
            paint: Paint::of(&stderr()),
            progress: Progress::new(!options.json_log),
        }
    }

    /// Takes the bar away, which a run that was cut short leaves there.
    pub(super) fn end_progress(&self) {
        self.progress.end();
    }

    fn error_line(&self, line: &str) {
        self.progress.above(|| drop(writeln!(stderr(), "{line}")));
    }
}

impl Sink for Terminal {
    // A closed pipe is no reason to end a run that may be in the middle of its writes.
    fn print(&self, line: &str) {
        if self.print_to_output {
            let mut output = std::io::stdout();
            let line = readable(line, &output);
            self.progress.above(|| drop(writeln!(output, "{line}")));
        } else {
            self.error_line(&readable(line, &stderr()));
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
        let line = log_line(level, message, fields, self.paint);
        self.error_line(&format!("{time} {line}"));
    }

    // The plan at the end tells all of it.
    fn rehearsed(&self, what: &str) {
        if self.least == Level::Debug {
            self.print(what);
        }
    }

    fn progress(&self, what: &str, done: u64, total: u64) {
        self.progress.show(what, done, total);
    }
}
