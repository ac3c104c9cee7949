//! `cliengo check`: what is wrong with scripts, found without running them.

mod clashes;
mod files;
mod show;

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, value_parser};

use super::arguments::{libraries, library, option};
use super::source::{is_standard_input, standard_input};
use super::{exit, output, report};
use crate::api::Registry;
use crate::check::{Finding, Looked, Registered, look};
use crate::engine::{Language, Source};
use crate::terminal::View;
use crate::{Error, Result};

const EXAMPLES: &str = "\
Examples:
  cliengo check leads.lua             one script
  cliengo check scripts               every .lua, .luau and .rhai file below a folder
  cliengo check scripts -o json       for a build
  cliengo check --lang lua -o json -  standard input, for an editor";

/// A script, and what is wrong with it.
struct Checked {
    source: Source,
    findings: Vec<Finding>,
    registered: Vec<Registered>,
    /// The folder that it was found in; none where it was named itself.
    folder: Option<PathBuf>,
}

/// The command and its options.
pub(super) fn command() -> Command {
    let paths = Arg::new("paths")
        .value_name("FILE|DIR")
        .num_args(1..)
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .help("Scripts, and folders with scripts in them; - for standard input");
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
    let libraries = &libraries;
    let look = |source: Source, folder| {
        let Looked { findings, registered } = look(&source, &registry, libraries);
        Checked { source, findings, registered, folder }
    };
    let mut checked = Vec::new();
    for path in matches.get_many::<PathBuf>("paths").unwrap_or_default() {
        if is_standard_input(path) {
            checked.push(look(standard_input(language)?, None));
            continue;
        }
        for file in files::scripts(path)? {
            // What is found in a folder is known by its name.
            let language = language.filter(|_| &file == path);
            match Source::from_file(&file, language) {
                Ok(source) => {
                    let folder = file.parent().filter(|_| &file != path);
                    checked.push(look(source, folder.map(Path::to_owned)));
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
    clashes::add(&mut checked);
    print(&checked, matches.get_one::<String>("output").map_or("pretty", String::as_str))?;
    let clean = checked.iter().all(|it| it.findings.is_empty());
    Ok(if clean { exit::DONE } else { exit::FAILED })
}

fn unreadable(file: &Path, error: &Error) -> Result<Checked> {
    let language = Language::of_file(file)?;
    let name = file.display().to_string();
    let source = Source::from_text(name, String::new(), language, PathBuf::from("."));
    let findings = vec![Finding::unreadable_file(error)];
    Ok(Checked { source, findings, registered: Vec::new(), folder: None })
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
