//! What there is to show something on.

use std::io::{IsTerminal, stderr, stdout};

use terminal_size::{Height, Width, terminal_size_of};

use super::Paint;

/// The width of a terminal that does not tell its own.
const USUAL_WIDTH: usize = 80;

/// What there is to show something on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    /// The columns of the terminal; none where no terminal is there: then nothing is cut, left out or
    /// put into other words, for a program may read it.
    pub(crate) width: Option<usize>,
    /// The most rows of a list that are shown.
    pub(crate) rows: usize,
    /// What the person types for the rows after those.
    pub(crate) more: Option<&'static str>,
    /// Whether in colour.
    pub(crate) paint: Paint,
}

impl View {
    /// No terminal: all rows, without colours.
    pub(crate) const PLAIN: Self =
        Self { width: None, rows: usize::MAX, more: None, paint: Paint::PLAIN };

    /// Standard output, which shows all rows.
    pub(crate) fn of_output() -> Self {
        let width = columns(&stdout(), terminal_size_of(stdout()));
        Self { width, paint: Paint::of(&stdout()), ..Self::PLAIN }
    }

    /// Standard error.
    pub(crate) fn of_error() -> Self {
        let width = columns(&stderr(), terminal_size_of(stderr()));
        Self { width, paint: Paint::of(&stderr()), ..Self::PLAIN }
    }

    /// The same with so many columns less.
    pub(super) fn narrower(self, by: usize) -> Self {
        Self { width: self.width.map(|width| width.saturating_sub(by)), ..self }
    }
}

/// The lines of the terminal behind standard output.
pub(crate) fn lines_of_output() -> Option<usize> {
    terminal_size_of(stdout()).map(|(_, Height(lines))| lines.into())
}

/// The columns of a stream, where it is a terminal.
fn columns(stream: &impl IsTerminal, size: Option<(Width, Height)>) -> Option<usize> {
    stream.is_terminal().then(|| match size {
        Some((Width(width), _)) if width > 0 => width.into(),
        // A serial line, or a pseudo-terminal that nobody set up, says 0.
        _ => USUAL_WIDTH,
    })
}
