//! The listening socket, which can refuse connections for a while.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};

use super::connection::{Connection, Stream, WeakConnection};

/// How soon binding is tried again where the port is not free yet, or accepting failed.
const RETRY: Duration = Duration::from_millis(5);

/// Asks the gate to refuse connections for a while.
#[derive(Debug)]
pub(crate) struct Refuse {
    pub(crate) length: Duration,
    /// Told once connecting is refused.
    pub(crate) begun: oneshot::Sender<()>,
}

/// The listening socket, which can be closed and opened again.
#[derive(Debug)]
pub(crate) struct Gate {
    /// None while connecting is refused.
    socket: Option<TcpListener>,
    address: SocketAddr,
    orders: mpsc::Receiver<Refuse>,
    connections: Vec<WeakConnection>,
}

impl Gate {
    pub(crate) fn new(
        socket: TcpListener,
        address: SocketAddr,
        orders: mpsc::Receiver<Refuse>,
    ) -> Self {
        Self { socket: Some(socket), address, orders, connections: Vec::new() }
    }

    fn admit(&mut self, tcp: TcpStream) -> (Stream, Connection) {
        let connection = Connection::default();
        self.connections.retain(|other| other.upgrade().is_some());
        self.connections.push(connection.downgrade());
        (Stream::new(tcp, connection.clone()), connection)
    }

    fn close_idle_connections(&mut self) {
        for connection in self.connections.drain(..) {
            if let Some(connection) = connection.upgrade() {
                connection.close_when_idle();
            }
        }
    }

    /// Closes the socket and idle connections, and opens the socket again after the time asked for.
    async fn refuse(&mut self, order: Refuse) {
        self.socket = None;
        self.close_idle_connections();
        // Whoever asked may have gone; connections are refused all the same.
        let _ = order.begun.send(());
        tokio::time::sleep(order.length).await;
        while self.socket.is_none() {
            match TcpListener::bind(self.address).await {
                Ok(socket) => self.socket = Some(socket),
                Err(_) => tokio::time::sleep(RETRY).await,
            }
        }
    }
}

impl Listener for Gate {
    type Io = Stream;
    type Addr = Connection;

    async fn accept(&mut self) -> (Stream, Connection) {
        loop {
            let Some(socket) = &self.socket else { std::future::pending().await };
            tokio::select! {
                accepted = socket.accept() => match accepted {
                    Ok((tcp, _)) => return self.admit(tcp),
                    Err(_) => tokio::time::sleep(RETRY).await,
                },
                Some(order) = self.orders.recv() => self.refuse(order).await,
            }
        }
    }

    /// A connection stands in for an address here, and the socket has none.
    fn local_addr(&self) -> io::Result<Connection> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

impl Connected<IncomingStream<'_, Gate>> for Connection {
    fn connect_info(stream: IncomingStream<'_, Gate>) -> Self {
        stream.remote_addr().clone()
    }
}
