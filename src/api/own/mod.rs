//! An embedder's own functions: scripts call them as they call those of this crate.

mod call;
mod intern;
mod module;
mod names;
mod signature;
mod value;

use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use self::intern::{params, text};
use super::{ApiFn, Call, Example, Handler, Param, ParamType, Pending, ReturnType};
use crate::{Error, Result};

pub use module::OwnModule;
pub(super) use names::check_name;
pub use value::OwnValue;

type Work = Arc<dyn Fn(Call) -> Pending + Send + Sync>;

/// A function of the program's own, which its scripts may call in both languages.
///
/// Its work is an asynchronous closure of the arguments and the [`Call`]. The arguments are read from what
/// the script gave into a tuple with a place for each parameter, `()` where there are none; an optional one
/// that was left out reads as none. The result is whatever can be written as JSON. An error, or a panic,
/// is an error in the script.
///
/// ```
/// # #[cfg(all(feature = "lua", feature = "rhai"))] {
/// use cliengo::api::{Context, OwnFunction, ParamType, Registry};
/// use cliengo::engine::{Executor, Language, Limits, Source, run};
///
/// let score = OwnFunction::new("crm.score", |(name, weight): (String, Option<f64>), _| async move {
///     Ok(name.len() as f64 * weight.unwrap_or(1.0))
/// })
/// .param("name", ParamType::Text, "The contact's name.")
/// .optional_param("weight", ParamType::Any, "How much a letter counts; 1 unless given.")
/// .returns("a number")
/// .doc("Says how good a lead is.");
/// let registry = Registry::builtin().with(score)?;
/// for language in [Language::Lua, Language::Rhai] {
///     let context = Context::builder().registry(registry.clone()).build();
///     let source = Source::from_code("crm.score('Ana', 2)".replace('\'', "\""), language);
///     let result = run(&source, &context, Limits::default(), Executor::own()).unwrap();
///     assert_eq!(result.as_f64(), Some(6.0));
/// }
/// # }
/// # Ok::<(), cliengo::Error>(())
/// ```
#[derive(Clone)]
pub struct OwnFunction {
    path: String,
    params: Vec<Param>,
    returns: String,
    gives: ReturnType,
    doc: String,
    example: Example,
    mutates: bool,
    work: Work,
}

impl OwnFunction {
    /// A function that scripts find at `path`: `"crm.score"`, or `"score"` without a namespace.
    pub fn new<A, W, F, R>(path: impl Into<String>, work: W) -> Self
    where
        A: DeserializeOwned + 'static,
        W: Fn(A, Call) -> F + Send + Sync + 'static,
        F: Future<Output = Result<R>> + Send + 'static,
        R: Serialize + 'static,
    {
        let (path, params) = (path.into(), Vec::new());
        let (returns, doc) = ("a value".to_owned(), String::new());
        let example = Example { lua: "", rhai: "", expect: "null" };
        let work = call::handler(path.clone(), work);
        let gives = ReturnType::Any;
        Self { path, params, returns, gives, doc, example, mutates: false, work }
    }

    /// A function by its signature, `"crm.score(contact, weight?)"`, where `?` marks what may be left out;
    /// each parameter takes any value that the closure's type reads.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where the signature cannot be read.
    pub fn from_signature<A, W, F, R>(signature: &str, work: W) -> Result<Self>
    where
        A: DeserializeOwned + 'static,
        W: Fn(A, Call) -> F + Send + Sync + 'static,
        F: Future<Output = Result<R>> + Send + 'static,
        R: Serialize + 'static,
    {
        let signature::Signature { path, params } = signature::parse(signature)?;
        let doc = |optional| if optional { "A value; it may be left out." } else { "A value." };
        let with = |function: Self, (name, optional): (&str, bool)| {
            function.with(name, ParamType::Any, optional, doc(optional))
        };
        let function = Self::new(path, work).doc("A function of the program's own.");
        Ok(params.into_iter().fold(function, with))
    }

    /// One more parameter. One that takes a function of the script reads as `()` in the arguments: the
    /// [`Call`] holds the function, and the loaded script calls it.
    #[must_use]
    pub fn param(self, name: &str, kind: ParamType, doc: &str) -> Self {
        self.with(name, kind, false, doc)
    }

    /// One more parameter, which may be left out.
    #[must_use]
    pub fn optional_param(self, name: &str, kind: ParamType, doc: &str) -> Self {
        self.with(name, kind, true, doc)
    }

    fn with(mut self, name: &str, kind: ParamType, optional: bool, doc: &str) -> Self {
        self.params.push(Param { name: text(name), kind, optional, doc: text(doc) });
        self
    }

    /// What it gives, in words: `"a number"`.
    #[must_use]
    pub fn returns(mut self, returns: impl Into<String>) -> Self {
        self.returns = returns.into();
        self
    }

    /// The type of what it gives, for editors; any value unless told.
    #[must_use]
    pub fn gives(mut self, gives: ReturnType) -> Self {
        self.gives = gives;
        self
    }

    /// What it does, in sentences.
    #[must_use]
    pub fn doc(mut self, doc: impl Into<String>) -> Self {
        self.doc = doc.into();
        self
    }

    /// The same few lines in both languages, with what both give as JSON.
    #[must_use]
    pub fn example(mut self, lua: &str, rhai: &str, expect: &str) -> Self {
        self.example = Example { lua: text(lua), rhai: text(rhai), expect: text(expect) };
        self
    }

    /// It changes something: a run that may only read refuses it, and a rehearsal notes it and does not
    /// call it.
    #[must_use]
    pub fn mutates(mut self) -> Self {
        self.mutates = true;
        self
    }

    /// The function as the registry keeps it.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for parameters that cannot be.
    pub(super) fn build(self) -> Result<ApiFn> {
        let is_step = |param: &&Param| param.kind == ParamType::Step;
        if let Some(step) = self.params.iter().find(is_step) {
            let message =
                format!("{}: {} is a step, which only this crate can call", self.path, step.name);
            return Err(Error::invalid(message).with_hint("take a ParamType::Function"));
        }
        Ok(ApiFn {
            path: text(&self.path),
            alias: None,
            params: params(self.params),
            returns: text(&self.returns),
            gives: self.gives,
            doc: text(&self.doc),
            example: self.example,
            errors: &[],
            mutates: self.mutates,
            handler: Handler::Own(self.work),
        })
    }
}

impl fmt::Debug for OwnFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnFunction").field("path", &self.path).finish_non_exhaustive()
    }
}
