//! `email`: judges and cleans e-mail addresses.

mod address;
mod functions;
mod mailbox;
mod providers;
mod suggest;
#[cfg(test)]
mod tests;

use super::Module;

pub(super) use address::normal;
pub(super) use mailbox::mailbox;

pub(super) const MODULE: Module = Module {
    name: "email",
    doc: "Judges and cleans e-mail addresses as people type them. An address is valid where mail could be \
          sent to it, which does not mean that somebody reads it. Where an address is not valid, or nothing \
          was given, the answer is nothing, or false.",
    functions: functions::FUNCTIONS,
};
