//! The commands and their options.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::account::{self, AccountOptions};
use super::{apply, check, cron, doctor, export, import, plan, reach, repl, serve, state, types};
use crate::api::Permissions;
use crate::engine::Language;
use crate::schema::parse_duration;

const EXAMPLES: &str = "\
Examples:
  cliengo repl --emulator                           try things at a prompt, without an account
  cliengo run scripts/lead_triage.lua --emulator    try it on invented data, without an account
  cliengo eval 'cliengo.contacts.count()'           ask the account one thing
  CLIENGO_API_KEY=… cliengo run report.rhai -o csv  run a script on the account
  cliengo serve scripts/welcome_leads.lua           act on leads as they come, and on a schedule
  cliengo check scripts                             find mistakes without running anything
  cliengo export --status NEW -O new_leads.csv      the complete list, for a spreadsheet
  cliengo import leads.csv --upsert email           create or update a contact for each row
  cliengo help contacts.update                      explain a function of scripts";

/// The whole command line.
pub(super) fn command() -> Command {
    Command::new("cliengo")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Automate the contacts of a Cliengo account with short Lua or Rhai scripts")
        .after_help(EXAMPLES)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(run())
        .subcommand(eval())
        .subcommand(apply::command())
        .subcommand(repl::command())
        .subcommand(serve::command())
        .subcommand(check::command())
        .subcommand(export::command())
        .subcommand(import::command())
        .subcommand(types::command())
        .subcommand(cron::command())
        .subcommand(doctor::command())
        .subcommand(emulator())
        .subcommands(state::commands())
}

fn run() -> Command {
    let file = Arg::new("file")
        .value_name("FILE")
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .help("The script, .lua or .rhai; - reads it from standard input");
    let arguments = Arg::new("arguments")
        .value_name("ARGS")
        .num_args(0..)
        .trailing_var_arg(true)
        .allow_hyphen_values(true)
        .help(
            "Arguments of the script (cliengo.args); put -- before one that is an option of ours",
        );
    let command = Command::new("run").about("Run a script file").arg(file).arg(arguments);
    command.args(script_options()).args(plan::options())
}

fn eval() -> Command {
    let code = Arg::new("code").value_name("CODE").required(true).help("The code, Lua unless told");
    Command::new("eval")
        .about("Run a line of code")
        .arg(code)
        .args(script_options())
        .args(plan::options())
}

fn emulator() -> Command {
    let number = |name: &'static str, default: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name("N").default_value(default).help(help)
    };
    Command::new("emulator")
        .about("Serve a Cliengo-compatible API with invented data on this machine")
        .arg(
            number("port", "8181", "The port, 0 for any free one").value_parser(value_parser!(u16)),
        )
        .arg(
            number("contacts", "250", "How many contacts to invent")
                .value_parser(value_parser!(u64).range(..=5_000_000)),
        )
        .arg(
            number("seed", "1", "The same seed gives the same data")
                .value_parser(value_parser!(u64)),
        )
        .arg(
            Arg::new("data")
                .long("data")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("Keep the data in this file across restarts"),
        )
}

/// An option with a value.
pub(super) fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

/// `-o FORMAT`.
pub(super) fn output(help: &'static str) -> Arg {
    option("output", "FORMAT", help)
        .short('o')
        .value_parser(["pretty", "json", "ndjson", "csv"])
        .default_value("pretty")
}

/// `--state-dir DIR`.
pub(super) fn state_folder() -> Arg {
    option(
        "state-dir",
        "DIR",
        "Where state is kept [env: CLIENGO_STATE_DIR] [default: ~/.local/state/cliengo]",
    )
    .value_parser(value_parser!(PathBuf))
}

/// `--no-undo`.
pub(super) fn no_undo() -> Arg {
    option("no-undo", "", "Do not journal the writes: they cannot be undone, and cost no reads")
        .num_args(0)
        .action(ArgAction::SetTrue)
}

/// `--lib DIR`.
pub(super) fn library() -> Arg {
    option("lib", "DIR", "Find modules in this folder too, before the standard library's")
        .action(ArgAction::Append)
        .value_parser(|text: &str| match Path::new(text).is_dir() {
            true => Ok(PathBuf::from(text)),
            false => Err("there is no such folder"),
        })
}

/// The folders of `--lib`.
pub(super) fn libraries(matches: &ArgMatches) -> Vec<PathBuf> {
    matches.get_many("lib").unwrap_or_default().cloned().collect()
}

