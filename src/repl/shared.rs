//! What the prompt's threads share: the host, the screen, and what is switched on.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use super::Options;
use super::interrupts::Interrupts;
use super::recorder::Recorder;
use super::screen::Screen;
use super::transcript::Transcript;
use super::words::Words;
use crate::Error;
use crate::api::{Cancel, Context, ContextBuilder, Level, Plan};
use crate::client::Client;
use crate::host::Host;
use crate::runtime::ScriptRun;
use crate::store::{RunEnd, RunState};

/// The name of what is typed, for durable steps.
pub(super) const PROMPT: &str = "(prompt)";

/// What the prompt's threads share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) host: Host,
    pub(super) screen: Arc<Screen>,
    pub(super) interrupts: Interrupts,
    pub(super) runtime: Handle,
    /// Hears of the calls of lines and handlers.
    pub(super) recorder: Arc<Recorder>,
    /// What keeps the writes of lines and handlers; none where they are not kept.
    run: Option<Arc<ScriptRun>>,
    settings: Mutex<Settings>,
    /// The rehearsal that goes on from line to line.
    rehearsal: Mutex<Arc<Context>>,
    transcript: Mutex<Transcript>,
}

/// A timer that runs until it is dropped.
pub(super) struct Timer(AbortHandle);

impl Drop for Timer {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// What is switched on.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// The account's client; none where there is no key.
    pub(super) client: Option<Client>,
    /// True where writes are noted and not sent.
    pub(super) dry: bool,
    /// What of the log is shown.
    pub(super) least: Level,
    /// What an error is shown as.
    pub(super) explain: fn(Error) -> Error,
}

impl Shared {
    pub(super) fn new(
        host: Host,
        screen: Arc<Screen>,
        interrupts: Interrupts,
        runtime: Handle,
        options: &Options,
    ) -> Arc<Self> {
        let settings = Settings {
            client: host.client().cloned(),
            dry: host.context().build().is_dry_run(),
            least: options.least,
            explain: options.explain,
        };
        let is_kept = host.context().build().write_log().is_some();
        let run = is_kept.then(|| ScriptRun::named(host.state(), PROMPT, Value::Null));
        let recorder = Recorder::new(Arc::clone(&screen));
        let (settings, transcript) = (Mutex::new(settings), Mutex::default());
        let rehearsal = Mutex::new(host.context().build());
        Arc::new(Self {
            host,
            screen,
            interrupts,
            runtime,
            recorder,
            run,
            settings,
            rehearsal,
            transcript,
        })
    }

    /// What is switched on now.
    pub(super) fn settings(&self) -> Settings {
        self.lock().clone()
    }

    /// Switches something.
    pub(super) fn set(&self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.lock());
    }

    /// The context of a line that somebody waits for.
    pub(super) fn context_of_line(&self) -> Arc<Context> {
        let words = Words::of_line(&self.screen, self.lock().least);
        self.context().sink(words).build()
    }

    /// The context of a handler's call, which cannot register anything.
    pub(super) fn context_of_handler(&self) -> Arc<Context> {
        let words = Words::of_handler(&self.screen, self.lock().least);
        let context = self.context().sink(words).build();
        context.registrations().close();
        context
    }

    /// Begins a context on the account that is chosen, with what is switched on.
    pub(super) fn context(&self) -> ContextBuilder {
        let Settings { client, dry, .. } = self.settings();
        let steps = self.host.state().steps(PROMPT);
        let rehearsal = self.rehearsal();
        let mut context = self.host.context().dry_run(dry).rehearse_on(&rehearsal).steps(steps);
        if let Some(run) = &self.run {
            context = context.write_log(Arc::clone(run) as _);
        }
        match client {
            Some(client) => context.client(client.observed(Arc::clone(&self.recorder) as _)),
            None => context,
        }
    }

    /// Ends what has this cancel after a time, unless what this gives is dropped before.
    pub(super) fn end_after(&self, time: Duration, cancel: &Cancel, reason: Error) -> Timer {
        let cancel = cancel.clone();
        let task = self.runtime.spawn(async move {
            tokio::time::sleep(time).await;
            cancel.cancel(reason);
        });
        Timer(task.abort_handle())
    }

    /// The lines from here on rehearse anew.
    pub(super) fn rehearse_anew(&self) {
        *self.rehearsal.lock().unwrap_or_else(PoisonError::into_inner) =
            self.host.context().build();
    }

    /// What the lines would have done since then.
    pub(super) fn plan(&self) -> Plan {
        self.rehearsal().plan()
    }

    fn rehearsal(&self) -> Arc<Context> {
        Arc::clone(&self.rehearsal.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Nothing is written any more.
    pub(super) fn end(&self) {
        if let Some(Err(error)) = self.run.as_ref().map(|run| run.end(&RunEnd::now(RunState::Done)))
        {
            self.screen.note(&error.to_string());
        }
    }

    /// What was typed.
    pub(super) fn transcript(&self) -> MutexGuard<'_, Transcript> {
        self.transcript.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, Settings> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
