//! The prompt: lines of Lua or Rhai on live data.

#[allow(dead_code)]
mod command;
#[allow(dead_code)]
mod editor;
