//! `cliengo check`: what is wrong with scripts, found without running them.

mod files;
mod show;

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, value_parser};

use super::arguments::{libraries, library, option};
use super::{exit, output, report};
use crate::api::Registry;
use crate::check::{Finding, check_with_libraries};
use crate::engine::{Language, Source};
use crate::terminal::View;
use crate::{Error, Result};

const EXAMPLES: &str = "\
Examples:
  cliengo check leads.lua             one script
  cliengo check scripts               every .lua, .luau and .rhai file below a folder
  cliengo check scripts -o json       for an editor or a build";

/// A script, and what is wrong with it.
struct Checked {
    source: Source,
    findings: Vec<Finding>,
}

/// The command and its options.
pub(super) fn command() -> Command {
    let paths = Arg::new("paths")
        .value_name("FILE|DIR")
        .num_args(1..)
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .help("Scripts, and folders with scripts in them");
    Command::new("check")
        .about("Find mistakes in scripts without running them")
        .after_help(EXAMPLES)
        .arg(paths)
        .arg(
            option("lang", "LANG", "The language, where the extension does not tell")
                .value_parser(["lua", "rhai"]),
        )
        .arg(library())
        .arg(
            option("output", "FORMAT", "How to print what was found")
                .short('o')
                .value_parser(["pretty", "json"])
                .default_value("pretty"),
        )
}

/// `cliengo check FILE|DIR…`
pub(super) fn run(matches: &ArgMatches) -> Result<u8> {
    let language = matches.get_one::<String>("lang").map(|name| match name.as_str() {
        "lua" => Language::Lua,
        _ => Language::Rhai,
    });
    let registry = Registry::builtin();
    let libraries = libraries(matches);
    let mut checked = Vec::new();
    for path in matches.get_many::<PathBuf>("paths").unwrap_or_default() {
        for file in files::scripts(path)? {
            // What is found in a folder is known by its name.
            let language = language.filter(|_| &file == path);
            match Source::from_file(&file, language) {
                Ok(source) => {
                    let findings = check_with_libraries(&source, &registry, &libraries);
                    checked.push(Checked { source, findings });
                }
                Err(error) if &file == path => return Err(error),
                // The others of its folder are checked all the same.
                Err(error) => checked.push(unreadable(&file, &error)?),
            }
        }
    }
    if checked.is_empty() {
        return Err(Error::invalid("there is no script in these folders")
            .with_hint("a script's name ends with .lua, .luau or .rhai"));
    }
    print(&checked, matches.get_one::<String>("output").map_or("pretty", String::as_str))?;
    let clean = checked.iter().all(|it| it.findings.is_empty());
    Ok(if clean { exit::DONE } else { exit::FAILED })
}

fn unreadable(file: &Path, error: &Error) -> Result<Checked> {
    let language = Language::of_file(file)?;
    let name = file.display().to_string();
    let source = Source::from_text(name, String::new(), language, PathBuf::from("."));
    Ok(Checked { source, findings: vec![Finding::unreadable_file(error)] })
}

/// What was found is the result, and goes to standard output; how many that is, to the person.
fn print(checked: &[Checked], format: &str) -> Result<()> {
    if format == "json" {
        return output::print(&show::json(checked), "json");
    }
    output::text(&show::text(checked, &View::of_output()))?;
    report::note(&show::counts(checked));
    Ok(())
}
