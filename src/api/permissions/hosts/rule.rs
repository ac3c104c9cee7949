//! One rule of which host may be called, read from its text.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;

use crate::{Error, Result};

/// A host or many, on one port or on each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) whose: Whose,
    /// None for each port.
    pub(super) port: Option<u16>,
}

/// Which hosts a rule is about. Names are in their ASCII form, in lower case, without a dot at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whose {
    /// The host of this name.
    Named(String),
    /// Every host below this one, and not this one.
    Below(String),
    /// The addresses of this network; one address is a network of its own.
    Within(IpNet),
}

impl Rule {
    /// Reads `HOST`, `HOST:PORT`, `*.HOST`, an address with or without a port, or a network.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for anything else.
    pub(super) fn read(text: &str) -> Result<Self> {
        let text = text.trim();
        if let Some(rule) = Self::of_addresses(text) {
            return Ok(rule);
        }
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) => (host, Some(port_of(port).ok_or_else(|| no_host(text))?)),
            None => (text, None),
        };
        let whose = match host.strip_prefix("*.") {
            Some(parent) => below(parent),
            None => whose(host),
        };
        Ok(Self { whose: whose.ok_or_else(|| no_host(text))?, port })
    }

    /// A rule that is written as an address or a network.
    fn of_addresses(text: &str) -> Option<Self> {
        let within = |network, port| Some(Self { whose: Whose::Within(network), port });
        if let Ok(network) = text.parse::<IpNet>() {
            return within(network, None);
        }
        if let Ok(socket) = text.parse::<SocketAddr>() {
            let port = Some(socket.port()).filter(|port| *port != 0)?;
            return within(network_of(socket.ip()), Some(port));
        }
        let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
        within(network_of(bare.unwrap_or(text).parse().ok()?), None)
    }
}

fn network_of(address: IpAddr) -> IpNet {
    address.to_canonical().into()
}

fn port_of(text: &str) -> Option<u16> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| digits && *port != 0)
}

fn below(parent: &str) -> Option<Whose> {
    match whose(parent)? {
        Whose::Named(parent) => Some(Whose::Below(parent)),
        _ => None,
    }
}

/// The host as it would be read in a URL, so that both are compared in one form.
#[cfg(feature = "stdlib")]
fn whose(host: &str) -> Option<Whose> {
    // A URL may have a star in its host; a rule with one means more than it says.
    if host.is_empty() || host.contains('*') {
        return None;
    }
    Some(match url::Host::parse(host).ok()? {
        url::Host::Domain(name) => Whose::Named(without_dot(&name)?.to_owned()),
        url::Host::Ipv4(address) => Whose::Within(network_of(address.into())),
        url::Host::Ipv6(address) => Whose::Within(network_of(address.into())),
    })
}

/// The host. Without the standard library nothing calls it, and no library is there for names that are not ASCII.
#[cfg(not(feature = "stdlib"))]
fn whose(host: &str) -> Option<Whose> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let name = without_dot(host)?.to_ascii_lowercase();
    name.bytes().all(is_name).then_some(Whose::Named(name))
}

/// The name without the dot that may stand at its end, where anything is left of it.
pub(super) fn without_dot(name: &str) -> Option<&str> {
    Some(name.strip_suffix('.').unwrap_or(name)).filter(|name| !name.is_empty())
}

fn no_host(text: &str) -> Error {
    let hint = match text {
        "*" => "each is named, and *.example.com stands for all hosts below example.com",
        text if text.contains("://") || text.contains('@') => {
            "leave away the scheme, the user and the path of a URL"
        }
        _ => {
            "write it like hooks.example.com, hooks.example.com:8443, *.example.com, 127.0.0.1:8080, \
              [::1]:8080 or 10.0.0.0/8"
        }
    };
    Error::invalid(format!("\"{text}\" is no host that could be called")).with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Rule {
        Rule::read(text).unwrap()
    }

    #[test]
    fn a_host_is_the_same_in_every_spelling() {
        for text in ["HOOKS.example.com", " hooks.example.com. ", "hooks.example.COM"] {
            assert_eq!(read(text), read("hooks.example.com"), "{text}");
        }
        assert_eq!(read("[::FFFF:10.0.0.1]:80"), read("10.0.0.1:80"));
        assert_eq!(read("0:0:0:0:0:0:0:1"), read("[::1]"));
        assert_ne!(read("hooks.example.com:443"), read("hooks.example.com"));
        assert_ne!(read("*.example.com"), read("example.com"));
    }

    #[cfg(feature = "stdlib")]
    #[test]
    fn a_host_is_read_as_in_a_url() {
        assert_eq!(read("münchen.example"), read("xn--mnchen-3ya.example"));
        assert_eq!(read("*.MÜNCHEN.example:81"), read("*.xn--mnchen-3ya.example:81"));
        for text in ["2130706433", "0x7f.1", "127.1", "0177.0.0.1"] {
            assert_eq!(read(text), read("127.0.0.1"), "{text}");
        }
    }

    #[test]
    fn what_is_no_host_is_refused_with_what_to_write() {
        let wrong = [
            "",
            " ",
            ".",
            "*",
            "*.",
            "a.*.example",
            "*.10.0.0.1",
            "https://a.example",
            "a.example/x",
            "user@a.example",
            "a.example:",
            "a.example:0",
            "a.example:65536",
            "a.example:+80",
            "[::1]:0",
            "[::1",
            "10.0.0.0/33",
            "a b.example",
            "a\r\n.example",
            ":80",
            "a\\b",
        ];
        for text in wrong {
            let error = Rule::read(text).unwrap_err();
            assert!(error.hint.is_some(), "{text}: {error}");
        }
    }
}
