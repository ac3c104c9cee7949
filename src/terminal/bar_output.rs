//! Where a bar is drawn: standard error, a little narrower than it is.

use std::io::{Result, Write, stderr};
use std::sync::{Mutex, MutexGuard, PoisonError};

use indicatif::TermLike;
use terminal_size::terminal_size_of;

/// Ctrl-C shows itself as `^C` behind the bar. Where that has no room it begins a new line, and what
/// wipes the bar then wipes that line alone.
const ROOM: u16 = 3;
/// The width of a terminal that does not tell its own.
const USUAL_WIDTH: u16 = 80;

/// The columns that a bar may take.
pub(super) fn columns() -> u16 {
    let size = terminal_size_of(stderr()).map(|(width, _)| width.0).filter(|width| *width > 0);
    size.unwrap_or(USUAL_WIDTH).saturating_sub(ROOM)
}

/// Standard error, written to when a drawing is complete.
#[derive(Debug, Default)]
pub(super) struct BarOutput(Mutex<String>);

impl BarOutput {
    fn add(&self, text: &str) -> Result<()> {
        self.text().push_str(text);
        Ok(())
    }

    fn move_cursor(&self, by: usize, direction: char) -> Result<()> {
        if by == 0 { Ok(()) } else { self.add(&format!("\x1b[{by}{direction}")) }
    }

    fn text(&self) -> MutexGuard<'_, String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TermLike for BarOutput {
    fn width(&self) -> u16 {
        columns()
    }

    fn move_cursor_up(&self, by: usize) -> Result<()> {
        self.move_cursor(by, 'A')
    }

    fn move_cursor_down(&self, by: usize) -> Result<()> {
        self.move_cursor(by, 'B')
    }

    fn move_cursor_right(&self, by: usize) -> Result<()> {
        self.move_cursor(by, 'C')
    }

    fn move_cursor_left(&self, by: usize) -> Result<()> {
        self.move_cursor(by, 'D')
    }

    fn write_line(&self, text: &str) -> Result<()> {
        self.add(&format!("{text}\n"))
    }

    fn write_str(&self, text: &str) -> Result<()> {
        self.add(text)
    }

    fn clear_line(&self) -> Result<()> {
        self.add("\r\x1b[2K")
    }

    fn flush(&self) -> Result<()> {
        let text = std::mem::take(&mut *self.text());
        stderr().write_all(text.as_bytes())
    }
}
