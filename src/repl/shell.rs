//! A prompt: what it has at hand, and how it does one line's work.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::commands::{self, Flow, Outcome};
use super::following::Following;
use super::help::Shown;
use super::interrupts::{UnderWay, cancelled};
use super::job::{Ended, job};
use super::profiles::Profiles;
use super::results::Page;
use super::shared::Shared;
use super::trouble::Trouble;
use super::workers::Workers;
use super::{Options, editor};
use crate::api::{Cancel, Context};
use crate::engine::{Language, ScriptFailure, Session};
use crate::{Error, ErrorKind};

/// A prompt.
pub(super) struct Shell {
    pub(super) shared: Arc<Shared>,
    pub(super) workers: Workers,
    pub(super) language: Language,
    pub(super) following: Following,
    pub(super) profiles: Option<Arc<dyn Profiles>>,
    /// The name of the profile that was chosen here.
    pub(super) profile: Option<String>,
    /// How long a line may take.
    pub(super) timeout: Option<Duration>,
    /// Ends what was typed, with the jobs of it that are still to come.
    command: Cancel,
    /// What `.more` goes on with.
    pub(super) page: Page,
    /// What `.example` runs.
    pub(super) shown: Option<Shown>,
    /// What was typed in the person's own editor, for the history.
    pub(super) edited: Option<String>,
    /// Files that `.save` wrote, and with what: it may write them again where they are still so.
    pub(super) saved: HashMap<PathBuf, String>,
    /// What the line editor goes by.
    pub(super) known: Arc<Mutex<editor::Shared>>,
}

impl Shell {
    /// A prompt that nothing was typed at yet.
    pub(super) fn new(shared: Arc<Shared>, options: &Options) -> Self {
        let profile = options.profiles.as_ref().and_then(|profiles| profiles.current());
        Self {
            workers: Workers::new(&shared),
            shared,
            language: options.language,
            following: Following::default(),
            profiles: options.profiles.clone(),
            profile,
            timeout: options.timeout,
            command: Cancel::default(),
            page: Page::default(),
            shown: None,
            edited: None,
            saved: HashMap::new(),
            known: Arc::default(),
        }
    }

    /// Does what was typed: a command, or a line of code.
    ///
    /// # Errors
    /// What it fails with.
    pub(super) fn serve(&mut self, text: &str) -> Outcome {
        let _under_way = self.begin();
        if let Some((name, rest)) = commands::split(text) {
            return commands::run(self, name, rest);
        }
        if let Some(name) = self.word(text) {
            return commands::run(self, name, "");
        }
        self.run_line(text).map(|()| Flow::On)
    }

    /// From now on Ctrl-C ends what was typed, between two of its jobs too, until this is dropped.
    pub(super) fn begin(&mut self) -> UnderWay {
        self.command = Cancel::default();
        self.shared.recorder.begin_line();
        self.shared.interrupts.hold(&self.command)
    }

    /// Why what was typed was ended, where it was.
    pub(super) fn ended(&self) -> Option<&Error> {
        self.command.reason()
    }

    /// The command that a word of other prompts means, unless it is a name of the session.
    fn word(&self, text: &str) -> Option<&'static str> {
        let typed = text.trim().trim_end_matches(';').trim_end_matches("()");
        let word = ["help", "exit", "quit"].into_iter().find(|word| *word == typed)?;
        let variables = self.workers.variables(self.language);
        (!variables.iter().any(|variable| variable.name == word)).then_some(word)
    }
}

impl Shell {
    /// Does a line's work in the session of the chosen language, with a context of its own that Ctrl-C and
    /// the time limit end; and follows the watches that it registered.
    ///
    /// # Errors
    /// The work's own failure, and where the session is lost.
    pub(super) fn work<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Session, &Arc<Context>) -> Result<T, ScriptFailure> + Send + 'static,
    ) -> Result<T, Trouble> {
        let context = self.shared.context_of_line();
        let result = self.do_work(&context, work);
        self.shared.screen.end_progress();
        let followed = self.follow(context.registrations().list());
        match result {
            Ok(done) => followed.map(|()| done).map_err(Trouble::from),
            Err(failure) => Err(Trouble::of(failure, &context)),
        }
    }

    fn do_work<T: Send + 'static>(
        &mut self,
        context: &Arc<Context>,
        work: impl FnOnce(&mut Session, &Arc<Context>) -> Result<T, ScriptFailure> + Send + 'static,
    ) -> Result<T, ScriptFailure> {
        let worker = self.workers.of(self.language).map_err(ScriptFailure::of)?;
        let (job, waiting) = job(context.cancel(), &self.shared.runtime);
        self.command.link(context.cancel());
        let end = |time| self.shared.end_after(time, context.cancel(), too_long(time));
        let _time = self.timeout.map(end);
        let own = Arc::clone(context);
        let begun = move |session: &mut Session| {
            job.begin().then(|| work(session, &own)).map(|done| (job, done))
        };
        worker.give(begun, |done| {
            if let Some((job, done)) = done {
                job.done(done);
            }
        });
        let screen = Arc::clone(&self.shared.screen);
        let why_not_begun = || {
            if let Some(watch) = worker.handling() {
                screen.note(&format!("a handler of \"{watch}\" is running; Ctrl-C ends it"));
            }
        };
        match waiting.wait(why_not_begun) {
            Ended::Done(done) => done,
            Ended::NotBegun => Err(ScriptFailure::of(reason(context.cancel()))),
            Ended::Stuck => Err(self.lose(left_behind(context.cancel()))),
            Ended::Gone if worker.never_was() => Err(worker.why_gone()),
            Ended::Gone => Err(self.lose(worker.why_gone())),
        }
    }

    /// The session is lost: its variables, its functions, and the watches that call them.
    fn lose(&mut self, failure: ScriptFailure) -> ScriptFailure {
        self.workers.give_up(self.language);
        self.following.forget(self.language);
        failure
    }
}

fn too_long(time: Duration) -> Error {
    let message = format!("the line ran longer than its {} s", time.as_secs_f64());
    Error::new(ErrorKind::Limit, message)
        .with_hint("start the prompt with a longer --timeout, or without one")
}

fn reason(cancel: &Cancel) -> Error {
    cancel.reason().cloned().unwrap_or_else(cancelled)
}

fn left_behind(cancel: &Cancel) -> ScriptFailure {
    let words = "it did not stop within 2 s and was left behind with its session";
    ScriptFailure::of(reason(cancel).within(words).with_hint(
        "the variables, functions and watches of this language are gone; what the line had begun may \
         go on until you leave",
    ))
}
