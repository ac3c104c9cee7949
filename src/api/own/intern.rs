//! Texts that are kept for the life of the program, one copy of each: what is known of a function is
//! constant, and an embedder's own is known only when the program runs.

use std::sync::{Mutex, PoisonError};

use crate::api::Param;

/// The text, for ever.
pub(super) fn text(text: &str) -> &'static str {
    static TEXTS: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = texts.iter().find(|known| **known == text) {
        return known;
    }
    let kept: &'static str = Box::leak(text.into());
    texts.push(kept);
    kept
}

/// The parameters, for ever.
pub(super) fn params(params: Vec<Param>) -> &'static [Param] {
    static LISTS: Mutex<Vec<&'static [Param]>> = Mutex::new(Vec::new());
    let mut lists = LISTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lists.iter().find(|known| **known == params) {
        return known;
    }
    let kept: &'static [Param] = Box::leak(params.into());
    lists.push(kept);
    kept
}
