//! `cliengo types`: the files that tell an editor what scripts can call.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::exit;
use crate::Result;
use crate::api::Registry;
use crate::types;

pub(super) fn command() -> Command {
    Command::new("types")
        .about("Write the files that tell an editor what scripts can call")
        .after_help(
            "They complete names, show what a function takes, and mark a misspelt one:\n  \
             cliengo.d.lua, cliengo.*.d.lua  lua-language-server, EmmyLua\n  \
             cliengo.d.luau                  luau-lsp\n  \
             cliengo.d.rhai                  the language server of Rhai\n  \
             api.json                        the same as data, for other tools\n  \
             .luarc.json                     settings of lua-language-server, where there are none\n\n\
             Run it again after an update of cliengo. A file that you changed is never replaced.",
        )
        .arg(
            Arg::new("folder")
                .value_name("DIR")
                .default_value(".")
                .value_parser(value_parser!(PathBuf))
                .help("Where the scripts are"),
        )
}

pub(super) fn run(matches: &ArgMatches) -> Result<u8> {
    let folder = matches.get_one::<PathBuf>("folder").cloned().unwrap_or_default();
    for (name, written) in types::write(&folder, &Registry::builtin())? {
        let path = folder.join(name);
        let path = path.strip_prefix(".").unwrap_or(&path);
        eprintln!("{}: {}", path.display(), written.as_str());
    }
    Ok(exit::DONE)
}
