//! What a contact is: one table of fields with their wire names and types, the filters of the
//! contact list, and the checks that run before anything is sent.
//!
//! How surely each fact is known is said beside it, for the vendor's documentation is thin: see
//! [`Certainty`]. A fact that proves wrong is corrected here and nowhere else.

mod check;
mod contact;
mod difference;
mod field;
mod filter;
mod spreadsheet;
mod suggest;
mod time;

pub use check::{check_create, check_update, check_upsert};
pub use contact::{CONTACT_FIELDS, STATUSES, contact_field};
pub use difference::{Difference, differences};
pub(crate) use field::shown;
pub use field::{Certainty, Field, FieldGroup, FieldType, OnCreate};
pub use filter::{CONTACT_FILTERS, ContactFilter, FilterField};
pub use spreadsheet::{spreadsheet_cell, unguarded_cell};
pub use suggest::{camel_case, did_you_mean, nearest, same_name, snake_case};
pub use time::{Moment, parse_duration, parse_moment, read_instant, to_wire};
