//! Results that nobody uses, of calls that do nothing else.

use crate::check::facts::ApiCall;
use crate::check::kinds::only_asks;
use crate::check::{Code, Finding};

pub(super) fn unused(it: &ApiCall<'_>) -> Option<Finding> {
    if !it.discarded || it.function.is_own() || !only_asks(it.function.path) {
        return None;
    }
    let message = format!("the result of {} is not used", it.function.path);
    let hint = "return it, put it into a variable, or leave the call out".to_owned();
    Some(Finding::new(Code::UnusedResult, it.name.place, message).with_hint(hint))
}
