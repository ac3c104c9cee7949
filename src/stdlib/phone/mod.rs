//! `phone`: reads phone numbers as people type them, above all in Latin America.

mod functions;
mod mend;
mod number;
#[cfg(test)]
mod tests;

use super::Module;

pub(super) use number::{country_of, normal, region};

pub(super) const MODULE: Module = Module {
    name: "phone",
    doc: "Reads phone numbers as people type them. The region is the country, in two letters, that a number \
          without a country code is in; a number that begins with `+` needs none. A number is valid where the \
          country gives such numbers out, which does not mean that somebody has it. Where a number is not \
          valid, or nothing was given, the answer is nothing, or false.",
    functions: functions::FUNCTIONS,
};
