//! A function's path and the names of its parameters, as one text: `crm.score(contact, weight?)`.

use crate::{Error, Result};

/// What a signature says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Signature<'a> {
    pub(super) path: &'a str,
    /// Each parameter's name, and whether it may be left out.
    pub(super) params: Vec<(&'a str, bool)>,
}

/// Reads a signature. Whether its path can be a function's name is for the registry to say.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where it is none.
pub(super) fn parse(text: &str) -> Result<Signature<'_>> {
    let wrong = |why: &str| {
        Err(Error::invalid(format!("\"{text}\" is no signature: {why}"))
            .with_hint("write it like \"crm.score(contact, weight?)\""))
    };
    let Some((path, rest)) = text.trim().split_once('(') else {
        return wrong("its parameters are missing");
    };
    let Some(names) = rest.strip_suffix(')') else { return wrong("its end is not \")\"") };
    let mut params: Vec<(&str, bool)> = Vec::new();
    for name in names.split(',').map(str::trim) {
        if name.is_empty() && names.trim().is_empty() {
            break;
        }
        let (name, optional) = match name.strip_suffix('?') {
            Some(name) => (name.trim_end(), true),
            None => (name, false),
        };
        if !is_name(name) || params.iter().any(|(known, _)| *known == name) {
            return wrong("each parameter is to have a name of its own");
        }
        if !optional && params.last().is_some_and(|(_, optional)| *optional) {
            return wrong("what may be left out comes last");
        }
        params.push((name, optional));
    }
    Ok(Signature { path: path.trim(), params })
}

/// True for a name as both languages have them.
pub(super) fn is_name(text: &str) -> bool {
    let first = text.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
    first && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_read_with_what_may_be_left_out() {
        let read = |text| parse(text).map(|it| (it.path, it.params)).unwrap();
        assert_eq!(
            read("crm.score(contact, weight?)"),
            ("crm.score", vec![("contact", false), ("weight", true)])
        );
        assert_eq!(read(" beat ( ) "), ("beat", vec![]));
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        for text in
            ["", "crm.score", "f(", "f(a", "f)a(", "f(a,)", "f(,a)", "f(a, a)", "f(a?, b)", "f(1)"]
        {
            let error = parse(text).unwrap_err();
            assert!(error.message.contains("is no signature") && error.hint.is_some(), "{text}");
        }
    }
}
