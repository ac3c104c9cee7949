//! The fields of a contact.

use std::fmt::Write as _;

use crate::schema::{CONTACT_FIELDS, Field, OnCreate, contact_field};
use crate::terminal::{Paint, width};

/// Which fields are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    All,
    Create,
    Update,
}

/// The fields of a contact: all, or those that one word chooses. None for a word that chooses none.
pub(in crate::repl) fn fields(word: &str, paint: Paint) -> Option<String> {
    let which = match word {
        "" => Which::All,
        "create" => Which::Create,
        "update" => Which::Update,
        name => return one(name, paint),
    };
    let chosen: Vec<&Field> = CONTACT_FIELDS.iter().filter(|field| is_of(field, which)).collect();
    let longest = chosen.iter().map(|field| width(field.name)).max().unwrap_or(0);
    let mut text = format!("{}\n", paint.heading(heading(which)));
    for field in chosen {
        let gap = " ".repeat(longest - width(field.name));
        let needed = if which == Which::Create && field.create == OnCreate::Required {
            " Needed."
        } else {
            ""
        };
        let (name, kind) = (paint.name(field.name), paint.dim(&short(field)));
        let _ = writeln!(text, "  {name}{gap}  {}{needed} {kind}", field.doc.replace('`', ""));
    }
    Some(text)
}

fn is_of(field: &Field, which: Which) -> bool {
    match which {
        Which::All => true,
        Which::Create => field.create != OnCreate::Refused,
        Which::Update => field.update,
    }
}

const fn heading(which: Which) -> &'static str {
    match which {
        Which::All => "Fields of a contact (.fields create, .fields update, .fields NAME)",
        Which::Create => "Fields that contacts.create takes",
        Which::Update => "Fields that contacts.update takes",
    }
}

/// The type in a few words.
fn short(field: &Field) -> String {
    match field.kind {
        crate::schema::FieldType::Text => "(text)".into(),
        crate::schema::FieldType::Date => "(a date)".into(),
        kind => format!("({})", kind.describe()),
    }
}

/// One field; none where there is no such one.
pub(super) fn one(name: &str, paint: Paint) -> Option<String> {
    let field = contact_field(name)?;
    let create = match field.create {
        OnCreate::Required => "needed when a contact is created",
        OnCreate::Optional => "may be given when a contact is created",
        OnCreate::Refused => "not given when a contact is created",
    };
    let update = if field.update { "may be updated" } else { "cannot be updated" };
    let read = if field.answered { "" } else { "; the API does not give it back" };
    let doc = field.doc.replace('`', "");
    Some(format!(
        "{}\n  {doc}\n  It is {}; {create}; {update}{read}.\n",
        paint.name(field.name),
        field.kind.describe()
    ))
}
