//! What the program promises to the person, and to the shell, that runs it.

#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

#[path = "command_line/configuration.rs"]
mod configuration;
#[path = "command_line/cron.rs"]
mod cron;
#[path = "command_line/emulator.rs"]
mod emulator;
#[path = "command_line/exit_codes.rs"]
mod exit_codes;
#[path = "command_line/import.rs"]
mod import;
#[path = "command_line/import_ends.rs"]
mod import_ends;
#[path = "command_line/import_files.rs"]
mod import_files;
#[path = "command_line/import_report.rs"]
mod import_report;
#[path = "command_line/module_errors.rs"]
mod module_errors;
#[path = "command_line/modules.rs"]
mod modules;
#[path = "command_line/on_terminal.rs"]
mod on_terminal;
#[path = "command_line/options.rs"]
mod options;
#[path = "command_line/output.rs"]
mod output;
#[path = "command_line/reports.rs"]
mod reports;
#[path = "command_line/secrets.rs"]
mod secrets;
mod support;
