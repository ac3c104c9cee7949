//! What a program gives to create or change a contact.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// A field of a change: left alone, cleared, or set.
///
/// ```
/// use cliengo::client::{ContactChanges, Patch};
///
/// let changes = ContactChanges { rating: 5.into(), phone: Patch::Null, ..Default::default() };
/// assert_eq!(serde_json::to_string(&changes)?, r#"{"phone":null,"rating":5}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// Leaves the field as it is; nothing is sent.
    #[default]
    Absent,
    /// Clears the field; null is sent.
    Null,
    /// Sets the field.
    Value(T),
}

impl<T> Patch<T> {
    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent | Self::Null => serializer.serialize_none(),
            Self::Value(value) => value.serialize(serializer),
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Patch<String> {
    fn from(text: &str) -> Self {
        Self::Value(text.to_owned())
    }
}

macro_rules! input {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $($(#[$field_doc])* #[serde(skip_serializing_if = "Patch::is_absent")] pub $field: Patch<$kind>,)*
            /// Further fields by their names; they are checked like the others.
            #[serde(flatten)]
            pub extra: Map<String, Value>,
        }
    };
}

input! {
    /// A contact to create. `website_id` is needed; the rest of the API's fields goes into `extra`.
    NewContact {
        /// The site the contact belongs to, from `sites().list()`. Needed.
        website_id: String,
        /// First name, or the whole name.
        name: String,
        /// Last name.
        last_name: String,
        /// E-mail address.
        email: String,
        /// Phone number.
        phone: String,
        /// What the contact wrote.
        message: String,
        /// `NEW`, `ACTIVE`, `LONG_TERM` or `CLIENT`.
        status: String,
        /// A user's id, or `UNASSIGNED`.
        assigned_to: String,
        /// Fields of the account's own.
        custom_fields: Map<String, Value>,
    }
}

input! {
    /// Changes of a contact: only what is set is sent.
    ContactChanges {
        /// First name, or the whole name.
        name: String,
        /// E-mail address.
        email: String,
        /// Phone number.
        phone: String,
        /// `NEW`, `ACTIVE`, `LONG_TERM` or `CLIENT`.
        status: String,
        /// A finer status of the account's own.
        sub_status: String,
        /// 0 to 5.
        rating: u8,
        /// A user's id, or `UNASSIGNED`.
        assigned_to: String,
        /// When the contact is to be dealt with: RFC 3339 or `YYYY-MM-DD`.
        due_date: String,
        /// How the contact is to be reached, such as `WHATSAPP`.
        contact_method: String,
        /// A note to add.
        note: String,
        /// The status to change to on `schedule_date`.
        schedule_status_to: String,
        /// When to change to `schedule_status_to`.
        schedule_date: String,
        /// The price of the sale.
        sell_price: f64,
        /// `ONE_TIME`, `MONTHLY_SUSCRIPTION`, `YEARLY_SUSCRIPTION` or `OTHER_SELL_TYPE`.
        sell_suscription: String,
        /// `1` to `5`.
        cancel_reason: String,
        /// Anything else, by name.
        extra_params: Map<String, Value>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{check_create, check_update};

    #[test]
    fn every_typed_field_is_one_that_the_api_takes() {
        let text = || Patch::Value("1".to_owned());
        let new = NewContact { website_id: text(), name: text(), ..Default::default() };
        let Value::Object(new) = serde_json::to_value(new).unwrap() else { panic!() };
        check_create(new).unwrap();
        let nulls = ContactChanges {
            name: Patch::Null,
            email: Patch::Null,
            phone: Patch::Null,
            status: "new".into(),
            sub_status: Patch::Null,
            rating: 5.into(),
            assigned_to: text(),
            due_date: "2026-01-01".into(),
            contact_method: "API".into(),
            note: text(),
            schedule_status_to: "CLIENT".into(),
            schedule_date: "2026-01-01".into(),
            sell_price: 9.5.into(),
            sell_suscription: "ONE_TIME".into(),
            cancel_reason: text(),
            extra_params: Map::new().into(),
            extra: Map::new(),
        };
        let Value::Object(changes) = serde_json::to_value(nulls).unwrap() else { panic!() };
        assert_eq!(changes.len(), 16);
        check_update(changes).unwrap();
    }
}
