//! Files that a call sends, or that an answer is saved to.
use crate::api::Context;
use crate::{Error, ErrorKind, Result};
pub(super) fn read(_: &Context, path: &str) -> Result<Vec<u8>> {
    Err(Error::new(ErrorKind::Denied, format!("this run may not read {path}"))
        .with_hint(format!("allow the run to read the path {path}")))
}
pub(super) fn write(_: &Context, path: &str, _: &[u8]) -> Result<()> {
    Err(Error::new(ErrorKind::Denied, format!("this run may not write {path}"))
        .with_hint(format!("allow the run to write the path {path}")))
}
