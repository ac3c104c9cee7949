//! The decoder alone, for the benchmarks.

use bytes::Bytes;

use super::decode::decode_list;
use crate::{Error, Result};

/// Decodes the rows as `contacts.list` does, drops them, and gives their number.
///
/// # Errors
/// [`ErrorKind::Decode`](crate::ErrorKind::Decode) where one is not JSON.
pub fn decode_rhai(rows: &[Bytes]) -> Result<usize> {
    let list = decode_list(rows)?;
    let list = list.as_array_ref().map_err(|_| Error::invalid("the rows are no list"))?;
    Ok(list.len())
}
