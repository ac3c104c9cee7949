//! `cliengo serve`: keeps the watches and schedules of scripts.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::arguments::{ScriptOptions, option, script_options};
use super::config::PROJECT_FILE;
use super::journaled::Subject;
use super::session::Session;
use super::{exit, grants};
use crate::Result;
use crate::engine::Limits;
use crate::runtime::{Grants, ServeOptions, serve_process};
use crate::schema::parse_duration;

/// How long a handler may take unless told.
const TIMEOUT: Duration = Duration::from_secs(600);
const DRAIN: Duration = Duration::from_secs(30);
const KEEP: Duration = Duration::from_secs(30 * 86_400);

pub(super) fn command() -> Command {
    let paths = Arg::new("paths")
        .value_name("FILE|DIR")
        .required(true)
        .num_args(1..)
        .value_parser(value_parser!(PathBuf))
        .help("Scripts, and folders with scripts");
    let time = |name: &'static str, help: &'static str| {
        option(name, "TIME", help)
            .value_parser(|text: &str| parse_duration(text).map_err(|error| error.to_string()))
    };
    let options = script_options().into_iter().filter(|option| option.get_id() != "output");
    let options = options.map(|option| match option.get_id().as_str() {
        "timeout" => option.help("End a handler after this time [default: 10m]"),
        _ => option,
    });
    Command::new("serve")
        .about("Keep the watches and schedules of scripts, until it is told to stop")
        .after_help(
            "The top level of a script runs at each load, so it may only register: writes belong into \
             handlers. A script that changes is loaded anew by itself, SIGHUP loads all anew, SIGTERM lets \
             what runs come to its end.\n\n\
             Examples:\n  \
             cliengo serve scripts/welcome_leads.lua\n  \
             cliengo serve served/ --listen 9187 --log-format json",
        )
        .arg(paths)
        .args(options)
        .arg(
            option("listen", "ADDRESS", "Answer /healthz, /readyz and /metrics there: PORT on this machine alone, or IP:PORT")
                .value_parser(address),
        )
        .arg(time("drain", "How long handlers may go on when it is to stop [default: 30s]"))
        .arg(time("keep", "How long runs and handled events are kept [default: 30d]"))
}

/// `cliengo serve FILE|DIR…`
pub(super) fn run(matches: &ArgMatches) -> Result<u8> {
    let options = ScriptOptions::read(matches);
    let session = Session::begin(&options, Vec::new(), Subject::Daemon)?;
    grants::warn_of_missing()?;
    let time = |name: &str, default| matches.get_one(name).copied().unwrap_or(default);
    let defaults = Limits::default();
    serve_process(ServeOptions {
        paths: matches.get_many("paths").unwrap_or_default().cloned().collect(),
        language: options.language,
        context: session.context.clone(),
        grants: Grants::new(grants::of_script).from_file(PROJECT_FILE),
        state: session.state.clone(),
        limits: Limits {
            memory: options.memory.or(defaults.memory),
            operations: options.operations,
        },
        timeout: options.timeout.unwrap_or(TIMEOUT),
        drain: time("drain", DRAIN),
        keep: time("keep", KEEP),
        listen: matches.get_one("listen").copied(),
    })?;
    Ok(exit::DONE)
}

/// A port of this machine, or an address with its port.
fn address(text: &str) -> Result<SocketAddr, String> {
    let port =
        text.parse().ok().map(|port: u16| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port));
    port.or_else(|| text.parse().ok())
        .ok_or_else(|| "write it like 9187, or like 127.0.0.1:9187".to_owned())
}
