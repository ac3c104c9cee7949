//! `--allow-read`, `--allow-write`, `--allow-net`, `--allow-env`, `--allow-all`: what a run may reach besides
//! the account.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};

use super::arguments::{libraries, option};
use super::{config, grants};
use crate::api::Permissions;

/// The options.
pub(super) fn options() -> [Arg; 5] {
    let many = |name: &'static str, value: &'static str, help: &'static str| {
        option(name, value, help).action(ArgAction::Append).value_delimiter(',')
    };
    [
        many("allow-read", "PATH", "Let the script read this file, or the files in this folder")
            .value_parser(value_parser!(PathBuf)),
        many("allow-write", "PATH", "Let the script write this file, or files in this folder")
            .value_parser(value_parser!(PathBuf)),
        many("allow-net", "HOST", "Let the script call this host: HOST, or HOST:PORT")
            .value_parser(host),
        many("allow-env", "NAME", "Let the script read this environment variable"),
        option("allow-all", "", "Let the script reach all files, hosts and variables")
            .num_args(0)
            .action(ArgAction::SetTrue),
    ]
}

/// A host that can be allowed.
fn host(text: &str) -> Result<String, String> {
    let allowed = Permissions::none().allow_net(text);
    allowed.map(|_| text.to_owned()).map_err(|error| error.to_string())
}

/// What the options allow. What holds keys, or says what scripts may do, is kept away from all.
pub(super) fn read(matches: &ArgMatches) -> Permissions {
    let start = match matches.get_flag("allow-all") {
        true => Permissions::all(),
        false => Permissions::none(),
    };
    let paths = |name| matches.get_many::<PathBuf>(name).unwrap_or_default();
    let texts = |name| matches.get_many::<String>(name).unwrap_or_default();
    let read = paths("allow-read").fold(start, |all, path| all.allow_read(path));
    let write = paths("allow-write").fold(read, |all, path| all.allow_write(path));
    let variables = texts("allow-env").fold(write, |all, name| all.allow_env(name));
    let hosts = texts("allow-net").fold(variables, |all, host| {
        // The option took it, so it is a host.
        all.clone().allow_net(host).unwrap_or(all)
    });
    let kept_away = config::files().into_iter().chain(config::state_folders());
    let hosts = grants::protecting(kept_away.fold(hosts, Permissions::keep_away));
    libraries(matches).into_iter().fold(hosts, Permissions::protect_code)
}
