//! Which hosts a run may call.

#[cfg(feature = "stdlib")]
mod allowed;
#[cfg(feature = "stdlib")]
mod public;
mod rule;

#[cfg(feature = "stdlib")]
pub(super) use self::allowed::{not_allowed, not_public};
use self::rule::Rule;

use crate::Result;

/// The hosts that a run may call, each with its port where one was named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Hosts {
    rules: Vec<Rule>,
}

impl Hosts {
    /// Adds a host, in one of the forms that [`Permissions::allow_net`](super::Permissions::allow_net) takes.
    pub(super) fn allow(&mut self, rule: &str) -> Result<()> {
        self.rules.push(Rule::read(rule)?);
        Ok(())
    }

    /// Adds all of the other's.
    pub(super) fn extend(&mut self, other: &Self) {
        self.rules.extend_from_slice(&other.rules);
    }
}
