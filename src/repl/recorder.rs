//! What the lines' calls of the API were: for `.time`, `.trace` and `.curl`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::screen::Screen;
use super::waits::Waits;
use crate::client::{Exchange, Observer, Request, Wait};
use crate::terminal::thousands;

/// The calls of a while, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Calls over the wire, each attempt one.
    pub(super) calls: u64,
    /// Those of them that repeated a failed one.
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
    waits: Waits,
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

    /// Forgets which waits were told of: another line begins.
    pub(super) fn begin_line(&self) {
        self.state().waits = Waits::default();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for Recorder {
    fn requested(&self, base_url: &str, request: &Request) {
        self.state().curl = Some(curl(base_url, request));
    }

    fn exchanged(&self, exchange: &Exchange) {
        let mut state = self.state();
        let tally = &mut state.tally;
        tally.calls += 1;
        tally.retries += u64::from(exchange.attempt > 1);
        tally.bytes += exchange.bytes as u64;
        tally.waited += exchange.waited;
    }

    fn answered(&self, request: &Request, exchange: &Exchange) {
        self.exchanged(exchange);
        if self.traces() {
            self.screen.trace(&line(request, exchange));
        }
    }

    fn waits(&self, wait: &Wait) {
        if !self.screen.is_interactive() {
            return;
        }
        let told = self.state().waits.told(wait, Instant::now());
        told.iter().for_each(|told| self.screen.trace(told));
    }
}

/// Hears of the calls of followed watches.
struct OfWatches(Arc<Recorder>);

impl Observer for OfWatches {
    fn exchanged(&self, _: &Exchange) {}

    fn answered(&self, request: &Request, exchange: &Exchange) {
        if self.0.traces() {
            self.0.screen.trace(&format!("watch: {}", line(request, exchange)));
        }
    }
}

/// `GET /contacts?page=1&limit=50 200 12 ms 51,034 B`
fn line(request: &Request, exchange: &Exchange) -> String {
    let Exchange { method, attempt, status, failure, took, bytes, .. } = exchange;
    let outcome = match (status, failure) {
        (Some(status), _) => status.to_string(),
        (None, Some(kind)) => kind.to_string(),
        (None, None) => "no answer".to_owned(),
    };
    let again = if *attempt > 1 { format!(" (retry {})", attempt - 1) } else { String::new() };
    let (target, size) = (request.target(), thousands(*bytes));
    format!("{method} {target} {outcome} {} ms {size} B{again}", took.as_millis())
}

/// The call as a command that a shell takes, with the key's name in the place of the key.
fn curl(base_url: &str, request: &Request) -> String {
    let mut text = format!("curl -sS -X {}", request.method().as_str());
    text.push_str(" -H \"Authorization: Bearer $CLIENGO_API_KEY\"");
    for (name, value) in request.headers() {
        text.push_str(&format!(" -H {}", quoted(&format!("{name}: {value}"))));
    }
    if let Some(body) = request.body() {
        let has_type = request.headers().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        if !has_type {
            text.push_str(" -H 'Content-Type: application/json'");
        }
        text.push_str(&format!(" -d {}", quoted(&String::from_utf8_lossy(body))));
    }
    format!("{text} {}", quoted(&format!("{base_url}{}", request.target())))
}

/// A word of a shell (POSIX) that is this text.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::client::Method;

    #[test]
    fn a_call_is_a_command_that_holds_no_key_and_runs_nothing_else() {
        let request = Request::new(Method::Patch, &["contacts", "5f"]).unwrap();
        let request = request.json(&json!({ "name": "O'Hara; $(rm)" }));
        assert_eq!(
            curl("https://api.test/1.0", &request),
            "curl -sS -X PATCH -H \"Authorization: Bearer $CLIENGO_API_KEY\" \
             -H 'Content-Type: application/json' -d '{\"name\":\"O'\\''Hara; $(rm)\"}' \
             'https://api.test/1.0/contacts/5f'"
        );
    }
}
