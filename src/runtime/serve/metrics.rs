//! What a daemon counts, and what is to be seen of it in the Prometheus text format.

use std::collections::HashMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use prometheus_client::encoding::prometheus_text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use super::standing::Standing;
use crate::Result;
use crate::client::{Exchange, Observer};
use crate::store::{EventState, Store, WatchRecord};

/// Names of labels, each with its value.
type Labels = Vec<(&'static str, String)>;
type Counters = Family<Labels, Counter>;
type Gauges<N = i64, A = std::sync::atomic::AtomicI64> = Family<Labels, Gauge<N, A>>;

/// What a daemon counts since it began.
#[derive(Debug)]
pub(super) struct Metrics {
    began: Timestamp,
    /// When each watch's last good poll began.
    good_polls: Mutex<HashMap<String, Timestamp>>,
    polls: Counters,
    attempts: Counters,
    runs: Counters,
    misfires: Counters,
    requests: Counters,
    retries: Counter,
    rate_wait: Counter<f64, AtomicU64>,
    looked_up: Mutex<LookedUp>,
    registry: Registry,
}

/// What is only looked up when somebody asks.
#[derive(Debug, Default)]
struct LookedUp {
    lag: Gauges<f64, AtomicU64>,
    events: Gauges,
    dead: Gauges,
    scripts: Gauges,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            began: Timestamp::now(),
            good_polls: Mutex::default(),
            polls: Family::default(),
            attempts: Family::default(),
            runs: Family::default(),
            misfires: Family::default(),
            requests: Family::default(),
            retries: Counter::default(),
            rate_wait: Counter::default(),
            looked_up: Mutex::default(),
            registry: Registry::with_prefix("cliengo"),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    /// The names and what they mean. The registry ends counters with `_total`.
    fn register(&mut self) {
        let registry = &mut self.registry;
        let build = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program", build);
        registry.register(
            "polls",
            "Polls by their result: ok, or the kind of error",
            self.polls.clone(),
        );
        registry.register(
            "attempts",
            "Attempts at events by what became of the event",
            self.attempts.clone(),
        );
        registry.register("runs", "Runs of schedules by their outcome", self.runs.clone());
        registry.register(
            "misfires",
            "Due times that were missed or passed over",
            self.misfires.clone(),
        );
        registry.register(
            "http_requests",
            "Attempts at calls of the API, by status or kind of failure",
            self.requests.clone(),
        );
        registry.register(
            "http_retries",
            "Attempts at calls of the API after the first",
            self.retries.clone(),
        );
        registry.register_with_unit(
            "rate_wait",
            "Time that calls waited for their place in the pace",
            Unit::Seconds,
            self.rate_wait.clone(),
        );
        let looked_up = lock(&self.looked_up);
        registry.register_with_unit(
            "watch_lag",
            "Time since the last good poll of a watch began: what is older was seen",
            Unit::Seconds,
            looked_up.lag.clone(),
        );
        registry.register(
            "events",
            "Events that are kept, by their state",
            looked_up.events.clone(),
        );
        registry.register(
            "dead_letters",
            "Events that used up their attempts",
            looked_up.dead.clone(),
        );
        registry.register(
            "scripts",
            "Scripts that run, and scripts whose last load failed",
            looked_up.scripts.clone(),
        );
    }

    /// A poll of a watch that began then ended so: `ok`, or the kind of its error.
    pub(super) fn polled(&self, watch: &str, began: Timestamp, result: &str) {
        add(&self.polls, &[("watch", watch), ("result", result)], 1);
        if result == "ok" {
            lock(&self.good_polls).insert(watch.to_owned(), began);
        }
    }

    /// An attempt at an event of a watch ended so.
    pub(super) fn attempted(&self, watch: &str, outcome: &str) {
        add(&self.attempts, &[("watch", watch), ("outcome", outcome)], 1);
    }

    /// A run of a schedule ended so.
    pub(super) fn ran(&self, schedule: &str, outcome: &str) {
        add(&self.runs, &[("schedule", schedule), ("outcome", outcome)], 1);
    }

    /// Due times of a schedule were missed, or passed over.
    pub(super) fn misfired(&self, schedule: &str, count: u64) {
        add(&self.misfires, &[("schedule", schedule)], count);
    }

    /// All of it in the Prometheus text format, version 0.0.4.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub(super) fn text(&self, store: &dyn Store, standing: &Standing) -> Result<String> {
        let looked_up = lock(&self.looked_up);
        looked_up.look(store, standing, |watch| self.last_good_poll(watch))?;
        let mut text = String::new();
        // Writing into a string cannot fail.
        let _ = encode(&mut text, &self.registry);
        Ok(text)
    }

    /// A watch that was not polled well since the daemon began was so by an earlier one, or never.
    fn last_good_poll(&self, watch: &WatchRecord) -> Timestamp {
        let known = lock(&self.good_polls).get(&watch.id).copied();
        let earlier = watch.last_poll.filter(|_| watch.failures == 0);
        known.or(earlier).unwrap_or(self.began)
    }
}

impl LookedUp {
    fn look(
        &self,
        store: &dyn Store,
        standing: &Standing,
        last_good: impl Fn(&WatchRecord) -> Timestamp,
    ) -> Result<()> {
        self.lag.clear();
        self.events.clear();
        self.dead.clear();
        let now = Timestamp::now();
        for watch in store.watches()? {
            let counts = store.event_counts(&watch.id)?;
            for state in EventState::ALL {
                let count = counts.iter().find(|count| count.0 == state).map_or(0, |count| count.1);
                set(&self.events, &[("watch", &watch.id), ("state", state.as_str())], count);
                if state == EventState::Dead {
                    set(&self.dead, &[("watch", &watch.id)], count);
                }
            }
            if standing.keeps_watch(&watch.id) {
                let lag = now.duration_since(last_good(&watch)).as_secs_f64().max(0.0);
                self.lag.get_or_create(&labels(&[("watch", &watch.id)])).set(lag);
            }
        }
        let (loaded, failing) = standing.scripts();
        set(&self.scripts, &[("state", "loaded")], loaded);
        set(&self.scripts, &[("state", "failing")], failing);
        Ok(())
    }
}

impl Observer for Metrics {
    fn exchanged(&self, exchange: &Exchange) {
        let status = match (exchange.status, exchange.failure) {
            (Some(status), _) => status.to_string(),
            (None, Some(failure)) => failure.as_str().to_owned(),
            (None, None) => "none".to_owned(),
        };
        add(&self.requests, &[("method", exchange.method), ("status", &status)], 1);
        if exchange.attempt > 1 {
            self.retries.inc();
        }
        self.rate_wait.inc_by(exchange.waited.as_secs_f64());
    }
}

fn add(counters: &Counters, names: &[(&'static str, &str)], count: u64) {
    counters.get_or_create(&labels(names)).inc_by(count);
}

fn set(gauges: &Gauges, names: &[(&'static str, &str)], count: u64) {
    gauges.get_or_create(&labels(names)).set(i64::try_from(count).unwrap_or(i64::MAX));
}

fn labels(names: &[(&'static str, &str)]) -> Labels {
    names.iter().map(|&(name, value)| (name, value.to_owned())).collect()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
