//! The address that was probably meant.

use serde_json::Value;
use strsim::damerau_levenshtein;

use super::address::{normal, parts};
use super::providers::{PROVIDERS, Provider, is_provider};
use crate::Result;
use crate::api::Call;

/// What people type for `com`, and what no registry has.
const COM: &[&str] = &[
    "con", "cmo", "ocm", "comm", "coom", "vom", "xom", "cim", "cpm", "conm", "clm", "cok", "c0m",
    "comn", "com,",
];

/// No address is longer (RFC 5321, 4.5.3.1.3), and what is not near to one costs a table of all its letters.
const LONGEST: usize = 254;

/// `email.suggest(text?)`
pub(super) fn suggest(call: &Call) -> Result<Value> {
    // A comma is beside the dot on the keyboard.
    let typed = call.text(0).trim().to_lowercase().replace(',', ".");
    let sane = Some(&typed).filter(|typed| typed.len() <= LONGEST);
    let meant = sane.and_then(|typed| parts(typed)).and_then(|(local, domain)| {
        let meant = meant(domain.trim_end_matches('.'))?;
        normal(&format!("{local}@{meant}"))
    });
    let other = meant.filter(|meant| meant != call.text(0).trim().to_lowercase().as_str());
    Ok(other.map_or(Value::Null, Value::from))
}

/// The domain that was meant; none where nothing is known of it.
fn meant(typed: &str) -> Option<String> {
    let (name, ending) = typed.split_once('.').unwrap_or_else(|| glued(typed));
    let labels = ending.split('.').map(|label| if COM.contains(&label) { "com" } else { label });
    let ending = labels.collect::<Vec<_>>().join(".");
    let domain = format!("{name}.{ending}");
    if is_provider(&domain) {
        return Some(domain);
    }
    let Some(provider) = provider(name) else {
        return Some(domain).filter(|domain| domain != typed);
    };
    // A country that is not listed may have addresses of the provider all the same.
    let is_country = ending.len() == 2 && provider.name == name && provider.endings.len() > 1;
    let ending = provider.endings.iter().min_by_key(|known| damerau_levenshtein(known, &ending))?;
    (!is_country).then(|| format!("{}.{ending}", provider.name))
}

/// `gmailcom` without its dot, or `gmail` alone.
fn glued(typed: &str) -> (&str, &str) {
    match typed.strip_suffix("com") {
        Some(name) if !name.is_empty() => (name, "com"),
        _ => (typed, "com"),
    }
}

/// The provider of this name, or of the one that it is near to.
fn provider(name: &str) -> Option<&'static Provider> {
    let near = |it: &&Provider| {
        let most = if it.name.len() > 5 { 2 } else { 1 };
        it.misspelt && damerau_levenshtein(it.name, name) <= most
    };
    let known = PROVIDERS.iter().any(|it| it.name == name && !it.misspelt);
    PROVIDERS
        .iter()
        .filter(near)
        .min_by_key(|it| damerau_levenshtein(it.name, name))
        .filter(|_| !known)
}
