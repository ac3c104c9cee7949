//! `text`: compares, cleans and lays out texts.

mod functions;
mod letters;
mod shapes;
mod template;
#[cfg(test)]
mod tests;

use super::Module;

pub(super) const MODULE: Module = Module {
    name: "text",
    doc: "Compares, cleans and lays out texts, such as names and phone numbers. Any field of a contact can be \
          absent, so nothing reads as an empty text everywhere. Letters are the letters of Spanish and \
          Portuguese; others stay as they are. Lengths count characters.",
    functions: functions::FUNCTIONS,
};
