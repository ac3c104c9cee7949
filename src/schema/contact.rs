//! The table of a contact's fields. Wire names keep the vendor's spelling, mistakes included.

use super::field::Certainty::{Documented, Inferred, Observed};
use super::field::FieldGroup::{Activity, Address, Campaign, Contact, FollowUp, Origin, Other};
use super::field::OnCreate::{Optional, Refused, Required};
use super::field::{Certainty, Field, FieldGroup, FieldType, OnCreate};
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
    group: FieldGroup,
    name: &'static str,
    kind: FieldType,
    create: OnCreate,
    update: bool,
    certainty: Certainty,
    doc: &'static str,
) -> Field {
    Field { name, group, kind, answered: true, create, update, certainty, doc }
}

/// Answered by the API, never given to it.
const fn answered(
    group: FieldGroup,
    name: &'static str,
    kind: FieldType,
    doc: &'static str,
) -> Field {
    both(group, name, kind, Refused, false, Documented, doc)
}

/// Given when a contact is created; not seen in answers.
const fn created(
    group: FieldGroup,
    name: &'static str,
    kind: FieldType,
    certainty: Certainty,
    doc: &'static str,
) -> Field {
    Field { name, group, kind, answered: false, create: Optional, update: false, certainty, doc }
}

/// Given when a contact is updated; not seen in answers.
const fn updated(
    group: FieldGroup,
    name: &'static str,
    kind: FieldType,
    doc: &'static str,
) -> Field {
    let certainty = Documented;
    Field { name, group, kind, answered: false, create: Refused, update: true, certainty, doc }
}

