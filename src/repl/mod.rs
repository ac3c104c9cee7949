//! The prompt: lines of Lua or Rhai on live data.
