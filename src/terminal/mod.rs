//! How things look to a person: text, tables, sheets, bars, errors.