/// Every field that is known of a contact, in the order a person reads them.
pub const CONTACT_FIELDS: &[Field] = &[
    answered(Contact, "id", FieldType::Id, "The contact's id."),
    both(Contact, "name", TEXT, Optional, true, Documented, "First name, or the whole name."),
    both(Contact, "lastName", TEXT, Optional, false, Documented, "Last name."),
    both(Contact, "email", TEXT, Optional, true, Documented, "E-mail address."),
    both(
        Contact,
        "phone",
        TEXT,
        Optional,
        true,
        Documented,
        "Phone number as the contact wrote it.",
    ),
    both(
        FollowUp,
        "status",
        STATUS,
        Optional,
        true,
        Documented,
        "Where the contact stands in the CRM.",
    ),
    both(
        FollowUp,
        "subStatus",
        TEXT,
        Refused,
        true,
        Documented,
        "A finer status of the account's own.",
    ),
    both(
        FollowUp,
        "rating",
        FieldType::Integer { min: 0, max: 5 },
        Refused,
        true,
        Documented,
        "How good the lead is, 0 to 5.",
    ),
    both(
        Contact,
        "age",
        FieldType::Integer { min: 0, max: 150 },
        Optional,
        false,
        Documented,
        "Age in years.",
    ),
    both(Contact, "message", TEXT, Optional, false, Documented, "What the contact wrote first."),
    both(
        FollowUp,
        "assignedTo",
        FieldType::Assignee,
        Optional,
        true,
        Documented,
        "The user who looks after the contact, from `users.list`, or UNASSIGNED.",
    ),
    both(
        Origin,
        "websiteId",
        FieldType::Id,
        Required,
        false,
        Documented,
        "The site the contact came from, from `sites.list`.",
    ),
    answered(Origin, "websiteName", TEXT, "The site's name."),
    answered(Origin, "accountId", FieldType::Id, "The account's id."),
    answered(Origin, "accountName", TEXT, "The account's name."),
    answered(Activity, "creationDate", FieldType::Date, "When the contact was created."),
    answered(Activity, "lastUpdateDate", FieldType::Date, "When the contact was last changed."),
    answered(Origin, "medium", TEXT, "The channel the contact came through."),
    answered(Origin, "mediumTranslate", TEXT, "The channel's name in the account's language."),
    both(
        Origin,
        "entryMethod",
        TEXT,
        Optional,
        false,
        Observed,
        "How the contact got in, such as API.",
    ),
    answered(Origin, "duplicatedContact", TEXT, "Says that the contact was seen before."),
    answered(
        Address,
        "geoip",
        FieldType::Object,
        "Where the contact's address is: city, state, country.",
    ),
    answered(Contact, "leadFields", FieldType::Object, "Answers to the chatbot's questions."),
    answered(Activity, "logs", FieldType::List, "What happened to the contact."),
    answered(Activity, "notes", FieldType::List, "Notes that users left."),
    answered(Activity, "calls", FieldType::List, "Calls with the contact."),
    answered(FollowUp, "tags", FieldType::List, "Tags."),
    both(Campaign, "utmSource", TEXT, Optional, false, Documented, "UTM source of the visit."),
    both(Campaign, "utmMedium", TEXT, Optional, false, Documented, "UTM medium of the visit."),
    both(Campaign, "utmCampaign", TEXT, Optional, false, Documented, "UTM campaign of the visit."),
    both(Campaign, "utmContent", TEXT, Optional, false, Documented, "UTM content of the visit."),
    both(Campaign, "utmTerm", TEXT, Optional, false, Documented, "UTM term of the visit."),
    both(
        Origin,
        "conversionUrl",
        TEXT,
        Optional,
        false,
        Documented,
        "The page where the contact wrote.",
    ),
    both(
        Origin,
        "landingUrl",
        TEXT,
        Optional,
        false,
        Documented,
        "The page where the visit began.",
    ),
    both(Origin, "referalUrl", TEXT, Optional, false, Documented, "The page the visit came from."),
    created(
        Origin,
        "referrer",
        TEXT,
        Inferred,
        "The page the visit came from, as a browser names it.",
    ),
    created(Campaign, "utmAdGroup", TEXT, Inferred, "UTM ad group of the visit."),
    created(Campaign, "gclid", TEXT, Inferred, "Google's click id."),
    created(Address, "streetAddress", TEXT, Inferred, "Street."),
    created(Address, "streetNumber", TEXT, Inferred, "House number."),
    created(Address, "floor", TEXT, Inferred, "Floor."),
    created(Address, "apartmentNumber", TEXT, Inferred, "Apartment."),
    created(Address, "zipCode", TEXT, Inferred, "Postal code."),
    created(Address, "city", TEXT, Inferred, "City."),
    created(Address, "state", TEXT, Inferred, "State or province."),
    created(Address, "country", TEXT, Inferred, "Country."),
    created(Contact, "nationality", TEXT, Inferred, "Nationality."),
    created(Contact, "organizationName", TEXT, Inferred, "The contact's company."),
    created(
        Contact,
        "internationalPhoneNumber",
        TEXT,
        Inferred,
        "Phone number with its country code.",
    ),
    created(Contact, "gender", TEXT, Inferred, "Gender."),
    created(Contact, "nationalIdentityNumber", TEXT, Documented, "National identity number."),
    created(Origin, "ip", TEXT, Inferred, "The contact's IP address."),
    created(FollowUp, "externalStatus", TEXT, Documented, "A status of the account's own system."),
    created(Other, "customFields", FieldType::Object, Inferred, "Fields of the account's own."),
    updated(FollowUp, "dueDate", FieldType::Date, "When the contact is to be dealt with."),
    updated(
        FollowUp,
        "contactMethod",
        FieldType::Choice(CONTACT_METHODS),
        "How the contact is to be reached.",
    ),
    updated(FollowUp, "note", TEXT, "A note to add."),
    updated(FollowUp, "scheduleStatusTo", STATUS, "The status to change to on `scheduleDate`."),
    updated(FollowUp, "scheduleDate", FieldType::Date, "When to change to `scheduleStatusTo`."),
    updated(FollowUp, "sellPrice", FieldType::Number, "The price of the sale."),
    updated(FollowUp, "sellSuscription", FieldType::Choice(SUBSCRIPTIONS), "How the sale is paid."),
    updated(
        FollowUp,
        "cancelReason",
        FieldType::Choice(CANCEL_REASONS),
        "Why the sale fell through.",
    ),
    updated(Other, "extraParams", FieldType::Object, "Anything else, by name."),
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
