//! What stops a program: the deadline, and the caller.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::Limit;

/// The caller's way to stop programs from another thread. Clones share the state.
#[derive(Clone, Debug, Default)]
pub struct Cancellation(Arc<AtomicBool>);

impl Cancellation {
    /// Not cancelled.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops the programs that run under this cancellation, and those that will.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether [`cancel`](Self::cancel) was called.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Watches one execution. The engine asks it every few thousand steps.
#[derive(Debug)]
pub(crate) struct Watch {
    started: Instant,
    deadline: Duration,
    cancellation: Cancellation,
    tripped: Cell<Option<Limit>>,
}

impl Watch {
    pub(crate) fn start(deadline: Duration, cancellation: Cancellation) -> Self {
        Self { started: Instant::now(), deadline, cancellation, tripped: Cell::new(None) }
    }

    /// The limit that was hit. Once there is one it stays, so that nothing goes on behind it.
    pub(crate) fn check(&self) -> Option<Limit> {
        if self.tripped.get().is_none() {
            if self.cancellation.is_cancelled() {
                self.tripped.set(Some(Limit::Cancelled));
            } else if self.started.elapsed() >= self.deadline {
                self.tripped.set(Some(Limit::Deadline(self.deadline)));
            }
        }
        self.tripped.get()
    }

    /// The limit that an earlier check found.
    pub(crate) fn tripped(&self) -> Option<Limit> {
        self.tripped.get()
    }
}
