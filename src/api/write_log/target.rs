//! What a write is about, by its method and its path.

use percent_encoding::percent_decode_str;

use crate::client::{Method, Request};
use crate::store::WriteKind;

/// What a write is about.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) kind: WriteKind,
    /// The contact, where the path names one.
    pub(super) contact: Option<String>,
}

/// What the request would change. A path that a script wrote itself may have another case, or slashes too
/// many, and still reach its contact.
pub(super) fn target(request: &Request) -> Target {
    let path = request.path().split(['?', '#']).next().unwrap_or_default();
    let decoded = |part| percent_decode_str(part).decode_utf8_lossy().into_owned();
    let parts: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(decoded).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match &parts[..] {
        ["contacts"] => Target { kind: of_all(request.method()), contact: None },
        [contacts, id, below @ ..] if contacts.eq_ignore_ascii_case("contacts") => {
            let kind = of_one(request.method(), below.is_empty());
            Target { kind, contact: Some((*id).to_owned()) }
        }
        [contacts] if contacts.eq_ignore_ascii_case("contacts") => {
            Target { kind: of_all(request.method()), contact: None }
        }
        _ => Target { kind: WriteKind::Other, contact: None },
    }
}

fn of_all(method: Method) -> WriteKind {
    if method == Method::Post { WriteKind::Create } else { WriteKind::Other }
}

fn of_one(method: Method, is_whole: bool) -> WriteKind {
    match method {
        Method::Delete if is_whole => WriteKind::Delete,
        Method::Post if !is_whole => WriteKind::Add,
        _ => WriteKind::Update,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(method: Method, path: &str) -> (WriteKind, Option<String>) {
        let Target { kind, contact } = target(&Request::with_path(method, path.to_owned()));
        (kind, contact)
    }

    #[test]
    fn a_write_is_known_by_its_method_and_path() {
        use Method::{Delete, Patch, Post, Put};
        let a = || Some("a".to_owned());
        assert_eq!(of(Post, "/contacts"), (WriteKind::Create, None));
        assert_eq!(of(Patch, "/contacts/a"), (WriteKind::Update, a()));
        assert_eq!(of(Put, "/contacts/a/status"), (WriteKind::Update, a()));
        assert_eq!(of(Delete, "/contacts/a"), (WriteKind::Delete, a()));
        assert_eq!(of(Post, "/contacts/a/tags"), (WriteKind::Add, a()));
        assert_eq!(of(Post, "/conversations"), (WriteKind::Other, None));
    }

    #[test]
    fn a_path_that_a_script_wrote_itself_is_seen_through() {
        for path in ["/contacts/a?x=1", "//contacts//a/", "/Contacts/%61", "/contacts/a#b"] {
            let (kind, contact) = of(Method::Delete, path);
            assert_eq!((kind, contact.as_deref()), (WriteKind::Delete, Some("a")), "{path}");
        }
    }
}
