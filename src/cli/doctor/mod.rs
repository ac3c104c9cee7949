//! `cliengo doctor`: what keeps scripts from working, and what to do about it. It only reads.

mod api;
mod findings;
mod measure;
mod probe;
mod state;

use std::path::PathBuf;

use clap::{ArgAction, ArgMatches, Command, value_parser};

use self::findings::Findings;
use super::account::{self, AccountOptions};
use super::arguments::option;
use super::config::state_folder;
use super::exit;
use crate::Result;
use crate::runtime::interruptible;
use crate::schedule::time_zone;

/// Zones that must be known: of the first users, and with rules that changed lately.
const ZONES: [&str; 3] =
    ["America/Argentina/Buenos_Aires", "America/Santiago", "America/Mexico_City"];

pub(super) fn command() -> Command {
    Command::new("doctor")
        .about("Check the configuration, the API, the state and the clocks, and say what to do")
        .after_help(
            "It only reads. It exits with 0 where there is no problem, 3 without a key that is accepted, 4 \
             where the API cannot be reached, 5 where the state is damaged, 1 for any other problem.",
        )
        .args(account::options())
        .arg(
            option("probe", "", "Measure too how the API reads its parameters: some 15 requests")
                .num_args(0)
                .action(ArgAction::SetTrue),
        )
        .arg(
            option("state-dir", "DIR", "Where the state is kept [env: CLIENGO_STATE_DIR]")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            option("output", "FORMAT", "pretty, or json: a list of checks")
                .short('o')
                .value_parser(["pretty", "json"])
                .default_value("pretty"),
        )
}

/// Makes all checks that can be made.
pub(super) fn run(matches: &ArgMatches) -> Result<u8> {
    let folder = matches.get_one::<PathBuf>("state-dir").cloned().or_else(state_folder);
    let mut findings = Findings::default();
    let options = AccountOptions::read(matches);
    let probe = matches.get_flag("probe");
    let opened = configuration(&options, &mut findings);
    if let Some((client, _emulator)) = opened {
        findings = interruptible(move || async move {
            api::check(&client, probe, &mut findings).await;
            Ok(findings)
        })?;
    }
    state::check(folder.as_deref(), &mut findings);
    zones(&mut findings);
    findings.print(matches.get_one::<String>("output").map_or("", String::as_str))?;
    Ok(findings.exit_code())
}

type Opened = (crate::client::Client, Option<crate::emulator::Emulator>);

/// The client, where there is a key for it.
fn configuration(options: &AccountOptions, findings: &mut Findings) -> Option<Opened> {
    let opened = options.key_source().and_then(|source| Ok((source, options.open()?)));
    match opened {
        Ok((source, (Some(client), emulator))) => {
            let source = source.unwrap_or_default();
            let url = client.base_url();
            findings.ok("configuration", format!("the key comes from {source}, the API is {url}"));
            Some((client, emulator))
        }
        Ok((_, (None, _))) => {
            let error = crate::client::no_key();
            findings.error("configuration", &error, exit::of_run(&error));
            None
        }
        Err(error) => {
            findings.error("configuration", &error, exit::FAILED);
            None
        }
    }
}

fn zones(findings: &mut Findings) {
    let unknown: Vec<_> = ZONES.into_iter().filter(|zone| time_zone(zone).is_err()).collect();
    let from_system = jiff::tz::db().available().next().is_some()
        && std::path::Path::new("/usr/share/zoneinfo").is_dir();
    match (unknown.is_empty(), from_system) {
        (false, _) => findings.problem(
            "time_zones",
            format!("{} cannot be read", unknown.join(", ")),
            "reinstall the system's time zone data (tzdata)",
            exit::FAILED,
        ),
        (true, true) => findings.ok("time_zones", "the system's".to_owned()),
        (true, false) => findings.warning(
            "time_zones",
            "the system has none: those of this program's build are used".to_owned(),
            "install tzdata, which follows when a government changes its clocks",
        ),
    }
}
