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
