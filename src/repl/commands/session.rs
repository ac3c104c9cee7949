//! `.lang`, `.clear`, `.quit`: the prompt itself.

use super::{Entry, Flow, Outcome, entry};
use crate::Error;
use crate::engine::Language;
use crate::repl::command::Arguments;
use crate::repl::shell::Shell;

const GROUP: &str = "The prompt";

pub(super) const ENTRIES: &[Entry] = &[
    entry(
        "lang",
        GROUP,
        Arguments::Language,
        (".lang [lua|rhai]", "Changes the language; each keeps what you defined in it."),
        language,
    ),
    entry("clear", GROUP, Arguments::None, (".clear", "Clears the screen."), clear),
    entry("quit", GROUP, Arguments::None, (".quit", "Leaves."), leave),
    entry("exit", GROUP, Arguments::None, (".exit", "Leaves."), leave),
];

fn language(shell: &mut Shell, name: &str) -> Outcome {
    let language = match name {
        "lua" => Language::Lua,
        "rhai" => Language::Rhai,
        "" => {
            let name = shell.language.extension();
            shell.shared.screen.note(&format!("{name}; .lang lua or .lang rhai changes that"));
            return Ok(Flow::On);
        }
        other => {
            return Err(Error::invalid(format!("there is no language \"{other}\""))
                .with_hint("write .lang lua or .lang rhai")
                .into());
        }
    };
    shell.language = language;
    shell.page = crate::repl::results::Page::default();
    // It opens while the next line is typed.
    shell.workers.of(language)?;
    Ok(Flow::On)
}

fn clear(shell: &mut Shell, _: &str) -> Outcome {
    if shell.shared.screen.is_interactive() {
        shell.shared.screen.say("\x1b[H\x1b[2J\x1b[3J");
    }
    Ok(Flow::On)
}

fn leave(_: &mut Shell, _: &str) -> Outcome {
    Ok(Flow::Leave)
}
