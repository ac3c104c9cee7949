//! What a terminal shows, and what has left it at the top.

use vt100::{Cell, Color, Parser};

/// More lines than any test writes.
const KEPT: usize = 10_000;

/// The state of a terminal after all that was written to it.
pub struct Shown {
    parser: Parser,
    /// All that was written, to the byte.
    pub bytes: Vec<u8>,
    /// True once nobody writes any more.
    pub ended: bool,
}

impl Shown {
    pub fn new(rows: u16, columns: u16) -> Self {
        let (rows, columns) = (rows.try_into().unwrap(), columns.try_into().unwrap());
        Self { parser: Parser::new(rows, columns, KEPT), bytes: Vec::new(), ended: false }
    }

    pub fn resize(&mut self, rows: u16, columns: u16) {
        self.parser.set_size(rows.try_into().unwrap(), columns.try_into().unwrap());
    }

    pub fn process(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        self.bytes.extend_from_slice(bytes);
    }

    /// What stands on the screen now.
    pub fn visible(&self) -> String {
        self.parser.screen().contents()
    }

    /// All lines from the beginning to that of the cursor, those joined that are one line which was too wide,
    /// without spaces at their ends.
    pub fn lines(&mut self) -> Vec<String> {
        let (columns, away) = (self.columns(), self.parser.screen().scrollback_len());
        let last = usize::from(self.parser.screen().cursor_position().0) + away;
        let (mut lines, mut wrapped) = (Vec::<String>::new(), false);
        for row in 0..=last {
            let screen = self.parser.screen_mut();
            screen.set_scrollback(away.saturating_sub(row));
            let place = u16::try_from(row.saturating_sub(away)).unwrap();
            let text = screen.rows(0, columns).nth(usize::from(place)).unwrap_or_default();
            match lines.last_mut().filter(|_| wrapped) {
                Some(line) => line.push_str(&text),
                None => lines.push(text),
            }
            wrapped = screen.row_wrapped(place) || row + 1 == last && self.ends_at_the_edge();
        }
        self.parser.screen_mut().set_scrollback(0);
        lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
    }

    /// The line of the cursor: what is before the cursor, and what is behind it.
    pub fn line(&self) -> (String, String) {
        let screen = self.parser.screen();
        let (row, column) = screen.cursor_position();
        let mut first = row - u16::from(self.ends_at_the_edge());
        while first > 0 && screen.row_wrapped(first - 1) {
            first -= 1;
        }
        let before = screen.contents_between(first, 0, row, column);
        let mut last = row;
        while screen.row_wrapped(last) {
            last += 1;
        }
        let after = screen.contents_between(row, column, last, self.columns());
        (before.replace('\n', ""), after.trim_end().to_owned())
    }

    /// True where the cursor is at the beginning of a row because the one before is full: a line editor
    /// goes on to the next row by itself.
    fn ends_at_the_edge(&self) -> bool {
        let screen = self.parser.screen();
        let (row, column) = screen.cursor_position();
        let full = |row| screen.cell(row, self.columns() - 1).is_some_and(Cell::has_contents);
        column == 0 && row > 0 && full(row - 1)
    }

    /// True where a prompt waits for a line, and nothing is typed.
    pub fn waits_for_a_line(&self) -> bool {
        let (before, after) = self.line();
        let named = before.starts_with("lua") || before.starts_with("rhai");
        named && before.ends_with("> ") && before.matches('>').count() == 1 && after.is_empty()
    }

    /// The first letter of the last place on the screen where these words stand on one row.
    pub fn cell(&self, words: &str) -> Option<&Cell> {
        let screen = self.parser.screen();
        let rows = screen.rows(0, self.columns()).enumerate();
        let (row, _) = rows.filter(|(_, text)| text.contains(words)).last()?;
        let row = u16::try_from(row).ok()?;
        let begins = |&column: &u16| {
            let rest = screen.contents_between(row, column, row, self.columns());
            rest.starts_with(words)
        };
        screen.cell(row, (0..self.columns()).rev().find(begins)?)
    }

    /// True where these words are in a colour, bold or dim.
    pub fn is_painted(&self, words: &str) -> bool {
        self.cell(words).is_some_and(|cell| {
            cell.fgcolor() != Color::Default || cell.bold() || cell.dim() || cell.underline()
        })
    }

    /// True where the terminal was told to mark what is pasted.
    pub fn marks_pastes(&self) -> bool {
        self.parser.screen().bracketed_paste()
    }

    fn columns(&self) -> u16 {
        self.parser.screen().size().1.get()
    }
}
