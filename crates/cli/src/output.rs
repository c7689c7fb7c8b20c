//! Data on stdout.

use std::io::{self, ErrorKind, Write};

use husako_diagnostics::{Diagnostic, ExitCode};
use thiserror::Error;

/// stdout cannot be written.
#[derive(Debug, Error)]
#[error("failed to write to stdout")]
pub(crate) struct StdoutError(#[source] io::Error);

impl Diagnostic for StdoutError {
    fn exit_code(&self) -> ExitCode {
        ExitCode::Unexpected
    }
}

/// What became of data that was written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// It is out.
    All,
    /// The reader has gone, as `head` does: no error, but more is pointless.
    ReaderGone,
}

/// Writes to stdout without buffering across calls.
pub(crate) fn write(text: &str) -> Result<Written, StdoutError> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(Written::All),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Written::ReaderGone),
        Err(error) => Err(StdoutError(error)),
    }
}
