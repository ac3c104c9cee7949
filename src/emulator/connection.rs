//! Connections that can be reset on purpose.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};

use futures_util::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// What a request and its connection tell each other.
#[derive(Debug, Default)]
struct Control {
    /// Requests that are being answered.
    busy: AtomicUsize,
    /// True where the connection ends as soon as it is idle.
    closing: AtomicBool,
    /// True where the connection is to be reset instead of written to.
    reset: AtomicBool,
    /// How often everything written so far was handed to the system.
    flushes: AtomicU64,
    /// Who waits for the client's next request.
    reader: AtomicWaker,
    /// Who waits for a flush.
    flushed: AtomicWaker,
}

/// A handle on the connection that a request came by.
#[derive(Debug, Clone, Default)]
pub(crate) struct Connection(Arc<Control>);

/// A [`Connection`] that may be gone.
#[derive(Debug)]
pub(crate) struct WeakConnection(Weak<Control>);

impl WeakConnection {
    pub(crate) fn upgrade(&self) -> Option<Connection> {
        self.0.upgrade().map(Connection)
    }
}

/// While it lives, the connection is not idle.
#[derive(Debug)]
pub(crate) struct Busy(Connection);

impl Connection {
    /// Marks a request as being answered.
    pub(crate) fn busy(&self) -> Busy {
        self.0.busy.fetch_add(1, Ordering::Relaxed);
        Busy(self.clone())
    }

    /// A handle that does not keep the connection's state alive.
    pub(crate) fn downgrade(&self) -> WeakConnection {
        WeakConnection(Arc::downgrade(&self.0))
    }

    /// From now on nothing is written: the client sees a reset.
    pub(crate) fn reset(&self) {
        self.0.reset.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_closing(&self) -> bool {
        self.0.closing.load(Ordering::Relaxed)
    }

    pub(crate) fn flushes(&self) -> u64 {
        self.0.flushes.load(Ordering::Relaxed)
    }

    /// Ready as soon as everything written after the count was `before` is out.
    pub(crate) fn poll_flushed(&self, context: &Context<'_>, before: u64) -> Poll<()> {
        self.0.flushed.register(context.waker());
        if self.flushes() > before { Poll::Ready(()) } else { Poll::Pending }
    }

    /// Ends the connection, at once where it is idle.
    pub(crate) fn close_when_idle(&self) {
        self.0.closing.store(true, Ordering::Relaxed);
        self.0.reader.wake();
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.0.busy.fetch_sub(1, Ordering::Relaxed);
        self.0.0.reader.wake();
    }
}

/// A TCP stream that obeys its [`Connection`].
#[derive(Debug)]
pub(crate) struct Stream {
    tcp: TcpStream,
    connection: Connection,
}

impl Stream {
    pub(crate) fn new(tcp: TcpStream, connection: Connection) -> Self {
        // Without it a small answer may wait for the client's acknowledgement; it works without, too.
        let _ = tcp.set_nodelay(true);
        Self { tcp, connection }
    }

    fn control(&self) -> &Control {
        &self.connection.0
    }

    /// Refuses to write once the connection is to be reset.
    fn writable(&self) -> io::Result<()> {
        if self.control().reset.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }
}

impl Drop for Stream {
    /// Closing a socket whose linger time is zero sends a reset.
    fn drop(&mut self) {
        if self.writable().is_err() {
            let _ = self.tcp.set_zero_linger();
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let control = self.control();
        control.reader.register(context.waker());
        if self.connection.is_closing() && control.busy.load(Ordering::Relaxed) == 0 {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.tcp).poll_read(context, buffer)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.writable()?;
        Pin::new(&mut self.tcp).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.writable()?;
        Pin::new(&mut self.tcp).poll_write_vectored(context, buffers)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.writable()?;
        let flushed = Pin::new(&mut self.tcp).poll_flush(context);
        if flushed.is_ready() {
            self.control().flushes.fetch_add(1, Ordering::Relaxed);
            self.control().flushed.wake();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.writable()?;
        Pin::new(&mut self.tcp).poll_shutdown(context)
    }
}
