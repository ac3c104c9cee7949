//! `.help`, `.example`, `.fields`.

use std::sync::Arc;

use super::{Entry, Flow, Outcome, entry};
use crate::Error;
use crate::api::Context;
use crate::client::Client;
use crate::emulator::{Emulator, EmulatorOptions};
use crate::engine::Source;
use crate::repl::command::Arguments;
use crate::repl::help::{self, Help, Shown};
use crate::repl::shell::Shell;
use crate::repl::trouble::Trouble;
use crate::repl::words::Words;
use crate::runtime::{Interruption, Job, State, supervise};
use crate::schema::{CONTACT_FIELDS, did_you_mean};
use crate::store::MemoryStore;
use crate::terminal;

const GROUP: &str = "Help";

pub(super) const ENTRIES: &[Entry] = &[
    entry(
        "help",
        GROUP,
        Arguments::Topic,
        (".help [TOPIC|FUNCTION]", "Shows the topics, or explains one, a command or a function."),
        show,
    ),
    entry(
        "example",
        GROUP,
        Arguments::Path,
        (
            ".example [FUNCTION]",
            "Runs the example of the function last shown, on a playground of its own.",
        ),
        example,
    ),
    entry(
        "fields",
        GROUP,
        Arguments::Field,
        (".fields [create|update|NAME]", "Lists the fields of a contact, or explains one."),
        fields,
    ),
];

fn show(shell: &mut Shell, word: &str) -> Outcome {
    let screen = Arc::clone(&shell.shared.screen);
    match help::help(word, shell.shared.host.registry(), shell.language, screen.paint())? {
        Help::Text(text) => screen.say(&terminal::folded(&text, screen.view().width)),
        Help::Function(text, shown) => {
            screen.say(&terminal::folded(&text, screen.view().width));
            shell.shown = Some(shown);
        }
    }
    Ok(Flow::On)
}

fn fields(shell: &mut Shell, word: &str) -> Outcome {
    let screen = &shell.shared.screen;
    let Some(text) = help::fields(word, screen.paint()) else {
        let hint = did_you_mean(word, CONTACT_FIELDS.iter().map(|field| field.name));
        let hint = hint.unwrap_or_else(|| ".fields lists them".to_owned());
        return Err(Error::invalid(format!("a contact has no field \"{word}\""))
            .with_hint(hint)
            .into());
    };
    screen.say(&terminal::folded(&text, screen.view().width));
    Ok(Flow::On)
}

fn example(shell: &mut Shell, path: &str) -> Outcome {
    if !path.is_empty() {
        let (registry, language) = (shell.shared.host.registry(), shell.language);
        let paint = shell.shared.screen.paint();
        match help::help(path, registry, language, paint)? {
            Help::Function(_, shown) => shell.shown = Some(shown),
            Help::Text(_) => {
                return Err(Error::invalid(format!("{path} is no function, and has no example"))
                    .with_hint("name a function, such as .example contacts.update")
                    .into());
            }
        }
    }
    let shown = shell.shown.clone().ok_or_else(|| {
        Error::invalid("no function was shown yet")
            .with_hint("name one, such as .example contacts.update")
    })?;
    play(shell, &shown)
}

/// Runs an example where it can do no harm: on an account of its own that goes with it.
fn play(shell: &Shell, shown: &Shown) -> Outcome {
    if shown.code.is_empty() {
        return Err(Error::invalid(format!("{} has no example", shown.path)).into());
    }
    let screen = &shell.shared.screen;
    let code: String = shown.code.lines().map(|line| format!("  {line}\n")).collect();
    screen.say(&screen.paint().dim(code.trim_end()));
    screen.say("\n");
    let emulator = Emulator::start(EmulatorOptions::default())?;
    let context = playground(shell, &emulator)?;
    let name = format!("(example of {})", shown.path);
    let source = Source { name, expression: true, ..Source::from_code(shown.code, shell.language) };
    let _under_way = shell.shared.interrupts.hold(context.cancel());
    let (limits, timeout) = (shell.shared.host.limits(), shell.timeout);
    let job = Job { source: source.clone(), context: Arc::clone(&context), limits, timeout };
    let outcome = supervise(job, Interruption::None);
    screen.end_progress();
    let value =
        outcome.result.map_err(|failure| Trouble::of(failure, &context).in_source(source))?;
    screen.say(&terminal::value(&value, &screen.view()));
    Ok(Flow::On)
}

fn playground(shell: &Shell, emulator: &Emulator) -> Result<Arc<Context>, Error> {
    let client = Client::builder().base_url(emulator.base_url()).api_key(emulator.api_key());
    let shared = &shell.shared;
    let steps = State::of_store(Arc::new(MemoryStore::new())).steps("example");
    Ok(Context::builder()
        .client(client.build()?)
        .registry(shared.host.registry().clone())
        .steps(steps)
        .sink(Words::of_line(&shared.screen, shared.settings().least))
        .build())
}
