//! Reads an address.

use email_address::{EmailAddress, Options as Rules};
use serde_json::Value;

use super::mailbox::mailbox;
use super::providers::is_provider;
use crate::Result;
use crate::api::{Call, Named};
use crate::schema::FieldType;

/// The options of `email.normalize`.
pub(super) const NORMALIZE_OPTIONS: &[Named] = &[Named::new(
    "mailbox",
    "True leaves out what the provider ignores: what follows a `+`, and the dots of Gmail.",
)
.of(FieldType::Truth)];

/// `email.valid(text?)`
pub(super) fn valid(call: &Call) -> Result<Value> {
    Ok(normal(call.text(0)).is_some().into())
}

/// `email.normalize(text?, options?)`
pub(super) fn normalize(call: &Call) -> Result<Value> {
    let whole = call.option(1, "mailbox").as_bool().unwrap_or(false);
    let address = normal(call.text(0)).map(|it| if whole { mailbox(&it) } else { it });
    Ok(address.map_or(Value::Null, Value::from))
}

/// `email.domain(text?)`
pub(super) fn domain(call: &Call) -> Result<Value> {
    let address = normal(call.text(0));
    let domain = address.as_deref().and_then(parts).map(|(_, domain)| domain);
    Ok(domain.map_or(Value::Null, Value::from))
}

/// `email.is_free(text?)`
pub(super) fn is_free(call: &Call) -> Result<Value> {
    let address = normal(call.text(0));
    let domain = address.as_deref().and_then(parts).map(|(_, domain)| domain);
    Ok(domain.is_some_and(is_provider).into())
}

/// The address in lower case, where it is valid. Capitals in front of the `@` could tell two people apart by
/// the standard, and do so nowhere.
pub(in crate::stdlib) fn normal(text: &str) -> Option<String> {
    let address = text.trim().to_lowercase();
    let rules =
        Rules::default().without_display_text().without_domain_literal().with_required_tld();
    EmailAddress::parse_with_options(&address, rules).ok()?;
    let (local, domain) = parts(&address)?;
    // Nobody types quotes on purpose.
    (is_domain(domain) && !local.starts_with('"')).then_some(address)
}

/// True for what can be registered: the library takes any character that a mail may carry.
fn is_domain(domain: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '.';
    let last = domain.rsplit('.').next().unwrap_or_default();
    let is_number = last.bytes().any(|byte| byte.is_ascii_digit()) && !last.starts_with("xn--");
    domain.chars().all(is_letter) && last.len() >= 2 && !is_number
}

/// What stands in front of the last `@`, and behind it.
pub(super) fn parts(address: &str) -> Option<(&str, &str)> {
    address.rsplit_once('@')
}
