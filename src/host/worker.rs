//! The thread of a loaded script: it loads it, and makes its calls one after another.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;

use bytes::Bytes;
use serde_json::Value;

use super::answer::{Deadline, Giver};
use super::script::Function;
use super::{Host, ScriptSource};
use crate::api::{Context, Registration};
use crate::engine::{Executor, Language, Limits, LoadedScript, ScriptFailure, load};
use crate::schema::did_you_mean;
use crate::{Error, ErrorKind};

/// One call.
pub(super) struct Request {
    pub(super) function: Function,
    pub(super) arguments: Vec<Bytes>,
    pub(super) context: Arc<Context>,
    pub(super) giver: Giver<Value>,
    pub(super) _deadline: Deadline,
}

/// What the thread tells once the script is loaded.
pub(super) type Loaded = (Vec<String>, Vec<Registration>);

/// What the thread of a script begins with.
pub(super) struct Beginning {
    pub(super) host: Host,
    pub(super) source: ScriptSource,
    pub(super) language: Language,
    pub(super) name: String,
    pub(super) limits: Limits,
    pub(super) context: Arc<Context>,
    pub(super) is_usable: Arc<AtomicBool>,
}

impl Beginning {
    /// The body of the thread.
    pub(super) fn work(
        self,
        executor: Executor,
        giver: &Giver<Loaded>,
        deadline: Deadline,
        incoming: &Receiver<Request>,
    ) {
        giver.begin();
        let Self { host: _host, source, language, name, limits, context, is_usable } = self;
        let read = source.read(language, name).map_err(ScriptFailure::of);
        let loaded = read.and_then(|source| load(&source, &context, limits, executor));
        let mut script = match loaded {
            Ok((script, _)) => script,
            Err(failure) => {
                context.close(Some(&failure.error));
                giver.give(Err(failure));
                return;
            }
        };
        context.registrations().close();
        context.close(None);
        let told = (script.functions(), context.registrations().list());
        if !giver.give(Ok(told)) {
            return;
        }
        drop(deadline);
        while let Ok(request) = incoming.recv() {
            request.done(&mut script, &is_usable);
        }
    }
}

impl Request {
    fn done(self, script: &mut LoadedScript, is_usable: &AtomicBool) {
        let Self { function, arguments, context, giver, _deadline } = self;
        giver.begin();
        let result = match function {
            Function::Given(callback) => Ok(callback),
            Function::Named(name) => {
                script.function(&name).ok_or_else(|| no_function(script, &name))
            }
        };
        let result = result.and_then(|function| script.call(&function, &arguments, &context));
        is_usable.store(script.is_usable(), Ordering::SeqCst);
        context.close(result.as_ref().err().map(|failure| &failure.error));
        giver.give(result);
    }
}

fn no_function(script: &LoadedScript, name: &str) -> ScriptFailure {
    let functions = script.functions();
    let known = || match functions.is_empty() {
        true => "it has no global function at all".to_owned(),
        false => format!("it has {}", functions.join(", ")),
    };
    let hint = did_you_mean(name, functions.iter().map(String::as_str)).unwrap_or_else(known);
    let message = format!("the script has no global function {name}");
    ScriptFailure::of(Error::new(ErrorKind::NotFound, message).with_hint(hint))
}
