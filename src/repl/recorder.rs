//! What the lines' calls of the API were: for `.time`, `.trace` and `.curl`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::screen::Screen;
use crate::client::{Exchange, Observer};
use crate::terminal::thousands;

/// The calls of a while, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Calls, however many attempts each took.
    pub(super) calls: u64,
    /// Attempts after a call's first one.
    pub(super) retries: u64,
    /// Bytes of bodies that came.
    pub(super) bytes: u64,
    /// The time that attempts waited for the pace.
    pub(super) waited: Duration,
}

/// Hears of every attempt of the lines' calls. Those of followed watches count for nobody's line: they
/// have one of their own that only traces.
#[derive(Debug)]
pub(super) struct Recorder {
    screen: Arc<Screen>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    tally: Tally,
    traces: bool,
    /// The last call, as a command for a shell.
    curl: Option<String>,
}

impl Recorder {
    pub(super) fn new(screen: Arc<Screen>) -> Arc<Self> {
        Arc::new(Self { screen, state: Mutex::default() })
    }

    /// One for followed watches: what they ask is traced, and counts for nobody's line.
    pub(super) fn of_watches(self: &Arc<Self>) -> Arc<dyn Observer> {
        Arc::new(OfWatches(Arc::clone(self)))
    }

    /// What was counted since this was last called.
    pub(super) fn take_tally(&self) -> Tally {
        std::mem::take(&mut self.state().tally)
    }

    /// Whether each attempt becomes a line on the screen.
    pub(super) fn set_trace(&self, on: bool) {
        self.state().traces = on;
    }

    /// True where each attempt becomes a line on the screen.
    pub(super) fn traces(&self) -> bool {
        self.state().traces
    }

    /// The last call, as a command for a shell.
    pub(super) fn curl(&self) -> Option<String> {
        self.state().curl.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for Recorder {
    fn exchanged(&self, exchange: &Exchange) {
        let traces = {
            let mut state = self.state();
            let tally = &mut state.tally;
            match exchange.attempt {
                1 => tally.calls += 1,
                _ => tally.retries += 1,
            }
            tally.bytes += exchange.bytes as u64;
            tally.waited += exchange.waited;
            state.traces
        };
        if traces {
            self.screen.trace(&line(exchange));
        }
    }
}

/// Hears of the calls of followed watches.
struct OfWatches(Arc<Recorder>);

impl Observer for OfWatches {
    fn exchanged(&self, exchange: &Exchange) {
        if self.0.traces() {
            self.0.screen.trace(&format!("watch: {}", line(exchange)));
        }
    }
}

/// `GET /contacts 200 12 ms 51,034 B`
fn line(exchange: &Exchange) -> String {
    let Exchange { method, path, attempt, status, failure, took, bytes, .. } = exchange;
    let outcome = match (status, failure) {
        (Some(status), _) => status.to_string(),
        (None, Some(kind)) => kind.to_string(),
        (None, None) => "no answer".to_owned(),
    };
    let again = if *attempt > 1 { format!(" (attempt {attempt})") } else { String::new() };
    let size = thousands(*bytes);
    format!("{method} {path} {outcome} {} ms {size} B{again}", took.as_millis())
}
