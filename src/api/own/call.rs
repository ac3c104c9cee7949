//! One call of an embedder's own function: its arguments into Rust's types, its result back, and no panic
//! further than to here.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use futures_util::FutureExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use super::Work;
use crate::api::{Answer, Call, Pending, reading};
use crate::{Error, Result};

/// What a script cannot mend.
const MISTAKE: &str = "this is a mistake of the program that the function belongs to";

/// The closure as the registry calls it.
pub(super) fn handler<A, W, F, R>(path: String, work: W) -> Work
where
    A: DeserializeOwned + 'static,
    W: Fn(A, Call) -> F + Send + Sync + 'static,
    F: Future<Output = Result<R>> + Send + 'static,
    R: Serialize + 'static,
{
    let path: Arc<str> = path.into();
    Arc::new(move |call: Call| -> Pending {
        let path = Arc::clone(&path);
        let arguments = match read::<A>(&path, &call) {
            Ok(arguments) => arguments,
            Err(error) => return Box::pin(std::future::ready(Err(error))),
        };
        match catch_unwind(AssertUnwindSafe(|| work(arguments, call))) {
            Ok(done) => Box::pin(async move {
                let ended = AssertUnwindSafe(done).catch_unwind().await;
                written(&path, &ended.map_err(|panic| panicked(&path, &*panic))??)
            }),
            Err(panic) => Box::pin(std::future::ready(Err(panicked(&path, &*panic)))),
        }
    })
}

fn read<A: DeserializeOwned>(path: &str, call: &Call) -> Result<A> {
    let values = call.values();
    if values.is_empty() {
        // `()` reads from nothing, and from no list.
        if let Ok(arguments) = A::deserialize(Value::Null) {
            return Ok(arguments);
        }
    }
    reading::read(Value::Array(values.to_vec())).map_err(|misfit| {
        let (segments, error) = (misfit.path.iter(), misfit.error);
        let parameter = match segments.into_iter().next() {
            Some(Segment::Seq { index }) => call.name(*index),
            _ => None,
        };
        // Nothing is wrong with any of them: the closure takes more, or fewer, or no tuple.
        let Some(parameter) = parameter else {
            let message = format!("{path}: its parameters are not those of its closure: {error}");
            return Error::invalid(message).with_hint(MISTAKE);
        };
        let whole = misfit.path.to_string();
        let within = whole.split_once(']').map_or("", |(_, within)| within);
        Error::invalid(format!("{path}: {parameter}{within}: {error}"))
    })
}

fn written(path: &str, result: &impl Serialize) -> Result<Answer> {
    let json = serde_json::to_vec(result)
        .map_err(|error| Error::invalid(format!("{path}: its result is no JSON: {error}")))?;
    Ok(Answer::Json(json.into()))
}

fn panicked(path: &str, panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Error::invalid(format!("{path} panicked: {}", text.unwrap_or("it does not say why")))
        .with_hint(MISTAKE)
}
