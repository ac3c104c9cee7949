//! `dedupe`: finds contacts that are the same person.

mod blocks;
mod functions;
mod groups;
mod merge;
mod name;
mod options;
mod person;
mod score;
#[cfg(test)]
mod tests;

use super::Module;

pub(super) const MODULE: Module = Module {
    name: "dedupe",
    doc: "Finds contacts that are the same person, by phone number, e-mail address and name, with a score \
          from 0 to 1 that says how surely. A number is the same in each way of writing it, an address with \
          and without capitals, a name with and without accents and in each order of its words. What differs \
          in two contacts lowers their score. Of a name the first 1,000 letters are compared.",
    functions: functions::FUNCTIONS,
};
