//! The command line.

mod account;
mod apply;
mod arguments;
mod check;
mod config;
mod cron;
mod cycles;
mod destination;
mod doctor;
mod emulator;
mod exit;
mod export;
mod flags;
mod grants;
mod help;
mod import;
mod journaled;
mod order;
mod output;
mod plan;
mod reach;
mod repl;
mod report;
mod run;
mod same_file;
mod serve;
mod session;
mod sink;
mod source;
mod state;
mod types;
mod undo;

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the command that these arguments are, the program's name first, and gives its exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = order::options_first(&arguments::command(), arguments.into_iter().collect());
    if let Some(shown) = help::of_words(&arguments::command(), &arguments) {
        return ended(shown);
    }
    let matches = match arguments::command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            let usage = error.use_stderr();
            // A closed pipe is no reason to fail.
            drop(error.print());
            return if usage { exit::USAGE.into() } else { exit::DONE.into() };
        }
    };
    let done = match matches.subcommand() {
        Some(("run", matches)) => run::file(matches),
        Some(("eval", matches)) => run::code(matches),
        Some(("apply", matches)) => apply::run(matches),
        Some(("repl", matches)) => repl::run(matches),
        Some(("serve", matches)) => serve::run(matches),
        Some(("check", matches)) => check::run(matches),
        Some(("export", matches)) => export::run(matches),
        Some(("import", matches)) => import::run(matches),
        Some(("types", matches)) => types::run(matches),
        Some(("cron", matches)) => cron::run(matches),
        Some(("doctor", matches)) => doctor::run(matches),
        Some(("emulator", matches)) => emulator::serve(matches),
        Some(("watches", matches)) => state::watches(matches),
        Some(("schedules", matches)) => state::schedules(matches),
        Some(("runs", matches)) => state::runs(matches),
        Some(("events", matches)) => state::events(matches),
        Some(("dead", matches)) => state::dead(matches),
        _ => Ok(exit::USAGE),
    };
    ended(done)
}

/// The exit code of a command that came so far.
fn ended(done: crate::Result<u8>) -> ExitCode {
    match done {
        Ok(code) => code.into(),
        Err(error) => {
            report::error(&error);
            exit::of_setup(&error).into()
        }
    }
}
