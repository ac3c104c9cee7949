//! A thread that has loaded a script and calls its functions.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use bytes::Bytes;
use serde_json::Value;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::api::{Callback, Context, Hook, Registration};
use crate::engine::{Executor, Limits, LoadedScript, ScriptFailure, Source, load};
use crate::runtime::supervise::{STACK, crashed};

/// One function of a script, whichever thread has loaded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HandlerName {
    /// `watch` or `schedule`.
    pub(super) noun: &'static str,
    pub(super) id: String,
    /// True for the function that is told of failures.
    pub(super) on_failure: bool,
}

/// What a thread is given to load a script with.
#[derive(Debug, Clone)]
pub(super) struct Loading {
    pub(super) source: Source,
    pub(super) limits: Limits,
    /// Where the script's calls are made.
    pub(super) runtime: Handle,
}

/// A thread that has loaded a script. It ends when this is dropped, or when its script is not usable any
/// more.
#[derive(Debug)]
pub(super) struct Worker {
    requests: Sender<Request>,
    pub(super) registrations: Arc<Vec<Registration>>,
    /// The script's file and its modules.
    pub(super) files: Vec<std::path::PathBuf>,
}

struct Request {
    function: Callback,
    arguments: Vec<Bytes>,
    context: Arc<Context>,
    reply: oneshot::Sender<Answer>,
}

/// What a call gave, and whether the thread can be called again.
pub(super) struct Answer {
    pub(super) result: Result<Value, ScriptFailure>,
    pub(super) usable: bool,
}

type Loaded = Result<(Vec<Registration>, Vec<std::path::PathBuf>), ScriptFailure>;

impl Worker {
    /// Loads the script on a new thread. Whoever stops waiting has to cancel the context too.
    pub(super) async fn load(
        loading: Loading,
        context: Arc<Context>,
    ) -> Result<Self, ScriptFailure> {
        let (requests, incoming) = channel();
        let (loaded, ready) = oneshot::channel();
        let body = move || work(&loading, &context, loaded, &incoming);
        let spawned = thread::Builder::new().name("script".into()).stack_size(STACK).spawn(body);
        if let Err(error) = spawned {
            let message = format!("cannot begin a thread for the script: {error}");
            return Err(ScriptFailure::of(crate::Error::new(crate::ErrorKind::Limit, message)));
        }
        let (registrations, files) = ready.await.unwrap_or_else(|_| Err(crashed()))?;
        Ok(Self { requests, registrations: Arc::new(registrations), files })
    }

    /// Calls a function. The answer does not come where the thread panicked.
    pub(super) fn call(
        &self,
        name: &HandlerName,
        arguments: Vec<Bytes>,
        context: Arc<Context>,
    ) -> Option<oneshot::Receiver<Answer>> {
        let function = self.function(name)?;
        let (reply, answer) = oneshot::channel();
        self.requests.send(Request { function, arguments, context, reply }).ok()?;
        Some(answer)
    }

    fn function(&self, name: &HandlerName) -> Option<Callback> {
        let is = |it: &&Registration| it.noun() == name.noun && it.id() == name.id;
        let (handler, hook) = match self.registrations.iter().find(is)? {
            Registration::Watch(watch) => (&watch.handler, &watch.on_failure),
            Registration::Schedule(schedule) => (&schedule.handler, &schedule.on_failure),
        };
        match (name.on_failure, hook) {
            (false, _) => Some(handler.clone()),
            (true, Some(Hook::Function(function))) => Some(function.clone()),
            (true, _) => None,
        }
    }
}

/// The body of the thread.
fn work(
    loading: &Loading,
    context: &Arc<Context>,
    loaded: oneshot::Sender<Loaded>,
    incoming: &Receiver<Request>,
) {
    let executor = Executor::Shared(loading.runtime.clone());
    let mut script = match load(&loading.source, context, loading.limits, executor) {
        Ok((script, _)) => script,
        Err(failure) => return drop(loaded.send(Err(failure))),
    };
    let registrations = context.registrations().list();
    context.registrations().close();
    if loaded.send(Ok((registrations, script.files()))).is_err() {
        return;
    }
    while let Ok(request) = incoming.recv() {
        if !answer(&mut script, request) {
            return;
        }
    }
}

/// False where the script cannot be called again.
fn answer(script: &mut LoadedScript, request: Request) -> bool {
    let Request { function, arguments, context, reply } = request;
    let result = script.call(&function, &arguments, &context);
    let usable = script.is_usable();
    drop(reply.send(Answer { result, usable }));
    usable
}
