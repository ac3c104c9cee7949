//! Which column is which field.

use csv::StringRecord;

use crate::schema::{CONTACT_FIELDS, Field, FieldType, OnCreate, contact_field, nearest};
use crate::{Error, Result};

/// Columns that our own files have besides the fields: those of a report, and the rest of an export.
const OURS: [&str; 3] = ["line", "error", "extra"];

/// Where a cell goes: a field, or a name inside one that is an object.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Target {
    pub(super) field: &'static Field,
    pub(super) inside: Vec<String>,
}

/// What becomes of each column.
#[derive(Debug)]
pub(super) struct Mapping {
    /// None for a column that is left out.
    pub(super) targets: Vec<Option<Target>>,
    /// Columns that no import can set.
    pub(super) decided: Vec<String>,
    /// The places of columns that have no name, and of which nothing was said.
    pub(super) unnamed: Vec<usize>,
    /// The place of a column with the contacts' ids that is left out, though nobody said so.
    pub(super) id: Option<usize>,
}

impl Mapping {
    /// Reads the header, and what was said of it. `matched` is the field that contacts are found by.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a column that is no field, a field that
    /// two columns are for, or a `--map` of a column that is not there.
    pub(super) fn read(
        header: &StringRecord,
        map: &[(String, String)],
        matched: Option<&str>,
    ) -> Result<Self> {
        let columns: Vec<&str> = header.iter().map(str::trim).collect();
        map.iter().try_for_each(|(column, _)| is_there(&columns, column))?;
        let mut mapping =
            Self { targets: Vec::new(), decided: Vec::new(), unnamed: Vec::new(), id: None };
        let mut unknown = Vec::new();
        for column in &columns {
            let told = map.iter().find(|(known, _)| known == column).map(|(_, field)| field);
            let target = match told {
                Some(field) if field.is_empty() => None,
                Some(field) => Some(target(field, matched)?),
                None => mapping.guess(column, matched, &mut unknown)?,
            };
            let before = mapping.targets.iter().position(|it| target.is_some() && *it == target);
            if let Some(other) = before.and_then(|place| columns.get(place)) {
                let message = format!("\"{other}\" and \"{column}\" are the same field");
                let hint = match other == column {
                    // What is said of one of them is said of both.
                    true => "give one of them another name in the file".to_owned(),
                    false => format!("leave one out: --map \"{column}=\""),
                };
                return Err(Error::invalid(message).with_hint(hint));
            }
            mapping.targets.push(target);
        }
        all_known(&unknown, matched)?;
        Ok(mapping)
    }

    /// The fields of the columns that an update does not change.
    pub(super) fn not_updated(&self, matched: &str) -> Vec<&'static str> {
        let fields = self.targets.iter().flatten().map(|target| target.field);
        let mut names: Vec<_> = fields
            .filter(|field| !field.update && field.name != matched)
            .map(|field| field.name)
            .collect();
        names.dedup();
        names
    }

    /// The field that a column is by its own name.
    fn guess<'a>(
        &mut self,
        column: &'a str,
        matched: Option<&str>,
        unknown: &mut Vec<&'a str>,
    ) -> Result<Option<Target>> {
        if column.is_empty() {
            self.unnamed.push(self.targets.len());
        }
        if column.is_empty() || OURS.contains(&column) {
            return Ok(None);
        }
        let root = column.split('.').next().unwrap_or_default();
        match CONTACT_FIELDS.iter().find(|field| plain(field.name) == plain(root)) {
            Some(field) if is_taken(field, matched) => {
                let inside = column.split('.').skip(1).map(str::to_owned).collect();
                return within(field, inside).map(Some);
            }
            Some(field) => {
                if field.name == "id" {
                    self.id = Some(self.targets.len());
                }
                self.decided.push(column.to_owned());
            }
            None => unknown.push(column),
        }
        Ok(None)
    }
}

/// Names every column that is none, so that one look at the fields is enough.
fn all_known(unknown: &[&str], matched: Option<&str>) -> Result<()> {
    let near = |column: &str| nearest(column.split('.').next()?, taken(matched));
    let map = |column: &&str| format!("--map \"{column}={}\"", near(column).unwrap_or("FIELD"));
    let maps: Vec<_> = unknown.iter().map(map).collect();
    let maps = maps.join(" ");
    match unknown {
        [] => Ok(()),
        [column] => {
            let hint =
                near(column).map_or_else(String::new, |near| format!("did you mean {near}? "));
            Err(Error::invalid(format!("the column \"{column}\" is no field of a contact"))
                .with_hint(format!("{hint}write {maps}, or --map \"{column}=\" to leave it out")))
        }
        [first, ..] => {
            let names = format!("\"{}\"", unknown.join("\", \""));
            Err(Error::invalid(format!("the columns {names} are no fields of a contact"))
                .with_hint(format!("write {maps}, or --map \"{first}=\" to leave one out")))
        }
    }
}

