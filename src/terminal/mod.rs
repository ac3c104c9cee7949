//! How things look to a person: text, tables, sheets, bars, errors.

#[allow(dead_code)]
mod paint;

#[allow(unused_imports)]
pub(crate) use paint::{Paint, Role};
