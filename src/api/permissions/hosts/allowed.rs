//! Whether a rule allows a host that is about to be called, and an address that its name leads to.

use std::net::{IpAddr, SocketAddr};

use url::Host;

use super::Hosts;
use super::public::is_public;
use super::rule::{Rule, Whose, without_dot};
use crate::{Error, ErrorKind};

/// The name of this machine, by which its own addresses may be reached.
const LOCALHOST: &str = "localhost";

impl Hosts {
    /// True where a rule allows calls of this host on this port.
    pub(in crate::api::permissions) fn allow_call(&self, host: &Host<&str>, port: u16) -> bool {
        self.rules_of(port).any(|rule| rule.whose.is(host))
    }

    /// True where a name that may be called may lead to this address.
    ///
    /// Whoever owns a name decides where it leads to, at every moment anew. So a name alone opens the public
    /// Internet; an address of this machine or of the network around it has to be allowed as such.
    pub(in crate::api::permissions) fn allow_connection(&self, to: SocketAddr) -> bool {
        let address = to.ip().to_canonical();
        is_public(address)
            || self.rules_of(to.port()).any(|rule| match &rule.whose {
                Whose::Within(network) => network.contains(&address),
                Whose::Named(name) => name == LOCALHOST && address.is_loopback(),
                Whose::Below(_) => false,
            })
    }

    fn rules_of(&self, port: u16) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.port.is_none_or(|own| own == port))
    }
}

impl Whose {
    fn is(&self, host: &Host<&str>) -> bool {
        let is_within = |address: IpAddr| match self {
            Self::Within(network) => network.contains(&address.to_canonical()),
            _ => false,
        };
        match host {
            Host::Ipv4(address) => is_within((*address).into()),
            Host::Ipv6(address) => is_within((*address).into()),
            Host::Domain(name) => self.is_named(without_dot(name).unwrap_or_default()),
        }
    }

    fn is_named(&self, name: &str) -> bool {
        match self {
            Self::Named(own) => own == name,
            Self::Below(parent) => name
                .strip_suffix(parent.as_str())
                .and_then(|rest| rest.strip_suffix('.'))
                .is_some_and(|rest| !rest.is_empty()),
            Self::Within(_) => false,
        }
    }
}

/// The error of a host that no rule allows.
pub(in crate::api::permissions) fn not_allowed(host: &Host<&str>, port: u16) -> Error {
    let shown = match (host, port) {
        (host, 80 | 443) => host.to_string(),
        (host, port) => format!("{host}:{port}"),
    };
    Error::new(ErrorKind::Denied, format!("this run may not call {shown}"))
        .with_hint(format!("allow the run to call {shown}"))
}

/// The error of a name that leads to an address that it may not lead to.
pub(in crate::api::permissions) fn not_public(name: &str, to: SocketAddr) -> Error {
    let address = to.ip().to_canonical();
    let shown = match to.port() {
        80 | 443 => address.to_string(),
        port => SocketAddr::new(address, port).to_string(),
    };
    let message = format!("{name} leads to {address}, which is no address of the public Internet");
    Error::new(ErrorKind::Denied, message).with_hint(format!("allow the run to call {shown}"))
}
