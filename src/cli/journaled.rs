//! A run of `run`, `eval` or `apply` as it is kept, so that it can be looked at and undone.

use std::sync::Arc;

use serde_json::{Value, json};

use super::report;
use super::sink::Terminal;
use crate::api::{Context, ContextBuilder, Sink};
use crate::client::Client;
use crate::engine::{ScriptFailure, Source};
use crate::runtime::{Recorder, ScriptRun, State};

/// What the daemon's own functions, which are told of failures, write as.
const SERVE: &str = "cliengo serve";

/// What the id of a plan stands under in the input of a run that applies it.
pub(super) const PLAN: &str = "plan";

/// What a run is of.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    /// A script.
    Script(&'a Source),
    /// A plan, by the name of its run and its own id.
    Plan(&'a str, &'a str),
    /// A daemon, whose runs are recorded one by one.
    Daemon,
}

impl Subject<'_> {
    /// What the durable steps belong to.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Script(source) => &source.name,
            Self::Plan(name, _) => name,
            Self::Daemon => "",
        }
    }
}

/// A run that is recorded when it first writes, with what it said and asked until then.
pub(super) struct Journaled {
    run: Arc<ScriptRun>,
    /// None for a daemon: each of its runs has one of its own.
    recorder: Option<Arc<Recorder>>,
}

impl Journaled {
    /// Nothing is written down yet.
    pub(super) fn begin(
        state: &State,
        subject: Subject<'_>,
        arguments: &[String],
        terminal: &Arc<Terminal>,
    ) -> Self {
        let run = match subject {
            Subject::Script(source) => ScriptRun::of_source(state, source, arguments),
            Subject::Plan(name, id) => ScriptRun::named(state, name, json!({ PLAN: id })),
            Subject::Daemon => ScriptRun::named(state, SERVE, Value::Null),
        };
        let is_recorded = !matches!(subject, Subject::Daemon);
        let recorder =
            is_recorded.then(|| Recorder::watched(Arc::clone(terminal) as Arc<dyn Sink>));
        Self { run, recorder }
    }

    /// The context, with its words, its calls and its writes kept where they are to be.
    pub(super) fn context(
        journaled: Option<&Self>,
        mut builder: ContextBuilder,
        client: Option<Client>,
    ) -> Arc<Context> {
        if let Some(Self { run, .. }) = journaled {
            builder = builder.write_log(Arc::clone(run) as _);
        }
        let recorder = journaled.and_then(|journaled| journaled.recorder.as_ref());
        if let Some(recorder) = recorder {
            builder = builder.sink(Arc::clone(recorder) as _);
        }
        let observed = |client: Client| match recorder {
            Some(recorder) => client.observed(Arc::clone(recorder) as _),
            None => client,
        };
        match client.map(observed) {
            Some(client) => builder.client(client).build(),
            None => builder.build(),
        }
    }

    /// Keeps how it ended.
    pub(super) fn end(&self, result: &Result<Value, ScriptFailure>, context: &Context) {
        let Some(recorder) = &self.recorder else { return };
        let end = recorder.end(result, context.journal());
        if let Err(error) = self.run.end(&end) {
            report::warning(&format!("the end of the run was not kept: {error}"));
        }
    }
}
