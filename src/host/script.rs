//! A loaded script, from outside its thread.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::answer::{Awaited, Giver, answer};
use super::calls::Calls;
use super::scripting::{Begun, thread};
use super::settings::Settings;
use super::values::{documents, read};
use super::worker::{Beginning, Loaded, Request};
use super::{Host, Run, ScriptSource};
use crate::api::{Callback, Registration};
use crate::engine::{Executor, Language, ScriptFailure};

/// A script that was run and is kept, so that the program can call its functions: by their names, or those
/// that it gave to a function of the program's own.
///
/// It lives on a thread of its own, and its calls are done there one after another; what its functions know
/// stays from call to call. Clones are one script, and the thread ends with the last of them.
///
/// ```
/// # #[cfg(feature = "rhai")]
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> cliengo::Result<()> {
/// use cliengo::Host;
///
/// let host = Host::builder().build();
/// let code = r#"fn greeting(lead, language) { if language == "es" { "Hola " + lead } else { "Hi " + lead } }"#;
/// let script = host.rhai().name("greetings.rhai").load(code).await?;
/// let said: String = script.call("greeting", ("Ana", "es")).await?;
/// assert_eq!(said, "Hola Ana");
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "rhai"))]
/// # fn main() {}
/// ```
#[derive(Clone)]
pub struct Script(Arc<Inner>);

struct Inner {
    name: String,
    host: Host,
    settings: Settings,
    requests: Sender<Request>,
    functions: Vec<String>,
    registrations: Vec<Registration>,
    is_usable: Arc<AtomicBool>,
}

/// A function of a script: its name, or one that the script gave away.
#[derive(Debug, Clone)]
pub struct ScriptFunction(Function);

#[derive(Debug, Clone)]
pub(super) enum Function {
    Named(String),
    Given(Callback),
}

impl From<&str> for ScriptFunction {
    fn from(name: &str) -> Self {
        Self(Function::Named(name.to_owned()))
    }
}

impl From<String> for ScriptFunction {
    fn from(name: String) -> Self {
        Self(Function::Named(name))
    }
}

impl From<&String> for ScriptFunction {
    fn from(name: &String) -> Self {
        Self(Function::Named(name.clone()))
    }
}

impl From<&Callback> for ScriptFunction {
    fn from(callback: &Callback) -> Self {
        Self(Function::Given(callback.clone()))
    }
}

impl Script {
    pub(super) async fn load(
        host: Host,
        language: Language,
        settings: Settings,
        source: ScriptSource,
        name: String,
    ) -> Result<Self, ScriptFailure> {
        let context = settings.context(&host, &name, None);
        let limits = settings.limits.unwrap_or(host.limits());
        let runtime = host.runtime().map_err(ScriptFailure::of)?;
        let (giver, awaited): (Giver<Loaded>, Awaited<Loaded>) = answer(context.cancel());
        let deadline = giver.limit(&runtime, context.cancel(), settings.timeout);
        let (requests, incoming) = channel();
        let is_usable = Arc::new(AtomicBool::new(true));
        let beginning = Beginning {
            host: host.clone(),
            source,
            language,
            name: name.clone(),
            limits,
            context,
            is_usable: Arc::clone(&is_usable),
        };
        let executor = Executor::Shared(runtime);
        thread(move || beginning.work(executor, &giver, deadline, &incoming))?;
        let (functions, registrations) = awaited.await?;
        let inner = Inner { name, host, settings, requests, functions, registrations, is_usable };
        Ok(Self(Arc::new(inner)))
    }

    /// The name that errors show.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The names of the global functions that the script had once it was loaded, in alphabetical order.
    pub fn functions(&self) -> &[String] {
        &self.0.functions
    }

    /// The watches and schedules that the script asked for, in order. [`Host::serve`] keeps those of files;
    /// here it is for the program to call their handlers.
    pub fn registrations(&self) -> &[Registration] {
        &self.0.registrations
    }

    /// False once a call was ended from outside or went over its memory: what the script knows may be half
    /// changed then. Load it anew.
    pub fn is_usable(&self) -> bool {
        self.0.is_usable.load(Ordering::SeqCst)
    }

    /// Calls a function with these arguments, a tuple with a place for each, and gives what it returned. A
    /// function that takes fewer gets the first ones.
    ///
    /// Dropping the future ends the call.
    ///
    /// # Errors
    /// Why the function failed, and where; [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) where the script has no such function;
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) where it returned something else than `T`; [`ErrorKind::Cancelled`](crate::ErrorKind::Cancelled) where the
    /// script is not [usable](Self::is_usable) any more.
    pub fn call<T: DeserializeOwned + 'static>(
        &self,
        function: impl Into<ScriptFunction>,
        arguments: impl Serialize,
    ) -> BoxFuture<'static, Result<T, ScriptFailure>> {
        let (script, function, arguments) = (self.clone(), function.into(), documents(&arguments));
        Box::pin(async move {
            let begun = script.begin(function, arguments?, None)?;
            read(begun.awaited.await?)
        })
    }

    /// Calls a function and tells all that it did, whether it ended well or not.
    pub fn run<T: DeserializeOwned + 'static>(
        &self,
        function: impl Into<ScriptFunction>,
        arguments: impl Serialize,
    ) -> BoxFuture<'static, Run<T>> {
        let (script, function, arguments) = (self.clone(), function.into(), documents(&arguments));
        Box::pin(async move {
            let calls = Arc::default();
            let begin = |arguments| script.begin(function, arguments, Some(&calls));
            Run::of(arguments.and_then(begin), &calls).await
        })
    }

    fn begin(
        &self,
        function: ScriptFunction,
        arguments: Vec<Bytes>,
        calls: Option<&Arc<Calls>>,
    ) -> Result<Begun, ScriptFailure> {
        let Inner { name, host, settings, requests, .. } = &*self.0;
        let context = settings.context(host, name, calls);
        context.registrations().close();
        let (giver, awaited) = answer(context.cancel());
        let runtime = host.runtime().map_err(ScriptFailure::of)?;
        let _deadline = giver.limit(&runtime, context.cancel(), settings.timeout);
        let at_hand = Arc::clone(&context);
        // Where the thread is gone, the request is dropped, and the answer says so.
        let function = function.0;
        drop(requests.send(Request { function, arguments, context: at_hand, giver, _deadline }));
        Ok(Begun { awaited, context, name: name.clone() })
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script").field("name", &self.0.name).finish_non_exhaustive()
    }
}
