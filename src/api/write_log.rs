//! The undo journal of a run: each write with the contact before it and after it.

mod after;
mod noted;
mod target;

use serde_json::{Map, Value};

pub(super) use self::noted::Noted;
use crate::client::{Client, routes};
use crate::store::{NewWrite, WriteEnd};
use crate::{Error, ErrorKind, Result};

/// Keeps the writes of a run, so that they can be undone.
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use cliengo::Result;
/// use cliengo::api::{Context, WriteLog};
/// use cliengo::store::{NewWrite, WriteEnd};
///
/// /// Knows which contacts were changed.
/// #[derive(Default)]
/// struct Touched(Mutex<Vec<String>>);
///
/// impl WriteLog for Touched {
///     fn begin(&self, write: &NewWrite) -> Result<u64> {
///         self.0.lock().unwrap().extend(write.contact.clone());
///         Ok(0)
///     }
///
///     fn end(&self, _: u64, _: &WriteEnd) -> Result<()> {
///         Ok(())
///     }
/// }
///
/// let context = Context::builder().write_log(Arc::new(Touched::default())).build();
/// # drop(context);
/// ```
pub trait WriteLog: Send + Sync {
    /// Keeps a write that is about to be sent, so that it is there after a crash, and gives its number.
    /// It may be called from several threads at once, and may block for as long as the disk takes.
    ///
    /// # Errors
    /// Where it is not surely kept; the write is not sent then.
    fn begin(&self, write: &NewWrite) -> Result<u64>;

    /// Keeps how a write ended; the last word counts. One that is never told of has an unknown outcome.
    ///
    /// # Errors
    /// Where that is not kept.
    fn end(&self, number: u64, end: &WriteEnd) -> Result<()>;

    /// The run came to its end, with this error where it failed: nothing more is written.
    fn close(&self, _error: Option<&Error>) {}
}

/// The contact; none where there is none.
pub(crate) async fn read(client: &Client, id: &str) -> Result<Option<Map<String, Value>>> {
    match client.send(&routes::get_contact(id)?).await {
        Ok(answer) => Ok(Some(after::contact(&answer.body)?)),
        Err(error) if error.kind == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