fn is_there(columns: &[&str], column: &str) -> Result<()> {
    if columns.contains(&column) {
        return Ok(());
    }
    let near = nearest(column, columns.iter().copied());
    let hint = match near {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("it has {}", columns.join(", ")),
    };
    Err(Error::invalid(format!("the file has no column \"{column}\"")).with_hint(hint))
}

/// The field that was named, `customFields.plan` included.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for one that is unknown or not written.
pub(super) fn target(name: &str, matched: Option<&str>) -> Result<Target> {
    let mut parts = name.split('.').map(str::to_owned);
    let root = parts.next().unwrap_or_default();
    match contact_field(&root) {
        Some(field) if is_taken(field, matched) => within(field, parts.collect()),
        Some(field) => Err(Error::invalid(format!("{} cannot be imported", field.name))
            .with_hint("the API decides it")),
        None => {
            let hint =
                nearest(&root, taken(matched)).map(|near| format!("did you mean \"{near}\"?"));
            Err(Error::invalid(format!("a contact has no field \"{root}\"")).with_hint_if(hint))
        }
    }
}

fn within(field: &'static Field, inside: Vec<String>) -> Result<Target> {
    if !inside.is_empty() && field.kind != FieldType::Object {
        return Err(Error::invalid(format!("{} is no object with names in it", field.name)));
    }
    Ok(Target { field, inside })
}

fn is_taken(field: &Field, matched: Option<&str>) -> bool {
    field.create != OnCreate::Refused || field.update || matched == Some(field.name)
}

fn taken(matched: Option<&str>) -> impl Iterator<Item = &'static str> {
    let taken = CONTACT_FIELDS.iter().filter(move |field| is_taken(field, matched));
    taken.map(|field| field.name)
}

/// `Last Name`, `last_name` and `lastName` are one name.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: &[&str], map: &[(&str, &str)]) -> Result<Mapping> {
        let map: Vec<_> = map.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        Mapping::read(&StringRecord::from(header.to_vec()), &map, None)
    }

    #[test]
    fn a_column_is_found_by_every_spelling_of_its_field() {
        let header =
            ["Last Name", "utm_source", "ZIP code", "WebsiteID", "e-mail", "customFields.plan"];
        let mapping = read(&header, &[]).unwrap();
        let names: Vec<_> = mapping.targets.iter().flatten().map(|t| t.field.name).collect();
        assert_eq!(
            names,
            ["lastName", "utmSource", "zipCode", "websiteId", "email", "customFields"]
        );
        assert_eq!(mapping.targets[5].as_ref().unwrap().inside, ["plan"]);
    }

    #[test]
    fn what_the_api_decides_and_what_a_report_adds_is_left_out() {
        let header = ["id", "name", "creationDate", "geoip.city", "line", "error", "extra", ""];
        let mapping = read(&header, &[]).unwrap();
        assert_eq!(mapping.decided, ["id", "creationDate", "geoip.city"]);
        assert_eq!(mapping.targets.iter().flatten().count(), 1);
    }

    #[test]
    fn what_cannot_be_meant_says_what_to_write() {
        for (header, map, part) in [
            (&["emial"][..], &[][..], "did you mean email? write --map \"emial=email\""),
            (
                &["Correo"],
                &[],
                "write --map \"Correo=FIELD\", or --map \"Correo=\" to leave it out",
            ),
            (&["name", "Name"], &[], "\"name\" and \"Name\" are the same field"),
            (&["name"], &[("nmae", "name")], "did you mean \"name\"?"),
            (&["x"], &[("x", "emial")], "did you mean \"email\"?"),
            (&["x"], &[("x", "creationDate")], "the API decides it"),
            (&["x"], &[("x", "name.first")], "name is no object"),
        ] {
            let error = read(header, map).unwrap_err();
            assert!(error.to_string().contains(part), "{error}");
        }
        assert!(read(&["Correo", "Nro"], &[("Correo", "email"), ("Nro", "")]).is_ok());
    }
}
