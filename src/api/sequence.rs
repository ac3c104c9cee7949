//! A lazy list: rows that are fetched as a script goes through them.

use std::fmt;
use std::pin::Pin;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};

use crate::Result;

/// Pages of rows, each row a JSON document; the next page is fetched when it is asked for.
pub struct Sequence(Pin<Box<dyn Stream<Item = Result<Vec<Bytes>>> + Send>>);

impl Sequence {
    /// A sequence of these pages.
    pub fn new(pages: impl Stream<Item = Result<Vec<Bytes>>> + Send + 'static) -> Self {
        Self(Box::pin(pages))
    }

    /// The next rows, or none at the end.
    ///
    /// # Errors
    /// Whatever fetching them failed with; the sequence is at its end then.
    pub async fn next_page(&mut self) -> Result<Option<Vec<Bytes>>> {
        self.0.next().await.transpose()
    }
}

impl fmt::Debug for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sequence")
    }
}
