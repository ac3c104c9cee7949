//! Connections that go to the very address that was looked at: a name that leads elsewhere a moment later leads
//! nowhere.

use std::fmt;
use std::future::{Ready, ready};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use crate::Result;
use crate::api::Permissions;

const LONGEST_CONNECT: Duration = Duration::from_secs(10);

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Later<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

/// Finds the addresses that a name leads to.
pub(super) trait Resolve: fmt::Debug + Send + Sync {
    /// Those of this name, with this port.
    fn resolve(&self, name: String, port: u16) -> Later<Vec<SocketAddr>, io::Error>;
}

/// As every program of the machine does.
#[derive(Debug, Clone, Copy)]
pub(super) struct System;

impl Resolve for System {
    fn resolve(&self, name: String, port: u16) -> Later<Vec<SocketAddr>, io::Error> {
        Box::pin(async move { Ok(tokio::net::lookup_host((name, port)).await?.collect()) })
    }
}

/// Makes the connections of a run.
#[derive(Debug, Clone)]
pub(super) struct Guarded {
    permissions: Arc<Permissions>,
    resolver: Arc<dyn Resolve>,
}

impl Guarded {
    pub(super) fn new(permissions: Permissions, resolver: Arc<dyn Resolve>) -> Self {
        Self { permissions: Arc::new(permissions), resolver }
    }

    async fn connect(self, uri: Uri) -> Result<TokioIo<TcpStream>, Failure> {
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let usual = if uri.scheme_str() == Some("https") { 443 } else { 80 };
        let port = uri.port_u16().unwrap_or(usual);
        let addresses = match host.parse::<IpAddr>() {
            // It stood in the URL, and was looked at there.
            Ok(address) => vec![SocketAddr::new(address, port)],
            Err(_) => self.resolved(host, port).await?,
        };
        let mut connector = HttpConnector::new_with_resolver(Known(addresses));
        connector.set_connect_timeout(Some(LONGEST_CONNECT));
        connector.set_nodelay(true);
        connector.enforce_http(false);
        Ok(connector.call(uri).await?)
    }

    /// The addresses of a name that the run may connect to.
    async fn resolved(&self, name: String, port: u16) -> Result<Vec<SocketAddr>, Failure> {
        let all = self.resolver.resolve(name.clone(), port).await?;
        let (mut allowed, mut refused) = (Vec::new(), None);
        for address in all {
            match self.permissions.may_connect(&name, address) {
                Ok(()) => allowed.push(address),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        match refused {
            Some(error) if allowed.is_empty() => Err(error.into()),
            _ => Ok(allowed),
        }
    }
}

impl Service<Uri> for Guarded {
    type Response = TokioIo<TcpStream>;
    type Error = Failure;
    type Future = Later<Self::Response, Failure>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        Box::pin(self.clone().connect(uri))
    }
}

/// Addresses that are known: nothing is asked again between the look at them and the connection.
#[derive(Debug, Clone)]
struct Known(Vec<SocketAddr>);

impl Service<Name> for Known {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Ready<io::Result<Self::Response>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Name) -> Self::Future {
        ready(Ok(self.0.clone().into_iter()))
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::sync::Mutex;

    use super::*;
    use crate::{Error, ErrorKind};

    /// A name server of an attacker's: each time that it is asked it has another answer.
    #[derive(Debug, Default)]
    struct Fickle(Mutex<Vec<Vec<&'static str>>>);

    impl Fickle {
        fn new(answers: &[&[&'static str]]) -> Arc<Self> {
            Arc::new(Self(Mutex::new(answers.iter().rev().map(|it| it.to_vec()).collect())))
        }

        fn left(&self) -> usize {
            self.0.lock().unwrap().len()
        }
    }

    impl Resolve for Fickle {
        fn resolve(&self, _: String, port: u16) -> Later<Vec<SocketAddr>, io::Error> {
            let answer = self.0.lock().unwrap().pop().unwrap();
            let addresses = answer.iter().map(|it| SocketAddr::new(it.parse().unwrap(), port));
            Box::pin(ready(Ok(addresses.collect())))
        }
    }

    fn allowing(hosts: &[&str]) -> Permissions {
        let none = Permissions::none();
        hosts.iter().fold(none, |permissions, host| permissions.allow_net(host).unwrap())
    }

    fn refusal(failure: &Failure) -> &Error {
        failure.downcast_ref::<Error>().unwrap()
    }

    async fn resolved(hosts: &[&str], answer: &[&'static str]) -> Result<Vec<IpAddr>, String> {
        let guarded = Guarded::new(allowing(hosts), Fickle::new(&[answer]));
        let addresses = guarded.resolved("a.example".to_owned(), 8080).await;
        let addresses = addresses.map_err(|error| refusal(&error).to_string())?;
        Ok(addresses.into_iter().map(|it| it.ip()).collect())
    }

    #[tokio::test]
    async fn a_name_that_leads_into_the_machine_or_its_network_leads_nowhere() {
        let inside = [
            "127.0.0.1",
            "0.0.0.0",
            "10.0.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "::1",
            "::ffff:169.254.169.254",
            "fd00::1",
            "fe80::1",
            "64:ff9b::7f00:1",
        ];
        for address in inside {
            let error = resolved(&["a.example"], &[address]).await.unwrap_err();
            let canonical = address.parse::<IpAddr>().unwrap().to_canonical();
            assert!(error.contains(&format!("a.example leads to {canonical}")), "{error}");
            let hint = format!("allow the run to call {}", SocketAddr::new(canonical, 8080));
            assert!(error.contains(&hint), "{error}");
        }
    }

    #[tokio::test]
    async fn of_many_addresses_only_the_public_ones_are_called() {
        let mixed = ["127.0.0.1", "1.1.1.1", "::1", "169.254.169.254"];
        let addresses = resolved(&["a.example", "localhost:80", "10.0.0.0/8"], &mixed).await;
        assert_eq!(addresses.unwrap(), ["1.1.1.1".parse::<IpAddr>().unwrap()]);
    }

    #[tokio::test]
    async fn an_address_that_is_allowed_as_such_is_called_by_its_name_too() {
        let loopback = "127.0.0.1".parse::<IpAddr>().unwrap();
        for rule in ["127.0.0.1", "127.0.0.1:8080", "127.0.0.0/8", "localhost", "localhost:8080"] {
            let addresses = resolved(&["a.example", rule], &["127.0.0.1"]).await;
            assert_eq!(addresses.unwrap(), [loopback], "{rule}");
        }
        for rule in ["127.0.0.1:80", "127.0.0.2", "localhost:80", "*.localhost"] {
            assert!(resolved(&["a.example", rule], &["127.0.0.1"]).await.is_err(), "{rule}");
        }
    }

    #[tokio::test]
    async fn a_name_that_is_bound_anew_is_asked_once_for_each_connection() {
        let good = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = good.local_addr().unwrap().port();
        let fickle = Fickle::new(&[&["127.0.0.1"], &["127.0.0.2"], &["127.0.0.1"]]);
        let allowed = allowing(&["a.example", "127.0.0.1"]);
        let mut guarded = Guarded::new(allowed, Arc::clone(&fickle) as _);
        let uri: Uri = format!("http://a.example:{port}/").parse().unwrap();

        let first = guarded.call(uri.clone()).await.unwrap();
        assert_eq!(first.inner().peer_addr().unwrap(), good.local_addr().unwrap());
        assert_eq!(fickle.left(), 2);
        let second = guarded.call(uri).await.map(drop).unwrap_err();
        assert_eq!(refusal(&second).kind, ErrorKind::Denied);
    }
}
