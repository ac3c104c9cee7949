//! Which hosts a run may call.

use crate::{Error, Result};

/// The hosts that a run may call, each with its port where one was named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Hosts {
    rules: Vec<String>,
}

impl Hosts {
    /// Adds `HOST` or `HOST:PORT`.
    pub(super) fn allow(&mut self, rule: &str) -> Result<()> {
        if rule.trim().is_empty() {
            return Err(Error::invalid("a host is needed, such as hooks.example.com"));
        }
        self.rules.push(rule.trim().to_lowercase());
        Ok(())
    }

    /// Adds all of the other's.
    pub(super) fn extend(&mut self, other: &Self) {
        self.rules.extend_from_slice(&other.rules);
    }
}
