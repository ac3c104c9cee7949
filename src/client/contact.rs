//! A contact as Rust sees it: every known field, and all that the API sends besides.

use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

/// Makes the struct with its `Deserialize` and `Serialize`. `#[serde(flatten)]` would do the same
/// at half the speed, for it buffers every value first.
macro_rules! contact {
    ($($(#[$doc:meta])* $field:ident $wire:literal $kind:ty,)*) => {
        /// A contact. Any field can be absent; unknown ones are in [`extra`](Self::extra).
        ///
        /// Texts that the API sends as numbers read as texts. Words such as the status are kept as
        /// they come, known or not.
        #[derive(Debug, Clone, Default, PartialEq)]
        #[non_exhaustive]
        pub struct Contact {
            $($(#[$doc])* pub $field: Option<$kind>,)*
            /// Fields that this version does not know, by their wire names.
            pub extra: Map<String, Value>,
        }

        impl<'de> Visitor<'de> for ContactVisitor {
            type Value = Contact;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a contact")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Contact, A::Error> {
                let mut contact = Contact::default();
                while let Some(name) = map.next_key::<std::borrow::Cow<'de, str>>()? {
                    match name.as_ref() {
                        $($wire => contact.$field = map.next_value::<Lenient<$kind>>()?.0,)*
                        _ => {
                            contact.extra.insert(name.into_owned(), map.next_value()?);
                        }
                    }
                }
                Ok(contact)
            }
        }

        impl Serialize for Contact {
            /// Writes the fields that are there, under their wire names.
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                $(if let Some(value) = &self.$field {
                    map.serialize_entry($wire, value)?;
                })*
                for (name, value) in &self.extra {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    };
}

struct ContactVisitor;

contact! {
    /// The contact's id: 24 hexadecimal digits.
    id "id" String,
    /// The account's id.
    account_id "accountId" String,
    /// The account's name.
    account_name "accountName" String,
    /// First name, or the whole name.
    name "name" String,
    /// Last name.
    last_name "lastName" String,
    /// E-mail address.
    email "email" String,
    /// Phone number as the contact wrote it.
    phone "phone" String,
    /// Where the contact stands: `NEW`, `ACTIVE`, `LONG_TERM`, `CLIENT`, or a word not known here.
    status "status" String,
    /// A finer status of the account's own.
    sub_status "subStatus" String,
    /// How good the lead is, 0 to 5.
    rating "rating" f64,
    /// Age in years.
    age "age" f64,
    /// What the contact wrote first.
    message "message" String,
    /// The channel the contact came through.
    medium "medium" String,
    /// The channel's name in the account's language.
    medium_translate "mediumTranslate" String,
    /// How the contact got in, such as `API`.
    entry_method "entryMethod" String,
    /// The site the contact came from.
    website_id "websiteId" String,
    /// The site's name.
    website_name "websiteName" String,
    /// The user who looks after the contact, or `UNASSIGNED`.
    assigned_to "assignedTo" String,
    /// When the contact was created: RFC 3339, or epoch milliseconds as text.
    creation_date "creationDate" String,
    /// When the contact was last changed, likewise.
    last_update_date "lastUpdateDate" String,
    /// Says that the contact was seen before.
    duplicated_contact "duplicatedContact" Value,
    /// Where the contact's address is.
    geoip "geoip" Value,
    /// Answers to the chatbot's questions.
    lead_fields "leadFields" Value,
    /// What happened to the contact.
    logs "logs" Value,
    /// Notes that users left.
    notes "notes" Value,
    /// Calls with the contact.
    calls "calls" Value,
    /// Tags.
    tags "tags" Value,
    /// UTM source of the visit.
    utm_source "utmSource" String,
    /// UTM medium of the visit.
    utm_medium "utmMedium" String,
    /// UTM campaign of the visit.
    utm_campaign "utmCampaign" String,
    /// UTM content of the visit.
    utm_content "utmContent" String,
    /// UTM term of the visit.
    utm_term "utmTerm" String,
    /// The page where the contact wrote.
    conversion_url "conversionUrl" String,
    /// The page where the visit began.
    landing_url "landingUrl" String,
    /// The page the visit came from (the vendor's spelling).
    referal_url "referalUrl" String,
}

impl<'de> Deserialize<'de> for Contact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ContactVisitor)
    }
}

/// A value of a field that may come in another JSON type than documented.
struct Lenient<T>(Option<T>);

impl<'de> Deserialize<'de> for Lenient<Value> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(|value| Self((!value.is_null()).then_some(value)))
    }
}

impl<'de> Deserialize<'de> for Lenient<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

impl<'de> Deserialize<'de> for Lenient<f64> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = deserializer.deserialize_any(TextVisitor)?.0;
        let number = text.map(|text| text.trim().parse().map_err(D::Error::custom)).transpose();
        number.map(Self)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Lenient<String>;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("text, a number or null")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Lenient(Some(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Lenient(Some(text)))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Lenient(Some(value.to_string())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Lenient(Some(value.to_string())))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Lenient(Some(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Lenient(Some(value.to_string())))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Lenient(None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_answered_field_of_the_schema_is_a_typed_one() {
        let fields = crate::schema::CONTACT_FIELDS.iter().filter(|field| field.answered);
        let names: Map<_, _> = fields.map(|field| (field.name.to_owned(), json!("1"))).collect();
        let contact: Contact = serde_json::from_value(Value::Object(names)).unwrap();
        assert!(contact.extra.is_empty(), "{:?}", contact.extra);
    }

    #[test]
    fn unknown_fields_and_words_survive_a_round_trip() {
        let wire = json!({ "id": "a", "status": "FROZEN", "rating": 4.0, "shoeSize": [44] });
        let contact: Contact = serde_json::from_value(wire.clone()).unwrap();
        assert_eq!(serde_json::to_value(&contact).unwrap(), wire);
    }

    #[test]
    fn a_text_that_comes_as_a_number_or_null_costs_nothing() {
        let wire = json!({ "phone": 541155, "email": null, "age": "34", "creationDate": 17 });
        let contact: Contact = serde_json::from_value(wire).unwrap();
        assert_eq!(contact.phone.as_deref(), Some("541155"));
        assert_eq!((contact.email, contact.age), (None, Some(34.0)));
    }
}
