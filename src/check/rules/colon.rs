//! Functions of the registry that are called with a colon, which would give them their namespace.

use crate::check::facts::ApiCall;
use crate::check::{Code, Finding};

pub(super) fn called(it: &ApiCall<'_>) -> Option<Finding> {
    if !it.call.colon {
        return None;
    }
    let path = it.function.full_path();
    let message = format!("{path} is called with a dot, not with a colon");
    let hint = format!("write {}", it.function.usage());
    Some(Finding::new(Code::ColonCall, it.name.place, message).with_hint(hint))
}
