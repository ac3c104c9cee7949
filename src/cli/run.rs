//! `cliengo run` and `cliengo eval`.

use std::path::PathBuf;

use clap::ArgMatches;

use super::arguments::ScriptOptions;
use super::cycles::Cycles;
use super::journaled::Subject;
use super::plan::Planned;
use super::session::Session;
use super::source::{is_standard_input, standard_input};
use super::{exit, grants, output, report};
use crate::engine::{Language, Limits, Source};
use crate::runtime::{Interruption, Job, supervise_then};
use crate::{Error, Result};

/// `cliengo run FILE [ARGS…]`
pub(super) fn file(matches: &ArgMatches) -> Result<u8> {
    let (mut options, planned) = (ScriptOptions::read(matches), Planned::read(matches)?);
    let missing = || Error::invalid("a script file is needed");
    let path = matches.get_one::<PathBuf>("file").ok_or_else(missing)?;
    let source = match is_standard_input(path) {
        true => standard_input(options.language)?,
        false => {
            options.permissions = options.permissions.and(&grants::of_script(path)?);
            grants::warn_of_missing()?;
            Source::from_file(path, options.language)?
        }
    };
    let arguments = matches.get_many("arguments").unwrap_or_default().cloned().collect();
    run(source, &options, planned, arguments)
}

/// `cliengo eval CODE`
pub(super) fn code(matches: &ArgMatches) -> Result<u8> {
    let (options, planned) = (ScriptOptions::read(matches), Planned::read(matches)?);
    let code = matches.get_one::<String>("code").cloned().unwrap_or_default();
    let source = Source::from_code(code, options.language.unwrap_or(Language::Lua));
    run(source, &options, planned, Vec::new())
}

fn run(
    source: Source,
    options: &ScriptOptions,
    planned: Option<Planned>,
    arguments: Vec<String>,
) -> Result<u8> {
    let session = Session::begin(options, arguments, Subject::Script(&source))?;
    let defaults = Limits::default();
    let limits =
        Limits { memory: options.memory.or(defaults.memory), operations: options.operations };
    let context = session.context.clone();
    let job = Job { source: source.clone(), context, limits, timeout: options.timeout };
    let cycles = Cycles::of(&session, &source);
    let outcome = supervise_then(job, Interruption::Signals, {
        let cycles = cycles.clone();
        move |script, value| cycles.make(script, value)
    });
    session.terminal.end_progress();
    if let Some(journaled) = &session.journaled {
        journaled.end(&outcome.result, &session.context);
    }
    let plan = |result| session.context.plan().of_script(&source.name, result);
    match outcome.result {
        Ok(value) => {
            let value = cycles.result(value, &options.output);
            // For a program, the result is a part of the plan.
            if planned.is_none() || options.output == "pretty" {
                output::print(&value, &options.output)?;
            }
            planned.map_or(Ok(()), |planned| planned.show(&plan(Ok(&value)), options))?;
            Ok(cycles.exit_code())
        }
        Err(failure) => {
            let shown = planned.map(|planned| planned.show(&plan(Err(&failure)), options));
            report::failure(&failure, &source, &outcome.writes, outcome.not_begun);
            shown.transpose()?;
            Ok(exit::of_run(&failure.error))
        }
    }
}
