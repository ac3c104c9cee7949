//! `report`: shows rows and numbers to people.

mod bars;
mod functions;
mod html;
mod items;
mod markdown;
mod rows;
mod table;
#[cfg(test)]
mod tests;

use super::Module;

pub(super) const MODULE: Module = Module {
    name: "report",
    doc: "Shows rows and numbers to people: as text for a terminal or a chat, as Markdown, and as one HTML file \
          with charts. Every function gives the text; `print` shows it, `fs.write` keeps it. Rows are objects, \
          such as contacts, or lists; their columns are a contact's in their usual order, then the others in alphabetical order, unless \
          `columns` names them.",
    functions: functions::FUNCTIONS,
};
