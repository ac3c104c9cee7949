//! Prints above the line that is typed.

use std::sync::mpsc::{Sender, channel};
use std::thread;

use rustyline::ExternalPrinter;

use crate::{Error, ErrorKind, Result};

/// Prints above the line that is typed, which stays as it is. Cheap to clone; never waits.
#[derive(Debug, Clone)]
pub(crate) struct Printer {
    texts: Sender<String>,
}

impl Printer {
    /// A printer on a thread of its own: the line editor takes a text only while it reads a line, and whoever
    /// has something to say may be who the next line waits for.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub(super) fn start(mut screen: impl ExternalPrinter + Send + 'static) -> Result<Self> {
        let (texts, waiting) = channel::<String>();
        let print = move || {
            for text in waiting {
                // Nothing can be told where nothing can be shown.
                let _ = screen.print(text);
            }
        };
        let started = thread::Builder::new().name("printer".to_owned()).spawn(print);
        let cannot =
            |error| Error::new(ErrorKind::State, format!("no thread for printing: {error}"));
        started.map_err(cannot)?;
        Ok(Self { texts })
    }

    /// Prints a text; a line's end is put behind it where it has none.
    pub(crate) fn print(&self, text: &str) {
        let end = if text.ends_with('\n') { "" } else { "\n" };
        let _ = self.texts.send(format!("{text}{end}"));
    }
}
