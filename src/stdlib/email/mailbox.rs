//! The one spelling of a mailbox.

use super::address::parts;

/// Providers that ignore what follows a `+`.
const PLUS: &[&str] = &[
    "gmail",
    "outlook",
    "hotmail",
    "live",
    "msn",
    "icloud",
    "me",
    "fastmail",
    "proton",
    "protonmail",
];

/// The address without what its provider ignores; other providers' addresses stay, for they may mean it.
pub(in crate::stdlib) fn mailbox(address: &str) -> String {
    let Some((local, domain)) = parts(address) else { return address.to_owned() };
    let domain = if domain == "googlemail.com" { "gmail.com" } else { domain };
    let provider = domain.split('.').next().unwrap_or_default();
    let bare = match local.split_once('+') {
        Some((bare, _)) if PLUS.contains(&provider) && !bare.is_empty() => bare,
        _ => local,
    };
    let bare = if domain == "gmail.com" { bare.replace('.', "") } else { bare.to_owned() };
    format!("{bare}@{domain}")
}
