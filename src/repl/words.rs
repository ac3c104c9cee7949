//! The words of scripts, on the screen.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::screen::Screen;
use crate::api::{Level, Sink};
use crate::schema::to_wire;
use crate::terminal::{log_line, readable};

/// Where the words of a line or of a handler go.
pub(super) struct Words {
    screen: Arc<Screen>,
    least: Level,
    /// True for a line that somebody waits for. A handler runs while one types, where a bar would only
    /// be in the way.
    has_bar: bool,
}

impl Words {
    /// The words of a line that somebody waits for.
    pub(super) fn of_line(screen: &Arc<Screen>, least: Level) -> Arc<Self> {
        Arc::new(Self { screen: Arc::clone(screen), least, has_bar: true })
    }

    /// The words of a handler.
    pub(super) fn of_handler(screen: &Arc<Screen>, least: Level) -> Arc<Self> {
        Arc::new(Self { screen: Arc::clone(screen), least, has_bar: false })
    }
}

impl Sink for Words {
    fn print(&self, line: &str) {
        self.screen.say(&format!("{}\n", readable(line, &std::io::stdout())));
    }

    fn log(&self, level: Level, message: &str, fields: &Map<String, Value>) {
        if level < self.least {
            return;
        }
        let line = log_line(level, message, fields, self.screen.paint());
        // A person sees when it comes; a file is read later.
        match self.screen.is_interactive() {
            true => self.screen.note(&line),
            false => self.screen.note(&format!("{} {line}", to_wire(Timestamp::now()))),
        }
    }

    fn progress(&self, what: &str, done: u64, total: u64) {
        if self.has_bar {
            self.screen.progress(what, done, total);
        }
    }
}
