//! One run from outside: its thread, its deadline, and the signals that end it.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::oneshot;

use crate::api::{Context, WriteRecord};
use crate::engine::{Executor, Limits, LoadedScript, ScriptFailure, Source, load};
use crate::{Error, ErrorKind};

/// A run that was ended from outside has so long to notice, before its thread is left behind.
pub(crate) const GRACE: Duration = Duration::from_secs(2);
/// Deep recursion of a script, and of the parsers, is bounded by counts, not by this.
pub(crate) const STACK: usize = 32 << 20;

/// A script and what it may use.
#[derive(Debug)]
pub struct Job {
    /// The script.
    pub source: Source,
    /// What it has at hand.
    pub context: Arc<Context>,
    /// What it may use.
    pub limits: Limits,
    /// How long it may run.
    pub timeout: Option<Duration>,
}

/// How a run ended.
#[derive(Debug)]
pub struct Outcome {
    /// What the script returned, or why it did not.
    pub result: Result<Value, ScriptFailure>,
    /// The writes that the run made, or may have made.
    pub writes: Vec<WriteRecord>,
    /// The writes of a bulk call that was cut short before it came to them.
    pub not_begun: u64,
}

/// What ends a run from outside, besides its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interruption {
    /// Nothing: a library does not take its program's signals.
    None,
    /// Ctrl-C and a request to terminate (`SIGINT`, `SIGTERM`); on Linux the end of the terminal too
    /// (`SIGHUP`), unless the program was begun to ignore it.
    Signals,
}

/// Runs the script to its end on a thread of its own, and waits for it.
///
/// A run that is ended from outside ends within milliseconds, in a loop, a `pcall`, a sleep or a
/// pending call; one whose thread does not is left behind and reported all the same.
pub fn supervise(job: Job, interruption: Interruption) -> Outcome {
    supervise_then(job, interruption, |_, value| Ok(value))
}

/// As [`supervise`], and calls `then` with the script and what it returned, on the script's thread and
/// within its time; the outcome is what that gives.
pub fn supervise_then(
    job: Job,
    interruption: Interruption,
    then: impl FnOnce(&mut LoadedScript, Value) -> Result<Value, ScriptFailure> + Send + 'static,
) -> Outcome {
    let context = Arc::clone(&job.context);
    let result = watch(job, interruption, then).unwrap_or_else(|error| {
        let message = format!("cannot begin the run: {error}");
        Err(ScriptFailure::of(Error::new(ErrorKind::Limit, message)))
    });
    let journal = context.journal();
    Outcome { result, writes: journal.writes(), not_begun: journal.not_begun() }
}

type Ended = Result<Value, ScriptFailure>;

fn watch(
    job: Job,
    interruption: Interruption,
    then: impl FnOnce(&mut LoadedScript, Value) -> Result<Value, ScriptFailure> + Send + 'static,
) -> std::io::Result<Ended> {
    let Job { source, context, limits, timeout } = job;
    let cancel = context.cancel().clone();
    let (done, mut ended) = oneshot::channel();
    let body = move || {
        let loaded = load(&source, &context, limits, Executor::own());
        let result = loaded.and_then(|(mut script, value)| then(&mut script, value));
        drop(done.send(result));
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        // Listens before the script begins: a signal between the two would end the program without
        // a word about the writes that were made.
        let interrupted = interrupted(interruption);
        thread::Builder::new().name("script".into()).stack_size(STACK).spawn(body)?;
        let reason = tokio::select! {
            biased;
            result = &mut ended => return Ok(result.unwrap_or_else(|_| Err(crashed()))),
            reason = over(timeout) => reason,
            reason = interrupted => reason,
        };
        cancel.cancel(reason.clone());
        Ok(match tokio::time::timeout(GRACE, &mut ended).await {
            Ok(result) => result.unwrap_or_else(|_| Err(crashed())),
            Err(_) => {
                Err(ScriptFailure::of(reason.within("the script did not stop and was left behind")))
            }
        })
    })
}

/// Waits for Ctrl-C or a request to terminate. `listening` is called once neither can be missed.
///
/// # Errors
/// Where the system lets no signal be listened to.
pub fn wait_for_signal(listening: impl FnOnce()) -> std::io::Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let signal = signal()?;
        listening();
        signal.await
    })
}

async fn over(timeout: Option<Duration>) -> Error {
    match timeout {
        Some(timeout) => tokio::time::sleep(timeout).await,
        None => std::future::pending().await,
    }
    let time = timeout.unwrap_or_default().as_secs_f64();
    Error::new(ErrorKind::Limit, format!("the script ran longer than its {time} s"))
        .with_hint("allow the run more time")
}

/// Begins to listen at once, not when it is first waited for.
pub(super) fn interrupted(interruption: Interruption) -> impl Future<Output = Error> {
    let signal = match interruption {
        Interruption::None => None,
        // Where a signal cannot be listened to, nothing of ours ends the run.
        Interruption::Signals => signal().ok(),
    };
    async {
        let came = match signal {
            Some(signal) => signal.await,
            None => return std::future::pending().await,
        };
        if came.is_err() {
            return std::future::pending().await;
        }
        Error::new(ErrorKind::Cancelled, "the run was cancelled")
    }
}

#[cfg(unix)]
fn signal() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = hangup_ends().then(|| signal(SignalKind::hangup())).transpose()?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            Some(_) = async { hangup.as_mut()?.recv().await } => {}
        }
        Ok(())
    })
}

/// True where the end of the terminal is to end the work: not where `nohup` has this signal ignored,
/// which listening to it would undo.
#[cfg(target_os = "linux")]
fn hangup_ends() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // The lowest bit is signal 1, the hangup. What cannot be read is left as it is.
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|it| it & 1 == 0)
}

/// Other systems tell of ignored signals through unsafe calls alone: the signal keeps its own meaning.
#[cfg(all(unix, not(target_os = "linux")))]
fn hangup_ends() -> bool {
    false
}

#[cfg(not(unix))]
fn signal() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}

/// The script's thread ended without a word: a panic, which is a defect of ours.
pub(crate) fn crashed() -> ScriptFailure {
    let error = Error::new(ErrorKind::Limit, "the script's thread ended by a defect of cliengo");
    ScriptFailure::of(error.with_hint("please report it, with the message above"))
}
