//! The table of a contact's fields. Wire names keep the vendor's spelling, mistakes included.

use super::field::Certainty::{Documented, Inferred, Observed};
use super::field::OnCreate::{Optional, Refused, Required};
use super::field::{Certainty, Field, FieldType, OnCreate};
use super::same_name;

/// The statuses a contact can be given.
pub const STATUSES: &[&str] = &["NEW", "ACTIVE", "LONG_TERM", "CLIENT"];

const CONTACT_METHODS: &[&str] = &["WHATSAPP", "FB_LEADADS", "FORM", "CHATBOT", "API", "ZAPIER"];
const SUBSCRIPTIONS: &[&str] =
    &["ONE_TIME", "MONTHLY_SUSCRIPTION", "YEARLY_SUSCRIPTION", "OTHER_SELL_TYPE"];
const CANCEL_REASONS: &[&str] = &["1", "2", "3", "4", "5"];

const STATUS: FieldType = FieldType::Choice(STATUSES);
const TEXT: FieldType = FieldType::Text;

/// Finds a field by its wire name (`websiteId`) or its snake_case form (`website_id`).
pub fn contact_field(name: &str) -> Option<&'static Field> {
    CONTACT_FIELDS.iter().find(|field| same_name(field.name, name))
}

/// Both directions: answered by the API and given to it.
const fn both(
    name: &'static str,
    kind: FieldType,
    create: OnCreate,
    update: bool,
    certainty: Certainty,
    doc: &'static str,
) -> Field {
    Field { name, kind, answered: true, create, update, certainty, doc }
}

/// Answered by the API, never given to it.
const fn answered(name: &'static str, kind: FieldType, doc: &'static str) -> Field {
    both(name, kind, Refused, false, Documented, doc)
}

/// Given when a contact is created; not seen in answers.
const fn created(
    name: &'static str,
    kind: FieldType,
    certainty: Certainty,
    doc: &'static str,
) -> Field {
    Field { name, kind, answered: false, create: Optional, update: false, certainty, doc }
}

/// Given when a contact is updated; not seen in answers.
const fn updated(name: &'static str, kind: FieldType, doc: &'static str) -> Field {
    let certainty = Documented;
    Field { name, kind, answered: false, create: Refused, update: true, certainty, doc }
}

