//! How contacts are compared.

use phonenumber::country::Id;
use serde_json::Value;

use crate::api::{Call, Named};
use crate::schema::{FieldType, did_you_mean};
use crate::stdlib::phone;
use crate::{Error, Result};

/// The options of the functions.
pub(super) const OPTIONS: &[Named] = &[
    Named::new("by", "What is compared: { \"phone\", \"email\", \"name\" } unless given.")
        .of(FieldType::List),
    Named::new(
        "region",
        "The country of phone numbers without a country code; unless given, that of most others.",
    )
    .of(FieldType::Text),
    Named::new("least", "The least score of a link, 0.85 unless given; `score` has no use for it.")
        .of(FieldType::Number),
];

const FIELDS: [&str; 3] = ["phone", "email", "name"];
const LEAST: f64 = 0.85;

/// The options of a call.
#[derive(Debug, Clone, Copy)]
pub(super) struct Options {
    pub(super) phone: bool,
    pub(super) email: bool,
    pub(super) name: bool,
    pub(super) region: Option<Id>,
    pub(super) least: f64,
}

impl Options {
    /// Reads the options that parameter `index` is.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a field that is not compared, an unknown region,
    /// and a score that there is not.
    pub(super) fn read(call: &Call, index: usize) -> Result<Self> {
        let by = fields(call.option(index, "by"))?;
        let least = call.option(index, "least").as_f64().unwrap_or(LEAST);
        if !(0.0..=1.0).contains(&least) {
            return Err(Error::invalid("least must be a number from 0 to 1"));
        }
        let region = phone::region(call.option(index, "region").as_str().unwrap_or_default())?;
        let has = |field: &str| by.contains(&field);
        Ok(Self { phone: has("phone"), email: has("email"), name: has("name"), region, least })
    }

    /// True where there is nothing but names to go by: then a name is not a hint, but what is looked for.
    pub(super) fn is_name_alone(&self) -> bool {
        self.name && !self.phone && !self.email
    }
}

fn fields(by: &Value) -> Result<Vec<&str>> {
    let Value::Array(by) = by else { return Ok(FIELDS.to_vec()) };
    let field = |field: &'_ Value| match FIELDS.into_iter().find(|known| field == known) {
        Some(known) => Ok(known),
        None => {
            let hint = field.as_str().and_then(|field| did_you_mean(field, FIELDS));
            Err(Error::invalid(format!("by: contacts are not compared by {field}"))
                .with_hint(hint.unwrap_or_else(|| format!("it takes {}", FIELDS.join(", ")))))
        }
    };
    if by.is_empty() {
        return Err(Error::invalid("by: there is nothing to compare by"));
    }
    by.iter().map(field).collect()
}
