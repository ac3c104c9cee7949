//! A plan as JSON, and back. What comes back is the plan as it was made, or an error.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Plan, PlanAccount, PlanCounts, PlanItem};
use crate::{Error, Result};

/// The version of the form.
const VERSION: u64 = 1;
/// Holds the hash of all else.
const CHECK: &str = "check";
const MAKE_ANOTHER: &str = "make the plan again: run the script with dry run";

/// The form of a plan, in the order in which a person reads it.
#[derive(Debug, Serialize)]
struct Saved<'a> {
    version: u64,
    id: &'a str,
    script: &'a str,
    made: Timestamp,
    account: &'a Option<PlanAccount>,
    complete: bool,
    counts: PlanCounts,
    items: &'a [PlanItem],
    result: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<String>,
}

/// What is read of it. `counts` follow from the items.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(rename = "version")]
    _version: u64,
    id: String,
    script: String,
    made: Timestamp,
    account: Option<PlanAccount>,
    complete: bool,
    #[serde(rename = "counts")]
    _counts: Value,
    items: Vec<PlanItem>,
    result: Value,
}

impl Plan {
    /// The plan as JSON, on one line or indented.
    pub fn to_json(&self, indented: bool) -> String {
        let mut saved = Saved {
            version: VERSION,
            id: &self.id,
            script: &self.script,
            made: self.made,
            account: &self.account,
            complete: self.complete,
            counts: self.counts(),
            items: &self.items,
            result: &self.result,
            check: None,
        };
        saved.check = Some(hash(&serde_json::to_value(&saved).unwrap_or_default()));
        let json = match indented {
            true => serde_json::to_string_pretty(&saved),
            false => serde_json::to_string(&saved),
        };
        json.unwrap_or_default()
    }

    /// Reads a plan, which must be as it was made: it says what is sent.
    ///
    /// ```
    /// use cliengo::api::Plan;
    ///
    /// let error = Plan::from_json(br#"{ "version": 7 }"#).unwrap_err();
    /// assert_eq!(error.message, "the plan has the version 7, and this program knows 1");
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for what is no plan, is of another version, or was
    /// changed since it was made.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        let mut plan = parsed(json)?;
        let Some(fields) = plan.as_object_mut().filter(|plan| plan.contains_key("version")) else {
            return Err(Error::invalid("this is no plan").with_hint(
                "a plan is what a dry run saves, whole: not one line of it, and not another output",
            ));
        };
        if fields["version"] != VERSION {
            let message = format!(
                "the plan has the version {}, and this program knows {VERSION}",
                fields["version"]
            );
            return Err(Error::invalid(message).with_hint(MAKE_ANOTHER));
        }
        let check = fields.remove(CHECK);
        if check.as_ref().and_then(Value::as_str) != Some(&hash(&plan)) {
            return Err(Error::invalid("the plan was changed since it was made, or is damaged")
                .with_hint(MAKE_ANOTHER));
        }
        let Read { id, script, made, account, complete, items, result, .. } =
            serde_json::from_value(plan).map_err(|error| damaged(&error))?;
        super::trusted::check(&id, &items)?;
        Ok(Self { id, script, made, account, complete, items, result })
    }
}

/// The JSON as a value, every number as it stands there: serde_json's own parser rounds some.
fn parsed(json: &[u8]) -> Result<Value> {
    // It goes as deep as the text is nested.
    serde_json::from_slice::<serde::de::IgnoredAny>(json).map_err(|error| damaged(&error))?;
    sonic_rs::from_slice(json).map_err(|error| damaged(&error))
}

fn damaged(error: &dyn std::fmt::Display) -> Error {
    let error = error.to_string();
    let error = error.lines().next().unwrap_or_default();
    Error::invalid(format!("the plan is damaged: {error}")).with_hint(MAKE_ANOTHER)
}

/// SHA-256 over the JSON with its names in order, so that indenting it anew changes nothing.
fn hash(plan: &Value) -> String {
    let hash = ring::digest::digest(&ring::digest::SHA256, plan.to_string().as_bytes());
    let digits: String = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{digits}")
}
