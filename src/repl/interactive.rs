//! The loop of a person: a line, its answer, the next line.

use std::sync::{Arc, PoisonError};

use super::commands::{Flow, commands};
use super::editor::{Editor, EditorOptions, Line};
use super::help::TOPIC_NAMES;
use super::shell::Shell;
use super::{Options, greeting};
use crate::Result;
use crate::terminal;

/// Serves lines until somebody leaves.
pub(super) fn run(shell: &mut Shell, options: &Options) -> Result<()> {
    // Before the greeting: the session opens while it is read.
    shell.workers.of(shell.language)?;
    let mut editor = editor(shell, options)?;
    let screen = &shell.shared.screen;
    screen.say(&terminal::folded(&greeting::greeting(shell, options), screen.view().width));
    let mut may_leave = false;
    loop {
        match read(shell, &mut editor)? {
            Line::End => return Ok(()),
            Line::Unreadable => {
                shell.shared.screen.note("what was typed is no UTF-8, and was left out");
            }
            Line::Text(text) => {
                may_leave = false;
                if serve(shell, &mut editor, &text) == Flow::Leave {
                    return Ok(());
                }
            }
            Line::Interrupted { was_empty } => match interrupted(shell, was_empty) {
                true if may_leave => return Ok(()),
                first => {
                    may_leave = first;
                    if first {
                        shell.shared.screen.note("Ctrl-C again, or Ctrl-D, to leave");
                    }
                }
            },
        }
    }
}

/// Ctrl-C at the prompt ends a handler that runs, which says so itself, or clears the line. True where there
/// was nothing to end or to clear: twice means to leave.
fn interrupted(shell: &Shell, was_empty: bool) -> bool {
    if shell.shared.interrupts.fire() {
        shell.shared.interrupts.wait_for_end();
        return false;
    }
    was_empty
}

fn editor(shell: &Shell, options: &Options) -> Result<Editor> {
    let screen = &shell.shared.screen;
    let editor_options = EditorOptions {
        folder: options.folder.clone(),
        topics: TOPIC_NAMES,
        modules: Some(".".into()),
        colours: screen.paint().on,
    };
    let registry = shell.shared.host.registry().clone();
    let known = Arc::clone(&shell.known);
    let mut editor = Editor::new(shell.language, registry, known, commands(), editor_options)?;
    // A terminal that cannot print above a line prints beside it.
    if let Ok(printer) = editor.printer() {
        screen.print_with(printer);
        let screen = Arc::clone(screen);
        editor.when_begun(move || screen.begin_editing());
    }
    Ok(editor)
}

/// Waits for a line. What comes meanwhile is shown above it.
fn read(shell: &Shell, editor: &mut Editor) -> Result<Line> {
    tell_editor(shell);
    if let Some(trouble) = editor.trouble() {
        shell.shared.report(&trouble.into());
    }
    let line = editor.read(&shell.prompt());
    shell.shared.screen.end_editing();
    line
}

/// What completion goes by.
fn tell_editor(shell: &Shell) {
    let mut known = shell.known.lock().unwrap_or_else(PoisonError::into_inner);
    known.variables = shell.workers.variables(shell.language);
    known.watches = shell.following.ids();
    known.profiles = shell.profiles.as_ref().map(|it| it.names()).unwrap_or_default();
    known.client = shell.shared.settings().client;
}

fn serve(shell: &mut Shell, editor: &mut Editor, text: &str) -> Flow {
    if text.trim().is_empty() {
        return Flow::On;
    }
    editor.remember(text);
    let language = shell.language;
    let flow = shell.serve(text).unwrap_or_else(|trouble| {
        shell.shared.report(&trouble);
        Flow::On
    });
    if let Some(edited) = shell.edited.take() {
        editor.remember(&edited);
    }
    if shell.language != language {
        editor.set_language(shell.language);
    }
    flow
}
