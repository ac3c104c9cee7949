//! Which requests fail.

use axum::http::Method;
use fastrand::Rng;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Fault;
use crate::emulator::pattern::match_path;
use crate::{Error, Result};

/// A rule: requests on this route fail like this. Of the conditions one may be given; with none it
/// fires always.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FaultRule {
    /// A method and a path relative to `/1.0`, such as `GET /contacts/:id`; `*` stands for any of
    /// either, and alone for every request.
    route: String,
    /// The share of matching requests that fail, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    /// Which of the matching requests fail, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    nth: Option<Vec<u64>>,
    /// How many of the first matching requests fail.
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<u64>,
    /// Says in words what no condition says.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    always: bool,
    /// The most times it fires.
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
    fault: Fault,
}

/// A rule and how often it was tried.
#[derive(Debug)]
struct Counted {
    rule: FaultRule,
    matched: u64,
    fired: u64,
}

/// All rules, in the order they are tried.
#[derive(Debug)]
pub(crate) struct FaultRules {
    rules: Vec<Counted>,
    rng: Rng,
}

impl FaultRules {
    /// No rules; `seed` decides what probabilities will come to.
    pub(crate) fn new(seed: u64) -> Self {
        Self { rules: Vec::new(), rng: Rng::with_seed(seed) }
    }

    /// Adds rules behind the others: all of them, or none where one cannot be.
    pub(crate) fn add(&mut self, rules: Vec<FaultRule>) -> Result<()> {
        rules.iter().try_for_each(FaultRule::check)?;
        let counted = |rule| Counted { rule, matched: 0, fired: 0 };
        self.rules.extend(rules.into_iter().map(counted));
        Ok(())
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// The fault of the first rule that fires. Rules behind it are not tried and do not count.
    pub(crate) fn choose(&mut self, method: &Method, path: &str) -> Option<Fault> {
        let Self { rules, rng } = self;
        let fired = rules.iter_mut().find_map(|counted| counted.try_on(method, path, rng));
        fired.cloned()
    }

    /// All rules with their counters, for `GET /__admin/faults`.
    pub(crate) fn to_json(&self) -> Value {
        let rules = self.rules.iter();
        rules
            .map(|counted| {
                let (matched, fired) = (counted.matched, counted.fired);
                json!({ "rule": counted.rule, "matched": matched, "fired": fired })
            })
            .collect()
    }
}

impl Counted {
    /// Counts the request where it matches; its fault where it fires.
    fn try_on(&mut self, method: &Method, path: &str, rng: &mut Rng) -> Option<&Fault> {
        let Self { rule, matched, fired } = self;
        if !rule.matches(method, path) {
            return None;
        }
        *matched += 1;
        let fires = match rule {
            FaultRule { times: Some(times), .. } if *fired >= *times => false,
            FaultRule { probability: Some(share), .. } => rng.f64() < *share,
            FaultRule { nth: Some(numbers), .. } => numbers.contains(matched),
            FaultRule { first: Some(count), .. } => *matched <= *count,
            _ => true,
        };
        *fired += u64::from(fires);
        fires.then_some(&rule.fault)
    }
}

impl FaultRule {
    fn matches(&self, method: &Method, path: &str) -> bool {
        let (wanted, pattern) = self.route.split_once(' ').unwrap_or(("*", &self.route));
        (wanted == "*" || wanted == method.as_str()) && match_path(pattern, path).is_some()
    }

    fn check(&self) -> Result<()> {
        let conditions =
            [self.probability.is_some(), self.nth.is_some(), self.first.is_some(), self.always];
        if conditions.into_iter().filter(|given| *given).count() > 1 {
            return Err(Error::invalid("give one of probability, nth, first and always"));
        }
        if self.probability.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
            return Err(Error::invalid("probability must be 0 to 1"));
        }
        match self.fault {
            Fault::Status { code, .. } | Fault::Html { code, .. }
                if !(200..=599).contains(&code) =>
            {
                Err(Error::invalid("code must be 200 to 599"))
            }
            Fault::Change(ref change) => change.check(),
            _ => Ok(()),
        }
    }
}
