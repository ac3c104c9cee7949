//! Reads lines from a person: completion, hints, colours, history, blocks of several lines.
//!
//! It knows of the session only what [`Shared`] tells, and never waits for it.

mod complete;
mod cursor;
mod dotted;
mod external;
mod helper;
mod highlight;
mod hint;
mod history;
mod known;
mod leave;
mod scan;
mod words;

use std::io::ErrorKind::InvalidData;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use rustyline::config::{BellStyle, Config};
use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{ColorMode, CompletionType, Editor as LineEditor, ExternalPrinter as _};

use self::helper::Assistant;
use self::history::History;
use self::known::Known;
use self::leave::Dropped;
use super::command::Command;
use crate::api::Registry;
use crate::engine::Language;
use crate::terminal::Paint;
use crate::{Error, ErrorKind, Result};

pub(crate) use external::edit;
pub(crate) use history::is_secret;
pub(crate) use known::Shared;

/// Where this word stands in a text as a name, not in quotes nor in a comment, with what comes next.
pub(crate) fn places<'a>(text: &'a str, word: &str, language: Language) -> Vec<(usize, &'a str)> {
    let tokens = scan::scan(text, language);
    let next = |at: usize| tokens.get(at + 1).map_or("", |token| token.of(text));
    let own = tokens.iter().enumerate().filter(|(_, token)| token.of(text) == word);
    own.map(|(at, token)| (token.start, next(at))).collect()
}

/// How an editor is to be.
#[derive(Debug, Clone, Default)]
pub(crate) struct EditorOptions {
    /// Where the history is kept; nowhere unless told.
    pub(crate) folder: Option<PathBuf>,
    /// The topics of the help.
    pub(crate) topics: &'static [&'static str],
    /// Where the session looks for modules.
    pub(crate) modules: Option<PathBuf>,
    /// True where colours are wanted.
    pub(crate) colours: bool,
}

/// What a person did at the prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// Typed a line, or a block of several.
    Text(String),
    /// Pressed Ctrl-C.
    Interrupted {
        /// True where nothing was typed.
        was_empty: bool,
    },
    /// Typed, or pasted, what is no UTF-8.
    Unreadable,
    /// Pressed Ctrl-D where nothing was typed, or the terminal is gone.
    End,
}

/// Reads lines from a person.
pub(crate) struct Editor {
    lines: LineEditor<Assistant, MemHistory>,
    history: History,
    dropped: Dropped,
}

impl Editor {
    /// An editor on the terminal that is the program's standard input and output. `commands` are the
    /// commands of the prompt.
    ///
    /// # Errors
    /// Where there is no terminal.
    pub(crate) fn new(
        language: Language,
        registry: Registry,
        shared: Arc<Mutex<Shared>>,
        commands: impl IntoIterator<Item = &'static Command>,
        options: EditorOptions,
    ) -> Result<Self> {
        let EditorOptions { folder, topics, modules, colours } = options;
        let commands = commands.into_iter().collect();
        let known = Known::new(language, registry, shared, commands, (topics, modules));
        let config = config(colours).map_err(|error| no_terminal(&error))?;
        let entries = MemHistory::with_config(&config);
        let lines = LineEditor::with_history(config, entries);
        let mut lines = lines.map_err(|error| no_terminal(&error))?;
        lines.set_helper(Some(Assistant::new(known, Paint { on: colours })));
        let dropped = Dropped::default();
        let (key, handler) = dropped.binding();
        lines.bind_sequence(key, handler);
        let mut history = History::new(folder);
        history.open(language, lines.history_mut());
        Ok(Self { lines, history, dropped })
    }

    /// Waits for a line. A block of the language goes on over lines until it is whole.
    ///
    /// # Errors
    /// Where the terminal fails.
    pub(crate) fn read(&mut self, prompt: &str) -> Result<Line> {
        self.read_with(prompt, "")
    }

    /// As [`read`](Self::read), with a text that is there to be changed.
    ///
    /// # Errors
    /// As there.
    pub(crate) fn read_with(&mut self, prompt: &str, text: &str) -> Result<Line> {
        let read = self.lines.readline_with_initial(prompt, (text, ""));
        let dropped = self.dropped.take();
        match read {
            Ok(text) if dropped => Ok(Line::Interrupted { was_empty: text.is_empty() }),
            Ok(text) => Ok(Line::Text(text)),
            // Keys that the terminal itself calls so, such as Ctrl-\.
            Err(ReadlineError::Interrupted) => Ok(Line::Interrupted { was_empty: false }),
            Err(ReadlineError::Eof) => Ok(Line::End),
            Err(ReadlineError::Io(error)) if error.kind() == InvalidData => Ok(Line::Unreadable),
            Err(error) => Err(no_terminal(&error)),
        }
    }

    /// What prints whole lines above the line that is typed, which stays as it is.
    ///
    /// It may wait until a line is typed again, so it is for a thread of its own: whoever has something to
    /// say may be who the next line waits for.
    ///
    /// # Errors
    /// Where there is no terminal.
    pub(crate) fn printer(&mut self) -> Result<impl FnMut(String) + Send + use<>> {
        let screen = self.lines.create_external_printer().map_err(|error| no_terminal(&error));
        // Nothing can be told where nothing can be shown.
        screen.map(|mut screen| move |text| drop(screen.print(text)))
    }

    /// Has this done whenever a line is about to be shown. Before that, what is printed with
    /// [`printer`](Self::printer) could come behind the prompt.
    pub(crate) fn when_begun(&mut self, act: impl Fn() + Send + 'static) {
        if let Some(helper) = self.lines.helper_mut() {
            helper.when_begun(act);
        }
    }

    /// Goes over to another language: its colours, its words, its history.
    pub(crate) fn set_language(&mut self, language: Language) {
        if let Some(helper) = self.lines.helper_mut() {
            helper.set_language(language);
        }
        self.history.open(language, self.lines.history_mut());
    }

    /// Keeps what was typed for arrow up and for the next time, unless it holds a secret.
    pub(crate) fn remember(&mut self, text: &str) {
        let client = self.lines.helper().and_then(|helper| helper.known.shared().client.clone());
        self.history.remember(text, self.lines.history_mut(), client.as_ref());
    }

    /// What is to be told of the history, such as that it cannot be kept. It is told once.
    pub(crate) fn trouble(&mut self) -> Option<Error> {
        self.history.trouble()
    }
}

fn config(colours: bool) -> rustyline::Result<Config> {
    let config = Config::builder()
        .max_history_size(history::MOST)?
        .history_ignore_dups(true)?
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        .bell_style(BellStyle::None)
        .bracketed_paste(true)
        .auto_add_history(false)
        .color_mode(if colours { ColorMode::Enabled } else { ColorMode::Disabled });
    Ok(config.build())
}

fn no_terminal(error: &ReadlineError) -> Error {
    Error::new(ErrorKind::State, format!("the terminal fails: {error}"))
}

#[cfg(test)]
mod tests;
