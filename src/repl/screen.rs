//! Where everything that the prompt says goes: above the line that is being typed, or beside what runs.

use std::fmt;
use std::io::{ErrorKind, IsTerminal, Write, stderr, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;

use crate::Error;
use crate::terminal::{Paint, Progress, View, harmless, lines_of_output};

/// The most rows of a list at once: more than can be looked over are of no use.
const MOST_ROWS: usize = 20;
/// Lines of the terminal that are not rows: the header, the other columns, a space, the count, the prompt.
const OTHER_LINES: usize = 5;
/// The fewest rows, however small the terminal.
const FEWEST_ROWS: usize = 5;
/// The lines of a terminal that does not tell.
const USUAL_LINES: usize = 24;

/// Where everything that the prompt says goes.
pub(super) struct Screen {
    paint: Paint,
    /// True where a person types and looks on.
    interactive: bool,
    progress: Progress,
    way: Mutex<Way>,
    reader_is_gone: AtomicBool,
    /// Why what was said is lost, where a program reads it and it could not be written.
    lost: OnceLock<Error>,
}

struct Way {
    /// True while a line is being typed.
    editing: bool,
    /// Where texts go that are to stand above the line that is being typed.
    above: Option<Sender<String>>,
    reader_goes: Option<Arc<dyn Fn() + Send + Sync>>,
}

impl Screen {
    /// A screen for a person at a terminal, or for a program.
    pub(super) fn new(interactive: bool) -> Self {
        let paint = if interactive { Paint::of(&stdout()) } else { Paint::PLAIN };
        let way = Mutex::new(Way { editing: false, above: None, reader_goes: None });
        let (progress, reader_is_gone) = (Progress::new(interactive), AtomicBool::new(false));
        Self { paint, interactive, progress, way, reader_is_gone, lost: OnceLock::new() }
    }

    /// Has texts printed with this while a line is being typed.
    pub(super) fn print_with(&self, print: impl FnMut(String) + Send + 'static) {
        let (above, texts) = channel();
        let body = move || print_all(print, &texts);
        // Where there is no thread, texts go beside the line: worse looking, and not lost.
        if thread::Builder::new().name("screen".into()).spawn(body).is_ok() {
            self.way().above = Some(above);
        }
    }

    /// A line is being typed from now on: its prompt comes behind whatever is being written.
    pub(super) fn begin_editing(&self) {
        let mut way = self.way();
        if !std::mem::replace(&mut way.editing, true) {
            self.progress.end();
        }
    }

    /// No line is being typed from now on.
    pub(super) fn end_editing(&self) {
        self.way().editing = false;
    }

    /// How things are painted.
    pub(super) fn paint(&self) -> Paint {
        self.paint
    }

    /// True where a person types and looks on.
    pub(super) fn is_interactive(&self) -> bool {
        self.interactive
    }

    /// What there is to show a result on.
    pub(super) fn view(&self) -> View {
        if !self.interactive {
            return View::PLAIN;
        }
        let lines = lines_of_output().unwrap_or(USUAL_LINES);
        let rows = lines.saturating_sub(OTHER_LINES).clamp(FEWEST_ROWS, MOST_ROWS);
        View { rows, more: Some(".more"), ..View::of_output() }
    }

    /// What there is to show an error on, which goes to standard error where a program reads the results.
    pub(super) fn error_view(&self) -> View {
        if self.interactive { View::of_output() } else { View::of_error() }
    }

    /// Says whole lines: results, and words of scripts.
    pub(super) fn say(&self, text: &str) {
        let way = self.way();
        if let (true, Some(above)) = (way.editing, &way.above) {
            drop(above.send(text.to_owned()));
            return;
        }
        let written = self.progress.above(|| {
            let mut output = stdout().lock();
            output.write_all(text.as_bytes()).and_then(|()| output.flush())
        });
        drop(way);
        match written {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::BrokenPipe => self.lose_reader(),
            // A terminal is there again, or the person sees that it is not.
            Err(_) if self.interactive => {}
            Err(error) => {
                let _ = self.lost.set(not_written(&error));
                self.lose_reader();
            }
        }
    }

    /// Why what was said is lost, where it could not be written; a reader that has gone is no reason.
    pub(super) fn lost(&self) -> Option<&Error> {
        self.lost.get()
    }

    /// Has this done once nobody reads what is said any more.
    pub(super) fn when_reader_goes(&self, act: impl Fn() + Send + Sync + 'static) {
        self.way().reader_goes = Some(Arc::new(act));
    }

    /// False once nobody reads what is said any more.
    pub(super) fn has_reader(&self) -> bool {
        !self.reader_is_gone.load(Ordering::SeqCst)
    }

    fn lose_reader(&self) {
        if !self.reader_is_gone.swap(true, Ordering::SeqCst) {
            let act = self.way().reader_goes.clone();
            act.iter().for_each(|act| act());
        }
    }

    /// Says whole lines that are no result: to a program on standard error.
    pub(super) fn remark(&self, text: &str) {
        if self.interactive {
            return self.say(text);
        }
        self.progress.above(|| drop(stderr().write_all(text.as_bytes())));
    }

    /// Says one line that is no result.
    pub(super) fn note(&self, text: &str) {
        self.remark(&format!("{text}\n"));
    }

    /// Says one line of little weight that is no result.
    pub(super) fn trace(&self, text: &str) {
        self.note(&self.paint.dim(&harmless(text)));
    }

    /// How far a long call is.
    pub(super) fn progress(&self, what: &str, done: u64, total: u64) {
        let way = self.way();
        if !way.editing {
            self.progress.show(what, done, total);
        }
    }

    /// Takes the bar away that a cancelled call leaves.
    pub(super) fn end_progress(&self) {
        self.progress.end();
    }

    fn way(&self) -> MutexGuard<'_, Way> {
        self.way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn not_written(error: &std::io::Error) -> Error {
    Error::invalid(format!("standard output cannot be written to: {error}"))
        .with_hint("look for room on the device that it goes to")
}

/// True where a person types, and reads what comes.
pub(super) fn is_a_terminal() -> bool {
    std::io::stdin().is_terminal() && stdout().is_terminal()
}

/// The line editor takes a text only while a line is being typed, and waits until then: nobody else is to
/// wait with it. What gathered meanwhile is one text, so that it stays together.
fn print_all(mut print: impl FnMut(String), texts: &Receiver<String>) {
    while let Ok(mut text) = texts.recv() {
        texts.try_iter().for_each(|more| text.push_str(&more));
        print(text);
    }
}

impl fmt::Debug for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Screen").field("interactive", &self.interactive).finish_non_exhaustive()
    }
}
