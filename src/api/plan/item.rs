//! One write of a plan.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::client::{Client, routes};
use crate::schema::Difference;
use crate::{ErrorKind, Result};

/// The method of an item that is the call of a function outside the account.
const CALL: &str = "call";

/// The account that a plan is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAccount {
    /// The account's id.
    pub id: String,
    /// Its name, where it has one.
    pub name: Option<String>,
}

impl PlanAccount {
    /// `Grupo Ejemplo (5e8f…)`
    pub(super) fn describe(&self) -> String {
        match &self.name {
            Some(name) => format!("{name} ({})", self.id),
            None => self.id.clone(),
        }
    }

    /// The account of this client; none where the API does not tell.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub(in crate::api) async fn of(client: &Client) -> Result<Option<Self>> {
        let account: Value = match client.send(&routes::get(&["account"])?).await {
            Ok(answer) => answer.json().unwrap_or_default(),
            Err(error) if error.kind == ErrorKind::NotFound => Value::Null,
            Err(error) => return Err(error),
        };
        let text = |name: &str| account[name].as_str().map(str::to_owned);
        Ok(text("id").map(|id| Self { id, name: text("name") }))
    }
}

/// What an item does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanAction {
    /// It creates a contact.
    Create,
    /// It changes a contact, or adds a tag, a note or a message to it.
    Update,
    /// It deletes a contact.
    Delete,
    /// Any other call, or an effect outside the account.
    Other,
}

impl PlanAction {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Other => "other",
        }
    }
}

/// One write of a plan: the request that would have been sent, and what it would have changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PlanItem {
    /// Its place in the plan, from 1.
    pub number: u64,
    /// What it does.
    pub action: PlanAction,
    /// The id of the contact that it is about: an invented one (`d0d0…`) for a contact that the plan creates.
    pub contact: Option<String>,
    /// What the contact is called, where that is known.
    pub name: Option<String>,
    /// The HTTP method; `call` for an effect outside the account.
    pub method: String,
    /// The path relative to the base URL, with its query; the function's name for a `call`.
    pub path: String,
    /// Headers of the request's own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// The JSON that is sent; the arguments of a `call`; null for none.
    pub body: Value,
    /// The body to the byte, where it is not the JSON of `body`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The id that the rehearsal invented for what this creates. Later items may name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creates: Option<String>,
    /// The contact before the plan, on the first item about it.
    pub before: Option<Map<String, Value>>,
    /// What changes. An added note or message is a change of `notes` or `messages` from null to its text.
    pub changes: Vec<Difference>,
}

impl PlanItem {
    /// The call of a function that changes something outside the account.
    pub(in crate::api) fn call(path: &str, arguments: Vec<Value>) -> Self {
        Self {
            number: 0,
            action: PlanAction::Other,
            contact: None,
            name: None,
            method: CALL.to_owned(),
            path: path.to_owned(),
            headers: BTreeMap::new(),
            body: arguments.into(),
            text: None,
            creates: None,
            before: None,
            changes: Vec::new(),
        }
    }

    /// True for an effect outside the account, which only the script itself can have.
    pub fn is_outside(&self) -> bool {
        self.method == CALL
    }
}
