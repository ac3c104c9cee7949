//! The types that Rhai scripts meet besides its own.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use bytes::Bytes;
use rhai::{Array, Dynamic, Engine, EvalAltResult, Map, Position};

use super::decode::decode;
use super::encode::error_map;
use crate::api::{Sequence, memory};
use crate::engine::bridge::Bridge;
use crate::engine::failure::answer_too_large;
use crate::{Error, Result};

/// An error that a call raised: `catch (problem) { problem.kind }`.
#[derive(Debug, Clone)]
pub(super) struct Problem(pub(super) Rc<Error>);

impl Problem {
    pub(super) fn register(engine: &mut Engine) {
        engine.register_type_with_name::<Self>("error");
        engine.register_indexer_get(|problem: &mut Self, name: &str| {
            error_map(&problem.0).remove(name).unwrap_or(Dynamic::UNIT)
        });
        engine.register_fn("to_string", |problem: &mut Self| problem.0.to_string());
        engine.register_fn("to_debug", |problem: &mut Self| problem.0.to_string());
        engine.register_fn("print", |problem: &mut Self| problem.0.to_string());
        engine.register_fn("+", |text: &str, problem: Self| format!("{text}{}", problem.0));
    }
}

/// Raises an error of ours in a script. Once the run is ended nothing can catch it.
pub(super) fn raise(bridge: &Bridge, error: Error) -> Box<EvalAltResult> {
    if bridge.context().cancel().reason().is_some() {
        return EvalAltResult::ErrorTerminated(Dynamic::UNIT, Position::NONE).into();
    }
    let problem = Dynamic::from(Problem(Rc::new(error)));
    EvalAltResult::ErrorRuntime(problem, Position::NONE).into()
}

/// `#{ ok, value }` or `#{ ok, error }` for each item.
pub(super) fn outcomes(outcomes: Vec<Result<Bytes>>) -> Result<Dynamic> {
    let entry = |outcome: Result<Bytes>| {
        if memory::exceeded() {
            return Err(answer_too_large());
        }
        let ok = Dynamic::from_bool(outcome.is_ok());
        let (name, value) = match outcome {
            Ok(json) => ("value", decode(&json)?),
            Err(error) => ("error", Dynamic::from(Problem(Rc::new(error)))),
        };
        let entry: Map = [("ok".into(), ok), (name.into(), value)].into();
        Ok(Dynamic::from_map(entry))
    };
    outcomes.into_iter().map(entry).collect::<Result<Array>>().map(Dynamic::from_array)
}

/// A lazy list: `for contact in cliengo.contacts.each() { … }`.
#[derive(Clone)]
pub(super) struct Rows(Rc<RefCell<RowsState>>);

struct RowsState {
    bridge: Rc<Bridge>,
    sequence: Sequence,
    fetched: VecDeque<Bytes>,
    ended: bool,
}

impl Rows {
    pub(super) fn new(bridge: &Rc<Bridge>, sequence: Sequence) -> Self {
        let (bridge, fetched) = (Rc::clone(bridge), VecDeque::new());
        Self(Rc::new(RefCell::new(RowsState { bridge, sequence, fetched, ended: false })))
    }

    pub(super) fn register(engine: &mut Engine) {
        engine.register_type_with_name::<Self>("rows");
        engine.register_iterator_result::<Self, Dynamic>();
    }
}

impl IntoIterator for Rows {
    type Item = Result<Dynamic, Box<EvalAltResult>>;
    type IntoIter = RowsIterator;

    fn into_iter(self) -> RowsIterator {
        RowsIterator(self)
    }
}

/// One pass over [`Rows`].
pub(super) struct RowsIterator(Rows);

impl Iterator for RowsIterator {
    type Item = Result<Dynamic, Box<EvalAltResult>>;

    fn next(&mut self) -> Option<Self::Item> {
        let state = &mut *self.0.0.borrow_mut();
        if state.fetched.is_empty() && !state.ended {
            match state.bridge.next_page(&mut state.sequence) {
                Ok(Some(page)) => state.fetched.extend(page),
                Ok(None) => state.ended = true,
                Err(error) => {
                    state.ended = true;
                    return Some(Err(raise(&state.bridge, error)));
                }
            }
        }
        let row = decode(&state.fetched.pop_front()?);
        Some(row.map_err(|error| raise(&state.bridge, error)))
    }
}
