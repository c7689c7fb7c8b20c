//! What the outside tells the process: stop, politely or at once.
//!
//! The first Ctrl-C or `SIGTERM` cancels what runs, which then cleans up; a second one, or
//! `SIGHUP`, ends the process where it is. Publishes are atomic, so nothing is half-written even
//! then.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use husako_diagnostics::ExitCode;
use tokio_util::sync::CancellationToken;

/// Which signal asked the process to stop, if one did.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop(Arc<AtomicU8>);

impl Stop {
    /// The exit code that the signal asks for.
    pub(crate) fn exit_code(&self) -> Option<ExitCode> {
        match self.0.load(Ordering::SeqCst) {
            130 => Some(ExitCode::Interrupted),
            143 => Some(ExitCode::Terminated),
            _ => None,
        }
    }

    fn note(&self, code: ExitCode) {
        self.0.store(code.code(), Ordering::SeqCst);
    }
}

/// Listens until the process ends. `on_first` is called once, when the first signal arrives.
pub(crate) async fn listen(
    stop: Stop,
    cancel: CancellationToken,
    on_first: impl FnOnce() + Send,
    leave: fn(ExitCode) -> !,
) {
    let Ok(mut signals) = Signals::new() else { return };
    let Some((code, now)) = signals.next().await else { return };
    stop.note(code);
    if now {
        leave(code);
    }
    on_first();
    cancel.cancel();
    if let Some((code, _)) = signals.next().await {
        leave(code);
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// The exit code that the next signal asks for, and whether to leave at once.
    async fn next(&mut self) -> Option<(ExitCode, bool)> {
        tokio::select! {
            received = self.interrupt.recv() => received.map(|()| (ExitCode::Interrupted, false)),
            received = self.terminate.recv() => received.map(|()| (ExitCode::Terminated, false)),
            received = self.hang_up.recv() => received.map(|()| (ExitCode::Interrupted, true)),
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> Option<(ExitCode, bool)> {
        tokio::signal::ctrl_c().await.ok().map(|()| (ExitCode::Interrupted, false))
    }
}
