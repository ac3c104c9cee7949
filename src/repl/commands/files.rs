//! `.load`, `.save`, `.run`, `.edit`: text from files, and into them.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;

use serde_json::Value;

use super::csv::{cannot_write, expanded};
use super::{Entry, Flow, Outcome, entry, usage};
use crate::Error;
use crate::api::Context;
use crate::engine::{Language, ScriptFailure, Source};
use crate::repl::command::Arguments;
use crate::repl::editor::{self, is_secret};
use crate::repl::evaluate::Given;
use crate::repl::shell::Shell;
use crate::repl::trouble::Trouble;
use crate::repl::words::Words;
use crate::runtime::{CycleReport, Interruption, Job, WatchReport, one_cycle, supervise_then};
use crate::terminal::{self, counted, harmless, thousands};

const GROUP: &str = "Files";
/// The largest script, in bytes.
const LARGEST: u64 = 16 << 20;

pub(super) const ENTRIES: &[Entry] = &[
    entry(
        "load",
        GROUP,
        Arguments::File,
        (".load FILE", "Runs a file here: what it defines stays."),
        load,
    ),
    entry(
        "run",
        GROUP,
        Arguments::File,
        (".run FILE [ARGS…]", "Runs a file as a script of its own, as cliengo run does."),
        run,
    ),
    entry(
        "save",
        GROUP,
        Arguments::File,
        (".save FILE", "Writes the lines that ran without an error into a new file."),
        |shell, file| save(shell, file, false),
    ),
    entry(
        "save!",
        GROUP,
        Arguments::File,
        (".save! FILE", "The same, over a file that is there."),
        |shell, file| save(shell, file, true),
    ),
    entry(
        "edit",
        GROUP,
        Arguments::Code,
        (".edit [CODE]", "Opens your editor with the last text, and runs what you leave there."),
        edit,
    ),
];

/// The script in a file. What is no file may have no end, or wait for ever for another program.
fn script(path: &Path, language: Option<Language>) -> Result<Source, Error> {
    if let Ok(known) = std::fs::metadata(path) {
        let shown = path.display();
        if !known.is_file() {
            return Err(Error::invalid(format!("{shown} is no file"))
                .with_hint("name a file that holds a script"));
        }
        if known.len() > LARGEST {
            let size = thousands(usize::try_from(known.len() >> 20).unwrap_or(usize::MAX));
            return Err(Error::invalid(format!("{shown} is too large: {size} MiB"))
                .with_hint("a script has at most 16 MiB"));
        }
    }
    Source::from_file(path, language)
}

fn load(shell: &mut Shell, file: &str) -> Outcome {
    if file.is_empty() {
        return Err(usage("load").into());
    }
    let path = expanded(file);
    // A file without an extension is one of the language that is chosen.
    let told = path.extension().is_none().then_some(shell.language);
    let source = script(&path, told)?;
    if source.language != shell.language {
        let language = source.language.extension();
        return Err(Error::invalid(format!("{} is a file of {language}", path.display()))
            .with_hint(format!(".lang {language} first, and .load again"))
            .into());
    }
    let source = Source { expression: true, ..source };
    let Given { shape, others, .. } = shell
        .evaluate_source(source.clone())
        .map_err(|trouble| trouble.in_source(source.clone()))?;
    shell.shared.transcript().keep(&source.text, source.language, false);
    shell.show_all(shape, &others).map(|()| Flow::On)
}

fn run(shell: &mut Shell, rest: &str) -> Outcome {
    let mut words = rest.split_whitespace().map(str::to_owned);
    let file = words.next().ok_or_else(|| usage("run"))?;
    let source = script(&expanded(&file), None)?;
    let shared = &shell.shared;
    let context = shared
        .context()
        .sink(Words::of_line(&shared.screen, shared.settings().least))
        .arguments(words.collect())
        .steps(shared.host.state().steps(&source.name))
        .build();
    let (value, report) = run_alone(shell, &source, &context)
        .map_err(|failure| Trouble::of(failure, &context).in_source(source))?;
    match report {
        Some(report) => say_cycles(shell, &report, &file),
        None => shared.screen.say(&terminal::value(&value, &shared.screen.view())),
    }
    Ok(Flow::On)
}

