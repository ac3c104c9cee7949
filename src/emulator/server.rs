//! The emulator as a value: a thread with a server on it, which stops when it is dropped.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use axum::Router;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Notify, mpsc, oneshot};

use super::EmulatorOptions;
use super::connection::Connection;
use super::front::{self, ADMIN, BASE};
use super::gate::{Gate, Refuse};
use super::persistence::{self, DataFile};
use super::world::World;
use crate::{Error, ErrorKind, Result};

/// What the requests share.
#[derive(Debug, Clone)]
pub(crate) struct Shared(Arc<State>);

#[derive(Debug)]
struct State {
    world: Mutex<World>,
    changed: Notify,
    gate: mpsc::Sender<Refuse>,
}

impl Shared {
    /// The world, for as long as the guard lives. Never held over an await.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        // A panic in one request must not take the others down.
        self.0.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says that the data file is behind.
    pub(crate) fn changed(&self) {
        self.0.changed.notify_one();
    }

    /// Ready when [`Shared::changed`] was called since the last time.
    pub(crate) async fn until_changed(&self) {
        self.0.changed.notified().await;
    }

    /// Where the gate takes its orders.
    pub(crate) fn gate(&self) -> &mpsc::Sender<Refuse> {
        &self.0.gate
    }
}

/// A running emulator; dropping it stops it and saves its data file.
pub struct Emulator {
    address: SocketAddr,
    api_key: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Starts an emulator on a thread of its own; it listens when this returns.
    ///
    /// # Errors
    /// [`ErrorKind::Network`] where the port is taken, and [`ErrorKind::Invalid`] where the options make
    /// no sense, or the data file is damaged, of a newer version or cannot be written. A data file
    /// that cannot be read is left as it is.
    pub fn start(options: EmulatorOptions) -> Result<Self> {
        options.check()?;
        let api_key = options.api_key.clone();
        let (socket, address) = listen(options.port)?;
        let data = options.data.clone().map(DataFile::new);
        let world = persistence::open(options, data.as_ref())?;
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| failed("the emulator's runtime could not start", &error))?;
        let (gate, orders) = mpsc::channel(1);
        let shared =
            Shared(Arc::new(State { world: Mutex::new(world), changed: Notify::new(), gate }));
        if let Some(data) = &data {
            data.save(&shared)?;
        }
        let (stop, stopped) = oneshot::channel();
        let serve = move || run(runtime, &shared, socket, orders, stopped, data.as_ref());
        let thread = std::thread::Builder::new()
            .name("cliengo-emulator".into())
            .spawn(serve)
            .map_err(|error| failed("the emulator's thread could not start", &error))?;
        Ok(Self { address, api_key, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL for a client: `http://127.0.0.1:PORT/1.0`.
    pub fn base_url(&self) -> String {
        format!("http://{}{BASE}", self.address)
    }

    /// The URL of its own routes, which need no key: `http://127.0.0.1:PORT/__admin`.
    pub fn admin_url(&self) -> String {
        format!("http://{}{ADMIN}", self.address)
    }

    /// The key it accepts.
    pub fn api_key(&self) -> &str {
        &self.api_key
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Either fails only where the thread is gone already.
        let _ = self.stop.take().map(|stop| stop.send(()));
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

impl fmt::Debug for Emulator {
    /// Shows where it listens, and no key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator").field("address", &self.address).finish_non_exhaustive()
    }
}

fn listen(port: u16) -> Result<(TcpListener, SocketAddr)> {
    let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|socket| {
        socket.set_nonblocking(true)?;
        let address = socket.local_addr()?;
        Ok((socket, address))
    });
    bound.map_err(|error| {
        failed(&format!("the emulator cannot listen on 127.0.0.1:{port}"), &error)
            .with_hint("choose another port, or 0 for any free one")
    })
}

fn failed(what: &str, error: &std::io::Error) -> Error {
    Error::new(ErrorKind::Network, format!("{what}: {error}"))
}

/// Serves until told to stop, then writes what is not written yet.
fn run(
    runtime: Runtime,
    shared: &Shared,
    socket: TcpListener,
    orders: mpsc::Receiver<Refuse>,
    stopped: oneshot::Receiver<()>,
    data: Option<&DataFile>,
) {
    runtime.block_on(async {
        tokio::select! {
            () = serve(shared.clone(), socket, orders) => {}
            () = persistence::keep_saving(shared, data) => {}
            _ = stopped => {}
        }
    });
    // Waits for a write that has begun: an old one must not come after the last.
    drop(runtime);
    if let Some(data) = data {
        data.save_or_complain(shared);
    }
}

async fn serve(shared: Shared, socket: TcpListener, orders: mpsc::Receiver<Refuse>) {
    let Ok(address) = socket.local_addr() else { return };
    let Ok(socket) = tokio::net::TcpListener::from_std(socket) else { return };
    let service = Router::new()
        .fallback(front::answer)
        .with_state(shared)
        .into_make_service_with_connect_info::<Connection>();
    // It never ends: the gate accepts forever and reports no errors.
    let _ = axum::serve(Gate::new(socket, address, orders), service).await;
}
