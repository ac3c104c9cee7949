//! Quotes that do not part cells as they should: a reader of CSV takes them without a word, and makes
//! one cell of many rows.

use crate::{Error, Result};

/// Cells of whole rows inside one quoted cell, from which it is no longer taken for a text that happens
/// to look like rows.
const SUSPICIOUS: u64 = 4;

/// Looks at every quoted cell. `before` are the lines in front of the text.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a quoted cell that has no end, that is closed
/// in its middle, or that has swallowed the rows below it. A quote inside a cell that has none around
/// it, such as `27" LG`, is a letter like any other.
pub(super) fn check(text: &str, delimiter: u8, before: u64) -> Result<()> {
    let bytes = text.as_bytes();
    let reader = Reader { bytes, delimiter, columns: cells_of_line(bytes, 0, delimiter) };
    let (mut place, mut record) = (0, 0);
    while place < bytes.len() {
        // At the beginning of a cell.
        if bytes[place] == b'"' {
            let cannot = |what: &str| {
                let line = before + 1 + count(&bytes[..place], b'\n');
                Error::invalid(format!("the quote that begins a cell at line {line} {what}"))
                    .with_hint("close it, or double it where it is meant")
            };
            place = reader.end_of_quoted(record, place).map_err(cannot)?;
        }
        let part = |byte: &u8| *byte == delimiter || matches!(byte, b'\n' | b'\r');
        place = bytes[place..].iter().position(part).map_or(bytes.len(), |gap| place + gap + 1);
        if bytes[place - 1] != delimiter {
            record = place;
        }
    }
    Ok(())
}

/// What there is to read, and the cells of its header.
struct Reader<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    columns: usize,
}

impl Reader<'_> {
    /// The place behind the quoted cell that is opened here, or what is wrong with it.
    fn end_of_quoted(&self, record: usize, open: usize) -> Result<usize, &'static str> {
        let close = closing(self.bytes, open).ok_or("is never closed")?;
        if !ends_cell(&self.bytes[close + 1..], self.delimiter) {
            return Err("is not closed, or in the middle of the cell");
        }
        match self.swallows(record, open, close) {
            true => Err("makes one cell of whole rows"),
            false => Ok(close + 1),
        }
    }

    /// True where each line that the cell touches is a row by itself, were there no quotes: a closing
    /// quote was forgotten, and a later one taken for it.
    fn swallows(&self, record: usize, open: usize, close: usize) -> bool {
        let breaks = count(&self.bytes[open..close], b'\n');
        let cells = breaks.saturating_mul(self.columns as u64 - 1);
        if cells < SUSPICIOUS {
            return false;
        }
        let mut line = record;
        while line <= close {
            if cells_of_line(self.bytes, line, self.delimiter) != self.columns {
                return false;
            }
            let gap = self.bytes[line..].iter().position(|byte| *byte == b'\n');
            line = gap.map_or(self.bytes.len(), |gap| line + gap + 1);
        }
        true
    }
}

/// Where the quote that opens a cell is closed. Two of them are one that is meant.
fn closing(bytes: &[u8], open: usize) -> Option<usize> {
    let mut place = open + 1;
    loop {
        place += bytes.get(place..)?.iter().position(|byte| *byte == b'"')?;
        if bytes.get(place + 1) != Some(&b'"') {
            return Some(place);
        }
        place += 2;
    }
}

fn ends_cell(rest: &[u8], delimiter: u8) -> bool {
    let next = rest.iter().find(|byte| **byte != b' ');
    next.is_none_or(|byte| *byte == delimiter || matches!(byte, b'\n' | b'\r'))
}

/// The cells of the line from here, were there no quotes.
fn cells_of_line(bytes: &[u8], start: usize, delimiter: u8) -> usize {
    let line = bytes[start..].iter().take_while(|byte| **byte != b'\n');
    line.filter(|byte| **byte == delimiter).count() + 1
}

fn count(bytes: &[u8], byte: u8) -> u64 {
    bytes.iter().filter(|it| **it == byte).count() as u64
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_quote_that_swallows_rows_is_told_with_its_line() {
        for (text, part) in [
            ("name,message\nAna,\"hi\nLeo,hello\n", "line 2 is never closed"),
            (
                "name,size,note\nA,27\" LG,x\nAna,\"hi,x\nLeo,27\" LG,x\nZoe,1,2\n",
                "line 3 is not closed",
            ),
            ("name,message\nAna,\"hi\nLeo,\"hello\"\n", "line 2 is not closed"),
            ("a,b,c\n1,\"2,3\n4,5,6\n7,27\",9\n", "line 2 makes one cell of whole rows"),
            ("a,b\n\"x\"y,1\n", "line 2 is not closed, or in the middle"),
        ] {
            let error = check(text, b',', 0).unwrap_err();
            assert!(error.message.contains(part) && error.hint.is_some(), "{error}");
        }
        assert!(check("a\n\"x", b',', 1).unwrap_err().message.contains("line 3"));
    }

    #[test]
    fn quotes_that_are_meant_are_no_mistake() {
        for text in [
            "name,size\nAna,5\" pipe\nLeo,x\n",
            "name,message\nAna,\"Hi,\nI am Ana, from Rosario\"\nLeo,\"\"\n",
            "\"name\",\"message\"\r\n\"Ana\",\"a \"\"b\"\"\" \r\n\"Leo\",\"\"\"\"\"\"",
            "name,message\nAna,\"one\ntwo\nthree\nfour\nfive\nsix\"\n",
            "name\n\"one\ntwo\nthree\nfour\nfive\"\n\n\n",
            "",
        ] {
            check(text, b',', 0).unwrap();
        }
    }
}