/// Runs a script in a machine of its own, and makes one cycle of its watches where it has some.
fn run_alone(
    shell: &Shell,
    source: &Source,
    context: &Arc<Context>,
) -> Result<(Value, Option<CycleReport>), ScriptFailure> {
    let shared = &shell.shared;
    let _under_way = shared.interrupts.hold(context.cancel());
    let (limits, timeout) = (shared.host.limits(), shell.timeout);
    let job = Job { source: source.clone(), context: Arc::clone(context), limits, timeout };
    let (state, own, of_run) = (shared.host.state().clone(), Arc::clone(context), source.clone());
    let (tell, told) = channel();
    let outcome = supervise_then(job, Interruption::None, move |script, value| {
        if !own.registrations().list().is_empty() {
            let report = one_cycle(script, &of_run, &own, &state).map_err(ScriptFailure::of)?;
            drop(tell.send(report));
        }
        Ok(value)
    });
    shared.screen.end_progress();
    outcome.result.map(|value| (value, told.try_recv().ok()))
}

/// What the cycles of a script's watches did.
fn say_cycles(shell: &Shell, report: &CycleReport, file: &str) {
    let screen = &shell.shared.screen;
    for WatchReport { id, found, handled, failed, error, .. } in &report.watches {
        let id = harmless(id);
        screen.note(&format!("{id}: {found} new, {handled} handled, {failed} failed"));
        if let Some(error) = error {
            screen.note(&format!("{} {}", screen.paint().error("error:"), harmless(error)));
        }
    }
    if !report.schedules.is_empty() {
        let schedules = counted(report.schedules.len(), "schedule");
        screen.note(&format!("{schedules} would run under cliengo serve {}", harmless(file)));
    }
}

fn save(shell: &mut Shell, file: &str, over: bool) -> Outcome {
    if file.is_empty() {
        return Err(usage(if over { "save!" } else { "save" }).into());
    }
    let path = expanded(file);
    let language = shell.language;
    let registry = shell.shared.host.registry();
    let client = shell.shared.settings().client;
    let is_secret = |text: &str| {
        is_secret(text) || client.as_ref().is_some_and(|client| client.is_key_in(text))
    };
    let kept = shell.shared.transcript().script(language, registry, is_secret);
    let (script, left_out) = kept.ok_or_else(|| {
        Error::invalid("no line ran without an error yet").with_hint("there is nothing to save")
    })?;
    if Language::of_file(&path).ok() != Some(language) {
        let extension = language.extension();
        return Err(Error::invalid(format!("{} is not named like a script", path.display()))
            .with_hint(format!("name it {}.{extension}", path.with_extension("").display()))
            .into());
    }
    if !over {
        let hint = format!("name another file, or write over it with .save! {file}");
        may_write(shell, &path).map_err(|error| error.with_hint(hint))?;
    }
    write(&path, &script)?;
    let lines = counted(script.lines().count(), "line");
    let shown = harmless(&path.display().to_string());
    shell.shared.screen.note(&format!("wrote {lines} to {shown}"));
    shell.saved.insert(path, script);
    if left_out > 0 {
        let left_out = counted(left_out, "line");
        let note = format!("left out {left_out} that looked like a password or a key");
        shell.shared.screen.note(&note);
    }
    Ok(Flow::On)
}

/// A file that is there may be written again where it is as this prompt left it.
fn may_write(shell: &Shell, path: &Path) -> Result<(), Error> {
    let is_there = |what: &str| Err(Error::invalid(format!("{} {what}", path.display())));
    match shell.saved.get(path) {
        _ if !path.exists() => Ok(()),
        None => is_there("is there already"),
        Some(written) if std::fs::read(path).is_ok_and(|now| now == written.as_bytes()) => Ok(()),
        Some(_) => is_there("was changed since it was saved"),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    std::fs::write(path, text).map_err(|error| cannot_write(path, &error))
}

fn edit(shell: &mut Shell, code: &str) -> Outcome {
    let screen = Arc::clone(&shell.shared.screen);
    if !screen.is_interactive() {
        return Err(Error::invalid(".edit needs a terminal").into());
    }
    let last = shell.shared.transcript().last(shell.language).unwrap_or_default().to_owned();
    let text = if code.is_empty() { last } else { code.to_owned() };
    let edited = editor::edit(&text, shell.language)?;
    // Ctrl-C in the person's editor was for that.
    let _under_way = shell.begin();
    let edited = edited.trim_end();
    if edited.trim().is_empty() {
        screen.note("nothing to run");
        return Ok(Flow::On);
    }
    let shown: String = edited.lines().map(|line| format!("  {line}\n")).collect();
    screen.say(&format!("{}\n", screen.paint().dim(harmless_lines(&shown).trim_end())));
    shell.edited = Some(edited.to_owned());
    shell.run_line(edited).map(|()| Flow::On)
}

fn harmless_lines(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", harmless(line))).collect()
}