/// Every field that is known of a contact, in the order a person reads them.
pub const CONTACT_FIELDS: &[Field] = &[
    answered("id", FieldType::Id, "The contact's id."),
    both("name", TEXT, Optional, true, Documented, "First name, or the whole name."),
    both("lastName", TEXT, Optional, false, Documented, "Last name."),
    both("email", TEXT, Optional, true, Documented, "E-mail address."),
    both("phone", TEXT, Optional, true, Documented, "Phone number as the contact wrote it."),
    both("status", STATUS, Optional, true, Documented, "Where the contact stands in the CRM."),
    both("subStatus", TEXT, Refused, true, Documented, "A finer status of the account's own."),
    both(
        "rating",
        FieldType::Integer { min: 0, max: 5 },
        Refused,
        true,
        Documented,
        "How good the lead is, 0 to 5.",
    ),
    both(
        "age",
        FieldType::Integer { min: 0, max: 150 },
        Optional,
        false,
        Documented,
        "Age in years.",
    ),
    both("message", TEXT, Optional, false, Documented, "What the contact wrote first."),
    both(
        "assignedTo",
        FieldType::Assignee,
        Optional,
        true,
        Documented,
        "The user who looks after the contact, from `users.list`, or UNASSIGNED.",
    ),
    both(
        "websiteId",
        FieldType::Id,
        Required,
        false,
        Documented,
        "The site the contact came from, from `sites.list`.",
    ),
    answered("websiteName", TEXT, "The site's name."),
    answered("accountId", FieldType::Id, "The account's id."),
    answered("accountName", TEXT, "The account's name."),
    answered("creationDate", FieldType::Date, "When the contact was created."),
    answered("lastUpdateDate", FieldType::Date, "When the contact was last changed."),
    answered("medium", TEXT, "The channel the contact came through."),
    answered("mediumTranslate", TEXT, "The channel's name in the account's language."),
    both("entryMethod", TEXT, Optional, false, Observed, "How the contact got in, such as API."),
    answered("duplicatedContact", TEXT, "Says that the contact was seen before."),
    answered("geoip", FieldType::Object, "Where the contact's address is: city, state, country."),
    answered("leadFields", FieldType::Object, "Answers to the chatbot's questions."),
    answered("logs", FieldType::List, "What happened to the contact."),
    answered("notes", FieldType::List, "Notes that users left."),
    answered("calls", FieldType::List, "Calls with the contact."),
    answered("tags", FieldType::List, "Tags."),
    both("utmSource", TEXT, Optional, false, Documented, "UTM source of the visit."),
    both("utmMedium", TEXT, Optional, false, Documented, "UTM medium of the visit."),
    both("utmCampaign", TEXT, Optional, false, Documented, "UTM campaign of the visit."),
    both("utmContent", TEXT, Optional, false, Documented, "UTM content of the visit."),
    both("utmTerm", TEXT, Optional, false, Documented, "UTM term of the visit."),
    both("conversionUrl", TEXT, Optional, false, Documented, "The page where the contact wrote."),
    both("landingUrl", TEXT, Optional, false, Documented, "The page where the visit began."),
    both("referalUrl", TEXT, Optional, false, Documented, "The page the visit came from."),
    created("referrer", TEXT, Inferred, "The page the visit came from, as a browser names it."),
    created("utmAdGroup", TEXT, Inferred, "UTM ad group of the visit."),
    created("gclid", TEXT, Inferred, "Google's click id."),
    created("streetAddress", TEXT, Inferred, "Street."),
    created("streetNumber", TEXT, Inferred, "House number."),
    created("floor", TEXT, Inferred, "Floor."),
    created("apartmentNumber", TEXT, Inferred, "Apartment."),
    created("zipCode", TEXT, Inferred, "Postal code."),
    created("city", TEXT, Inferred, "City."),
    created("state", TEXT, Inferred, "State or province."),
    created("country", TEXT, Inferred, "Country."),
    created("nationality", TEXT, Inferred, "Nationality."),
    created("organizationName", TEXT, Inferred, "The contact's company."),
    created("internationalPhoneNumber", TEXT, Inferred, "Phone number with its country code."),
    created("gender", TEXT, Inferred, "Gender."),
    created("nationalIdentityNumber", TEXT, Documented, "National identity number."),
    created("ip", TEXT, Inferred, "The contact's IP address."),
    created("externalStatus", TEXT, Documented, "A status of the account's own system."),
    created("customFields", FieldType::Object, Inferred, "Fields of the account's own."),
    updated("dueDate", FieldType::Date, "When the contact is to be dealt with."),
    updated(
        "contactMethod",
        FieldType::Choice(CONTACT_METHODS),
        "How the contact is to be reached.",
    ),
    updated("note", TEXT, "A note to add."),
    updated("scheduleStatusTo", STATUS, "The status to change to on `scheduleDate`."),
    updated("scheduleDate", FieldType::Date, "When to change to `scheduleStatusTo`."),
    updated("sellPrice", FieldType::Number, "The price of the sale."),
    updated("sellSuscription", FieldType::Choice(SUBSCRIPTIONS), "How the sale is paid."),
    updated("cancelReason", FieldType::Choice(CANCEL_REASONS), "Why the sale fell through."),
    updated("extraParams", FieldType::Object, "Anything else, by name."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_twice() {
        for (index, field) in CONTACT_FIELDS.iter().enumerate() {
            let again = CONTACT_FIELDS.iter().skip(index + 1).any(|other| other.name == field.name);
            assert!(!again, "{}", field.name);
        }
    }
}
