//! The decoder alone, for the benchmarks.

use bytes::Bytes;

use super::decode::decode_onto;
use crate::Result;

/// Decodes the rows as `contacts.list` does, drops them, and gives their number.
///
/// # Errors
/// [`ErrorKind::Decode`](crate::ErrorKind::Decode) where one is not JSON.
pub fn decode_rhai(rows: &[Bytes]) -> Result<usize> {
    let mut list = rhai::Array::new();
    decode_onto(&mut list, rows)?;
    Ok(list.len())
}
