//! The daemon as a process of its own: its threads, its signals, and what it tells systemd.

use tokio::sync::mpsc;

use super::{ServeOptions, Stage, Wish, serve};
use crate::{Error, ErrorKind, Result};

/// Threads for polls and timers; handlers have their own.
const THREADS: usize = 2;

/// Serves scripts in this process until a signal ends it: `SIGTERM` and `SIGINT` let what runs come to its
/// end, a second one ends it at once; `SIGHUP` loads every script anew. Tells systemd when it is ready, that
/// it is alive and that it stops, where systemd started it (`sd_notify(3)`).
///
/// # Errors
/// As [`serve`].
pub fn serve_process(options: ServeOptions) -> Result<()> {
    let cannot = |error: std::io::Error| {
        Error::new(ErrorKind::Limit, format!("cannot begin the daemon: {error}"))
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(THREADS)
        .thread_name("daemon")
        .enable_all()
        .build()
        .map_err(cannot)?;
    let served = runtime.block_on(async {
        let wishes = signals().map_err(cannot)?;
        serve(options, wishes, tell_systemd).await
    });
    // A handler that does not end is left behind.
    runtime.shutdown_background();
    served
}

#[cfg(unix)]
fn signals() -> std::io::Result<mpsc::Receiver<Wish>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let (wish, wishes) = mpsc::channel(4);
    tokio::spawn(async move {
        loop {
            let wanted = tokio::select! {
                _ = terminate.recv() => Wish::Stop,
                _ = interrupt.recv() => Wish::Stop,
                _ = hangup.recv() => Wish::Reload,
            };
            if wish.send(wanted).await.is_err() {
                return;
            }
        }
    });
    Ok(wishes)
}

#[cfg(not(unix))]
fn signals() -> std::io::Result<mpsc::Receiver<Wish>> {
    let (wish, wishes) = mpsc::channel(4);
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() && wish.send(Wish::Stop).await.is_ok() {}
    });
    Ok(wishes)
}

/// Where systemd does not listen, nothing is told; that is no error.
#[cfg(unix)]
fn tell_systemd(stage: Stage) {
    use sd_notify::{NotifyState, notify};

    drop(match stage {
        Stage::Ready => notify(&[NotifyState::Ready]),
        Stage::Alive => notify(&[NotifyState::Watchdog]),
        // With `Type=notify-reload` it waits for READY=1 that is later than this time.
        Stage::Reloading => {
            NotifyState::monotonic_usec_now().and_then(|now| notify(&[NotifyState::Reloading, now]))
        }
        Stage::Stopping => notify(&[NotifyState::Stopping]),
    });
}

#[cfg(not(unix))]
fn tell_systemd(_: Stage) {}
