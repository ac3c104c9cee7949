//! How things look to a person: text, tables, sheets, bars, errors.
//!
//! What gives a text gives whole lines, the last one ended, or nothing at all.

// The command line shows more things than the prompt alone.
#![cfg_attr(not(feature = "cli"), allow(dead_code, unused_imports))]

mod bar_output;
mod cell;
mod count;
mod csv;
mod failure;
mod fold;
mod json;
mod log;
mod page;
mod paint;
mod plan;
mod progress;
mod rows;
mod sheet;
mod table;
mod text;
mod value;
mod view;

pub(crate) use count::{counted, thousands};
pub(crate) use csv::{CsvTable, csv, csv_beginning_with, io_error};
pub(crate) use failure::{error, excerpt, failure, writes};
pub(crate) use fold::folded;
pub(crate) use json::json;
pub(crate) use log::log_line;
pub(crate) use page::{function_list, page};
pub(crate) use paint::{Paint, Role};
pub(crate) use plan::plan;
pub(crate) use progress::Progress;
pub(crate) use sheet::{record, sheet};
pub(crate) use table::{table, table_of};
pub(crate) use text::{cut, harmless, readable, width};
pub(crate) use value::value;
pub(crate) use view::{View, lines_of_output};
