//! Which columns there are, and where in a contact each finds its value.

use crate::schema::{CONTACT_FIELDS, FieldType, contact_field, did_you_mean};
use crate::{Error, Result};

/// The column that holds, as JSON, whatever else the API sent.
pub(super) const EXTRA: &str = "extra";

/// One column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Its header, as it was asked for.
    pub(super) name: String,
    /// The names from the contact down to the value; none for [`EXTRA`].
    pub(super) path: Vec<String>,
    /// The type of its values; none where the schema knows of none.
    pub(super) kind: Option<FieldType>,
}

/// The columns in their order.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub(super) list: Vec<Column>,
    /// True where they were asked for by name.
    pub(super) chosen: bool,
    /// Names that the schema does not know.
    pub(super) unknown: Vec<String>,
}

impl Column {
    pub(super) fn is_extra(&self) -> bool {
        self.path.is_empty()
    }

    fn extra() -> Self {
        Self { name: EXTRA.into(), path: Vec::new(), kind: None }
    }
}

impl Columns {
    /// Every field that the API answers with, then [`EXTRA`].
    pub(super) fn all() -> Self {
        let answered = CONTACT_FIELDS.iter().filter(|field| field.answered);
        let mut list: Vec<_> = answered
            .map(|field| Column {
                name: field.name.into(),
                path: vec![field.name.into()],
                kind: Some(field.kind),
            })
            .collect();
        list.push(Column::extra());
        Self { list, chosen: false, unknown: Vec::new() }
    }

    /// The fields with these names: wire names or snake_case ones, dotted below an object.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a name that is nearly a known one, one
    /// given twice, and one below a field that is no object.
    pub(super) fn chosen<'a>(names: impl Iterator<Item = &'a str>) -> Result<Self> {
        let mut columns = Self { list: Vec::new(), chosen: true, unknown: Vec::new() };
        for name in names {
            if columns.list.iter().any(|column| column.name == name) {
                return Err(Error::invalid(format!("the field {name} is given twice")));
            }
            let column = column(name)?;
            if column.path.first().is_some_and(|first| contact_field(first).is_none()) {
                columns.unknown.push(name.to_owned());
            }
            columns.list.push(column);
        }
        Ok(columns)
    }

    /// True where there is a column for whatever has none of its own.
    pub(super) fn has_extra(&self) -> bool {
        self.list.iter().any(Column::is_extra)
    }

    /// True where a whole column is for this field of a contact.
    pub(super) fn covers(&self, field: &str) -> bool {
        self.list.iter().any(|column| column.path.len() == 1 && column.path[0] == field)
    }
}

fn column(name: &str) -> Result<Column> {
    if name == EXTRA {
        return Ok(Column::extra());
    }
    let mut path: Vec<String> = name.split('.').map(str::to_owned).collect();
    if path.iter().any(String::is_empty) {
        return Err(Error::invalid(format!("\"{name}\" is no name of a field"))
            .with_hint("write --fields id,email,geoip.city"));
    }
    match contact_field(&path[0]) {
        Some(field) if path.len() > 1 && field.kind != FieldType::Object => {
            let message =
                format!("{} is {}: there is nothing below it", field.name, field.kind.describe());
            let objects = CONTACT_FIELDS.iter().filter(|field| field.kind == FieldType::Object);
            let names: Vec<_> = objects.map(|field| field.name).collect();
            Err(Error::invalid(message).with_hint(format!("dots go below {}", names.join(", "))))
        }
        Some(field) => {
            path[0] = field.name.into();
            let kind = (path.len() == 1).then_some(field.kind);
            Ok(Column { name: name.into(), path, kind })
        }
        None => match near(&path[0]) {
            Some(hint) => {
                Err(Error::invalid(format!("a contact has no field \"{}\"", path[0]))
                    .with_hint(hint))
            }
            None => Ok(Column { name: name.into(), path, kind: None }),
        },
    }
}

fn near(name: &str) -> Option<String> {
    did_you_mean(name, CONTACT_FIELDS.iter().map(|field| field.name).chain([EXTRA]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answered_field_has_a_column_and_the_last_is_for_the_rest() {
        let all = Columns::all();
        assert_eq!(all.list.first().unwrap().name, "id");
        assert!(all.list.last().unwrap().is_extra() && all.has_extra());
        let answered = CONTACT_FIELDS.iter().filter(|field| field.answered);
        assert!(answered.clone().all(|field| all.covers(field.name)));
        assert_eq!(all.list.len(), answered.count() + 1);
    }

    #[test]
    fn a_name_is_taken_in_both_spellings_and_a_typo_is_not() {
        let chosen =
            Columns::chosen(["website_id", "geoip.city", "facebookId"].into_iter()).unwrap();
        assert_eq!(chosen.list[0].path, ["websiteId"]);
        assert_eq!(chosen.list[1].path, ["geoip", "city"]);
        assert_eq!(chosen.unknown, ["facebookId"]);
        for wrong in ["emial", "goip.city", "status.x", "a..b", "", "xtra"] {
            let error = Columns::chosen([wrong].into_iter()).unwrap_err();
            assert!(error.hint.is_some(), "{wrong}");
        }
        assert!(Columns::chosen(["id", "id"].into_iter()).is_err());
    }
}
