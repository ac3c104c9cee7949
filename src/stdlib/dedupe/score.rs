//! How surely two contacts are the same person.
//!
//! What agrees is independent evidence, so that the doubts multiply. What differs is not proof of the contrary,
//! for people have several addresses and numbers; it takes a tenth away.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::name::{Name, SIMILAR};
use super::options::Options;
use super::person::{Person, with_region};
use crate::Result;
use crate::api::Call;

/// A number or an address belongs to one person, and now and then to a family or an office.
const SAME_PHONE: f64 = 0.95;
const SAME_EMAIL: f64 = 0.95;
/// A first and a last name; many people share them.
pub(super) const SAME_NAME: f64 = 0.85;
/// A first name alone says little.
const SAME_WORD: f64 = 0.5;
pub(super) const SIMILAR_NAME: f64 = 0.8;
const DIFFERENT: f64 = 0.9;
/// Names that are less similar than this are different ones.
const UNLIKE: f64 = 0.7;

/// Why two contacts may be the same person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    Phone,
    Email,
    Name,
    SimilarName,
}

impl Reason {
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Phone => "same phone",
            Self::Email => "same e-mail",
            Self::Name => "same name",
            Self::SimilarName => "similar name",
        }
    }
}

/// A score with its reasons.
#[derive(Debug, Default)]
pub(super) struct Score {
    pub(super) score: f64,
    pub(super) reasons: BTreeSet<Reason>,
}

/// `dedupe.score(one, other, options?)`
pub(super) fn pair(call: &Call) -> Result<Value> {
    let contacts = [call.value(0), call.value(1)];
    let options = with_region(Options::read(call, 2)?, contacts);
    let [one, other] = contacts.map(|contact| Person::of(contact, &options));
    let Score { score, reasons } = compare(&one, &other, &options);
    Ok(json!({ "score": score, "reasons": words(&reasons) }))
}

/// The reasons in words.
pub(super) fn words(reasons: &BTreeSet<Reason>) -> Vec<&'static str> {
    reasons.iter().map(|reason| reason.words()).collect()
}

/// Compares two people.
pub(super) fn compare(one: &Person, other: &Person, options: &Options) -> Score {
    let mut found = Score::default();
    let (mut doubt, mut differing) = (1.0, 0);
    let mut look = |evidence: Option<(f64, Option<Reason>)>| match evidence {
        Some((surely, Some(reason))) => {
            doubt *= 1.0 - surely;
            found.reasons.insert(reason);
        }
        Some((_, None)) => differing += 1,
        None => {}
    };
    look(same(&one.phone, &other.phone, (SAME_PHONE, Reason::Phone)));
    look(same(&one.email, &other.email, (SAME_EMAIL, Reason::Email)));
    look(alike(&one.name, &other.name, options.is_name_alone()));
    let score = (1.0 - doubt) * f64::powi(DIFFERENT, differing);
    found.score = (score * 100.0).round() / 100.0;
    found
}

/// That both have it, and whether it is the same; nothing where one lacks it.
fn same(
    one: &Option<String>,
    other: &Option<String>,
    (surely, reason): (f64, Reason),
) -> Option<(f64, Option<Reason>)> {
    let (one, other) = (one.as_ref()?, other.as_ref()?);
    Some((surely, (one == other).then_some(reason)))
}

fn alike(one: &Name, other: &Name, alone: bool) -> Option<(f64, Option<Reason>)> {
    if one.is_empty() || other.is_empty() {
        return None;
    }
    let similarity = one.similarity(other);
    let same = similarity >= 1.0;
    let reason = if same { Reason::Name } else { Reason::SimilarName };
    let surely = match (same, one.is_full()) {
        _ if alone => similarity,
        (true, true) => SAME_NAME,
        (true, false) => SAME_WORD,
        (false, _) => SIMILAR_NAME * similarity,
    };
    match similarity {
        similar if similar >= SIMILAR => Some((surely, Some(reason))),
        unlike if unlike < UNLIKE => Some((0.0, None)),
        _ => None,
    }
}
