//! A plan is a file, and a file can come from anywhere: what may be sent of it.

use super::{PlanAction, PlanItem};
use crate::api::call::{is_reserved, safe_path};
use crate::api::rehearsal::parts;
use crate::client::Method;
use crate::{Error, Result};

/// That every item is a write of this API, and does what it says.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid), and [`ErrorKind::Denied`](crate::ErrorKind::Denied) for
/// a path that leads elsewhere.
pub(super) fn check(id: &str, items: &[PlanItem]) -> Result<()> {
    if id.len() != 32 || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(wrong("its id is none"));
    }
    for (place, item) in items.iter().enumerate() {
        let number = item.number;
        if number != place as u64 + 1 {
            return Err(wrong(&format!("item {number} stands in place {}", place + 1)));
        }
        if item.is_outside() {
            continue;
        }
        let contact = item.contact.clone().filter(|_| item.action != PlanAction::Create);
        let says = (item.action, contact);
        if !Method::parse(&item.method)?.is_write() || says != does(item) {
            return Err(wrong(&format!("item {number} does not do what it says")));
        }
        safe_path(&item.path).map_err(|error| error.within(format_args!("item {number}")))?;
        if item.headers.keys().any(|name| is_reserved(name)) {
            return Err(wrong(&format!("item {number} sets a header that cannot be set")));
        }
    }
    Ok(())
}

/// What the request does, and to which contact.
fn does(item: &PlanItem) -> (PlanAction, Option<String>) {
    let parts = parts(&item.path);
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    match (item.method.as_str(), &parts[..]) {
        ("POST", ["contacts"]) => (PlanAction::Create, None),
        ("DELETE", ["contacts", id]) => (PlanAction::Delete, Some((*id).to_owned())),
        ("PATCH", ["contacts", id])
        | ("PUT", ["contacts", id, "status"])
        | ("POST", ["contacts", id, "tags" | "notes" | "messages"]) => {
            (PlanAction::Update, Some((*id).to_owned()))
        }
        _ => (PlanAction::Other, None),
    }
}

fn wrong(why: &str) -> Error {
    Error::invalid(format!("the plan is no plan of this program: {why}"))
        .with_hint("make the plan again: run the script with dry run")
}
