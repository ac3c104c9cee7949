//! Which of the fields an upsert sends, and when.

use serde_json::{Map, Value};

use super::criteria::{Criteria, Criterion, normal};
use crate::schema::{OnCreate, check_create, check_upsert, contact_field};
use crate::{Error, Result};

/// The fields of an upsert, by what takes them.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// What an update sends.
    pub(crate) update: Map<String, Value>,
    /// What a create sends.
    create: Map<String, Value>,
    /// What is sent once the contact is created, for a create does not take it.
    pub(crate) after: Map<String, Value>,
    /// The field that is given another value than it is matched by.
    contradicted: Option<&'static str>,
}

impl Fields {
    /// Checks the fields, and sorts them.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid): an unknown name, one that is never written,
    /// or a value that cannot be right.
    pub(crate) fn split(fields: Map<String, Value>, criteria: &Criteria) -> Result<Self> {
        let checked = check_upsert(fields)?;
        let updates = |name: &str| contact_field(name).is_some_and(|field| field.update);
        let creates =
            |name: &str| contact_field(name).is_some_and(|it| it.create != OnCreate::Refused);
        let other = |it: &&Criterion| {
            checked
                .get(it.field.name)
                .is_some_and(|value| normal(it.field.name, value).as_ref() != Some(&it.normal))
        };
        let contradicted = criteria.iter().find(other).map(|it| it.field.name);
        let mut new = checked.clone();
        for criterion in criteria.iter() {
            new.entry(criterion.field.name).or_insert_with(|| criterion.value.clone());
        }
        let (create, rest): (Map<_, _>, Map<_, _>) =
            new.into_iter().partition(|(name, _)| creates(name));
        let of_update = |(name, _): &(String, Value)| updates(name);
        let after = rest.into_iter().filter(of_update).collect();
        Ok(Self {
            update: checked.into_iter().filter(of_update).collect(),
            create,
            after,
            contradicted,
        })
    }

    /// The fields of a new contact.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where one is missing that a create needs, and
    /// where the new contact would not be found again by what it is matched by.
    pub(crate) fn to_create(&self) -> Result<Map<String, Value>> {
        if let Some(name) = self.contradicted {
            let message = format!("no contact matches, and a new one would have another {name}");
            return Err(Error::invalid(message).with_hint(
                "the next upsert would create it again: match by the value that the fields give",
            ));
        }
        check_create(self.create.clone())
    }
}
