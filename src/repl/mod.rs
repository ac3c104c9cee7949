//! The prompt: lines of Lua or Rhai on live data.
//!
//! Three threads: the caller's edits lines and shows what they gave; one for each language owns its session
//! and serves lines and handlers in order; one makes the calls of the API, hears Ctrl-C and follows watches and schedules.
//! Where standard input or output is no terminal, lines are run as they come, and the first error ends it.

mod background;
mod command;
mod commands;
mod editor;
mod evaluate;
mod following;
mod greeting;
mod handling;
mod help;
mod interactive;
mod interrupts;
mod job;
mod kinds;
mod piped;
mod profiles;
mod recorder;
mod report;
mod results;
mod saving;
mod scheduled;
mod screen;
mod shared;
mod shell;
mod transcript;
mod trouble;
mod waits;
mod words;
mod worker;
mod workers;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use self::background::Background;
use self::interrupts::Interrupts;
use self::screen::{Screen, is_a_terminal};
use self::shared::Shared;
use self::shell::Shell;
use crate::api::Level;
use crate::engine::Language;
use crate::host::Host;
use crate::{Error, Result};

#[cfg(feature = "cli")]
pub(crate) use self::help::{PLAIN_TOPICS, explain};
pub use self::profiles::Profiles;

/// A prompt on a host: the same as `cliengo repl`, with the host's own functions in it.
///
/// ```no_run
/// use cliengo::Host;
/// use cliengo::engine::Language;
/// use cliengo::repl::Repl;
///
/// let host = Host::builder().build();
/// Repl::new(host).name("crm").language(Language::Rhai).run()?;
/// # Ok::<(), cliengo::Error>(())
/// ```
pub struct Repl {
    host: Host,
    options: Options,
}

/// How a prompt is to be.
struct Options {
    name: String,
    language: Language,
    folder: Option<PathBuf>,
    profiles: Option<Arc<dyn Profiles>>,
    greeting: Option<String>,
    timeout: Option<Duration>,
    least: Level,
    explain: fn(Error) -> Error,
}

/// How a prompt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExitKind {
    /// Somebody left, or the lines of a file came to their end.
    Left,
    /// A line of a file failed, and the failure was told on standard error.
    Failed(Error),
}

impl Repl {
    /// A prompt on this host, in Lua unless told.
    pub fn new(host: Host) -> Self {
        let options = Options {
            name: "cliengo".to_owned(),
            language: if cfg!(feature = "lua") { Language::Lua } else { Language::Rhai },
            folder: None,
            profiles: None,
            greeting: None,
            timeout: None,
            least: Level::Info,
            explain: |error| error,
        };
        Self { host, options }
    }

    /// The name that the greeting begins with.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.options.name = name.into();
        self
    }

    /// The language that it begins with.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.options.language = language;
        self
    }

    /// The folder that keeps what was typed, a file for each language. Without one nothing is kept.
    #[must_use]
    pub fn folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.options.folder = Some(folder.into());
        self
    }

    /// The accounts that `.profile` chooses from; none unless told.
    #[must_use]
    pub fn profiles(mut self, profiles: Arc<dyn Profiles>) -> Self {
        self.options.profiles = Some(profiles);
        self
    }

    /// What is said at the beginning, in the place of the usual words.
    #[must_use]
    pub fn greeting(mut self, greeting: impl Into<String>) -> Self {
        self.options.greeting = Some(greeting.into());
        self
    }

    /// How long one line may take; any time unless told.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// The least important words of `cliengo.log` that are shown; [`Level::Info`] unless told.
    #[must_use]
    pub fn log_level(mut self, least: Level) -> Self {
        self.options.least = least;
        self
    }

    /// What an error is shown as: a program with flags of its own can name them in its hint. As it is unless
    /// told.
    #[must_use]
    pub fn explain(mut self, explain: fn(Error) -> Error) -> Self {
        self.options.explain = explain;
        self
    }

    /// Opens it on standard input and output, and waits until somebody leaves. It takes Ctrl-C (`SIGINT`) as
    /// its own from then on, for as long as the program runs.
    ///
    /// Not to be called on a worker of an asynchronous runtime, which it would block.
    ///
    /// # Errors
    /// Where it cannot begin: the system gives no thread, or the terminal fails.
    pub fn run(self) -> Result<ExitKind> {
        let Self { host, options } = self;
        let interactive = is_a_terminal();
        let screen = Arc::new(Screen::new(interactive));
        let background = Background::begin()?;
        let interrupts = Interrupts::default();
        interrupts.listen(background.handle())?;
        let runtime = background.handle().clone();
        let shared = Shared::new(host, screen, interrupts, runtime, &options);
        let mut shell = Shell::new(Arc::clone(&shared), &options);
        let ended = match interactive {
            true => interactive::run(&mut shell, &options).map(|()| ExitKind::Left),
            false => piped::run(&mut shell),
        };
        shared.end();
        ended
    }
}

impl fmt::Debug for Repl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Repl").field("host", &self.host).finish_non_exhaustive()
    }
}