pub(super) fn script_options() -> Vec<Arg> {
    let mut options = vec![
        option("lang", "LANG", "The language, where the extension does not tell")
            .value_parser(["lua", "rhai"]),
    ];
    options.push(library());
    options.extend(account::options());
    options.extend([
        output("How to print what the script returns"),
        option("timeout", "TIME", "End the script after this time, such as 30s or 5m")
            .value_parser(|text: &str| parse_duration(text).map_err(|error| error.to_string())),
        option("max-memory", "SIZE", "The most memory of the script's values, such as 256M or 2G")
            .value_parser(parse_size),
        option("max-operations", "N", "The most operations of the script")
            .value_parser(value_parser!(u64).range(1..)),
    ]);
    options.extend(reach::options());
    options.extend([
        state_folder(),
        no_undo(),
        option("read-only", "", "Refuse every write").num_args(0).action(ArgAction::SetTrue),
        option("verbose", "", "Show the script's debug log")
            .short('v')
            .num_args(0)
            .action(ArgAction::SetTrue),
        option("log-format", "FORMAT", "How to write the script's log")
            .value_parser(["text", "json"])
            .default_value("text"),
    ]);
    options
}

/// The options that `run` and `eval` share.
#[derive(Debug)]
pub(super) struct ScriptOptions {
    pub(super) language: Option<Language>,
    /// Folders with modules.
    pub(super) libraries: Vec<PathBuf>,
    pub(super) account: AccountOptions,
    pub(super) output: String,
    pub(super) timeout: Option<Duration>,
    pub(super) memory: Option<usize>,
    pub(super) operations: Option<u64>,
    /// What the script may reach besides the account.
    pub(super) permissions: Permissions,
    /// Where state is kept, where that was told.
    pub(super) state_folder: Option<PathBuf>,
    /// True where writes are journaled, so that they can be undone.
    pub(super) undo: bool,
    pub(super) read_only: bool,
    /// True where writes are rehearsed and not sent.
    pub(super) dry_run: bool,
    pub(super) verbose: bool,
    pub(super) json_log: bool,
}

impl ScriptOptions {
    pub(super) fn read(matches: &ArgMatches) -> Self {
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        Self {
            language: text("lang").map(|name| match name.as_str() {
                "lua" => Language::Lua,
                _ => Language::Rhai,
            }),
            libraries: libraries(matches),
            account: AccountOptions::read(matches),
            output: output_of(matches),
            timeout: matches.get_one("timeout").copied(),
            memory: matches.get_one("max-memory").copied(),
            operations: matches.get_one("max-operations").copied(),
            permissions: reach::read(matches),
            state_folder: matches.get_one("state-dir").cloned(),
            undo: !matches.get_flag("no-undo"),
            read_only: matches.get_flag("read-only"),
            dry_run: plan::is_dry_run(matches),
            verbose: matches.get_flag("verbose"),
            json_log: log_format_of(matches) == Some("json"),
        }
    }
}

/// A daemon has no result to print, and no option for it.
fn output_of(matches: &ArgMatches) -> String {
    let given = matches.try_get_one::<String>("output").ok().flatten();
    given.cloned().unwrap_or_else(|| "pretty".to_owned())
}

/// A prompt's words are for the person at it, and have no format.
fn log_format_of(matches: &ArgMatches) -> Option<&str> {
    matches.try_get_one::<String>("log-format").ok().flatten().map(String::as_str)
}

/// `256M`, `2G`, `65536K`, or a number of bytes.
fn parse_size(text: &str) -> Result<usize, String> {
    let upper = text.trim().to_uppercase();
    let bare = upper.trim_end_matches("IB").trim_end_matches('B');
    let (digits, shift) = match bare.chars().last() {
        Some('K') => (&bare[..bare.len() - 1], 10),
        Some('M') => (&bare[..bare.len() - 1], 20),
        Some('G') => (&bare[..bare.len() - 1], 30),
        _ => (bare, 0),
    };
    let bytes =
        digits.trim().parse::<usize>().ok().and_then(|number| number.checked_mul(1 << shift));
    match bytes {
        Some(bytes) if bytes >= 4 << 20 => Ok(bytes),
        Some(_) => Err("a script needs at least 4M".into()),
        None => Err("write it like 256M or 2G".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn a_size_is_read_in_its_usual_forms() {
        assert_eq!(parse_size("256M"), Ok(256 << 20));
        assert_eq!(parse_size("2GiB"), Ok(2 << 30));
        assert!(parse_size("lots").is_err() && parse_size("1K").is_err());
    }
}
