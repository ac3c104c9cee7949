//! How far a long call is, on a terminal.

use std::fmt;
use std::io::IsTerminal;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::bar_output::{BarOutput, columns};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// A call that is over within this shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);
/// The most drawings in a second.
const RATE: u8 = 20;
/// How often the bar is drawn again where nothing comes.
const TICK: Duration = Duration::from_millis(250);
/// What is drawn, the most first, each with the columns that it takes where the numbers are long.
const TEMPLATES: [(u16, &str); 4] = [
    (90, "{msg} [{bar:30}] {human_pos} of {human_len}, {rate}, {eta} left"),
    (75, "{msg} [{bar:15}] {human_pos} of {human_len}, {rate}, {eta} left"),
    (45, "{human_pos} of {human_len}, {eta} left"),
    (0, "{human_pos}"),
];

/// A bar on standard error, where a person looks at it. It goes when the call ends, or this does.
pub(crate) struct Progress {
    /// True where there is a terminal to draw on.
    shown: bool,
    call: Mutex<Option<Call>>,
}

/// The call that is under way. Its bar measures from the start and is drawn when it has lasted.
struct Call {
    what: String,
    begun: Instant,
    bar: ProgressBar,
    drawn: bool,
}

impl Progress {
    /// A bar where standard error is a terminal that can move its cursor, and `wanted`.
    pub(crate) fn new(wanted: bool) -> Self {
        let drawable = !ProgressDrawTarget::stderr().is_hidden();
        Self { shown: wanted && drawable, call: Mutex::new(None) }
    }

    /// A bar where standard output does not scroll over the same terminal.
    pub(crate) fn beside_output(to_file: bool) -> Self {
        Self::new(to_file || !std::io::stdout().is_terminal())
    }

    /// How far the call `what` is: `done` of `total`. All of it, or none of none, is its end.
    pub(crate) fn show(&self, what: &str, done: u64, total: u64) {
        if !self.shown {
            return;
        }
        let mut call = self.call();
        if done >= total {
            end(&mut call);
            return;
        }
        if call.as_ref().is_none_or(|call| call.what != what) {
            end(&mut call);
            *call = Some(Call::begin(what));
        }
        if let Some(call) = call.as_mut() {
            call.draw(done, total);
        }
    }

    /// Writes something above the bar.
    pub(crate) fn above<T>(&self, write: impl FnOnce() -> T) -> T {
        let call = self.call();
        match call.as_ref() {
            Some(call) => call.bar.suspend(write),
            None => write(),
        }
    }

    /// Takes the bar away.
    pub(crate) fn end(&self) {
        end(&mut self.call());
    }

    fn call(&self) -> MutexGuard<'_, Option<Call>> {
        self.call.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Call {
    fn begin(what: &str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template(template())
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .with_key("rate", |state: &ProgressState, output: &mut dyn fmt::Write| {
                // A bar has nowhere to put an error.
                let _ = write!(output, "{:.0}/s", state.per_sec());
            })
            .progress_chars("=> ");
        let bar = bar.with_style(style).with_message(what.to_owned());
        Self { what: what.to_owned(), begun: Instant::now(), bar, drawn: false }
    }

    fn draw(&mut self, done: u64, total: u64) {
        self.bar.set_length(total);
        self.bar.set_position(done);
        if !self.drawn && self.begun.elapsed() >= PATIENCE {
            self.drawn = true;
            let output = Box::new(BarOutput::default());
            self.bar.set_draw_target(ProgressDrawTarget::term_like_with_hz(output, RATE));
            self.bar.enable_steady_tick(TICK);
        }
    }
}

/// A line that is wrapped cannot be wiped, so a narrow terminal gets less.
fn template() -> &'static str {
    let columns = columns();
    let fits = TEMPLATES.iter().find(|(needed, _)| *needed <= columns);
    fits.map_or("{human_pos}", |(_, template)| *template)
}

fn end(call: &mut Option<Call>) {
    if let Some(call) = call.take() {
        call.bar.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}
